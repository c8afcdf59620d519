/** Where an expression looked: the object behind proxies that take notes. */
import type { Part } from '../engine.ts'

type Path = readonly (string | number)[]

export class ReadTrace {
  /** In the order of reading. */
  readonly reads: Part[] = []
  readonly #paths = new WeakMap<object, Path>()
  readonly #proxies = new WeakMap<object, object>()

  /** The value, or a stand-in for it that notes what is read. */
  wrap(value: unknown, path: Path): unknown {
    if (typeof value !== 'object' || value === null) return value
    const known = this.#proxies.get(value)
    if (known !== undefined) return known
    const proxy = new Proxy(value, {
      get: (target, key, receiver) => {
        const member: unknown = Reflect.get(target, key, receiver)
        if (typeof key !== 'string' || !Object.hasOwn(target, key)) return member
        const step = Array.isArray(target) ? index(key) : key
        if (step === undefined) return member
        const at = [...path, step]
        this.reads.push({ path: at, missing: [] })
        return this.wrap(member, at)
      },
      getOwnPropertyDescriptor: (target, key) => {
        const found = Reflect.getOwnPropertyDescriptor(target, key)
        if (found === undefined && typeof key === 'string') this.reads.push({ path, missing: [key] })
        return found
      },
    })
    this.#proxies.set(value, proxy)
    this.#paths.set(proxy, path)
    return proxy
  }

  pathOf(value: unknown): Path | undefined {
    return typeof value === 'object' && value !== null ? this.#paths.get(value) : undefined
  }

  /**
   * The nearest first. What was read last decided a condition over all items; where a variable has picked items out, the last
   * reading may lie outside of them, and the first of them is meant.
   * @param picked values of the template's variables
   */
  parts(picked: readonly unknown[]): Part[] {
    const last = this.reads.at(-1)
    const lists = picked
      .filter((value): value is readonly unknown[] => Array.isArray(value) && this.pathOf(value) === undefined)
      .map((value) => value.map((item) => this.pathOf(item)).filter((path) => path !== undefined))
      .filter((paths) => paths.length > 0)
      .sort((a, b) => a.length - b.length)
    const [smallest] = lists
    const first = smallest?.[0]
    const inside = smallest?.some((path) => last !== undefined && path.every((key, at) => last.path[at] === key))
    const found: Part[] = first !== undefined && inside !== true ? [{ path: first, missing: [] }] : []
    return last === undefined ? found : [...found, last]
  }
}

function index(key: string): number | undefined {
  return /^\d+$/.test(key) ? Number(key) : undefined
}
