/** Results of one function during one evaluation, for arguments that are the same scalars or the same objects in memory. */
import type { Value } from '../value/value.ts'

export interface Result {
  readonly args: readonly Value[]
  readonly value: Value | undefined
}

/** Up to this size, looking through a list is cheaper than hashing. */
const SMALL = 6

interface Level {
  readonly below: Map<Value, Level>
  readonly results: Map<Value, Result>
}

export class CallMemo {
  readonly #list: Result[] = []
  #top: Level | undefined

  get(args: readonly Value[]): Result | undefined {
    if (this.#top === undefined) {
      for (const result of this.#list) if (sameArgs(result.args, args)) return result
      return undefined
    }
    const last = args.length - 1
    let level: Level | undefined = this.#top
    for (let index = 0; index < last; index++) level = level?.below.get(args[index] ?? null)
    return level?.results.get(args[last] ?? null)
  }

  set(result: Result): void {
    if (this.#top === undefined) {
      this.#list.push(result)
      if (this.#list.length <= SMALL) return
      this.#top = newLevel()
      for (const each of this.#list) insert(this.#top, each)
    } else insert(this.#top, result)
  }
}

function newLevel(): Level {
  return { below: new Map(), results: new Map() }
}

function insert(top: Level, result: Result): void {
  const { args } = result
  const last = args.length - 1
  let level = top
  for (let index = 0; index < last; index++) {
    const arg = args[index] ?? null
    let next = level.below.get(arg)
    if (next === undefined) {
      next = newLevel()
      level.below.set(arg, next)
    }
    level = next
  }
  level.results.set(args[last] ?? null, result)
}

function sameArgs(a: readonly Value[], b: readonly Value[]): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return true
}
