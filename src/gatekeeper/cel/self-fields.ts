/** What `self` and its parts are, for the checker: a field that the schema does not declare is found before anything runs. */
import { CelError } from './error.ts'
import { type CelNode, isNode, override } from './nodes.ts'
import type { SelfType } from './self.ts'

/** Macros by where their variable for an item stands, if it stands for one of a list. */
const ONE_VARIABLE: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'map', 'filter', 'sortBy'])
const TWO_VARIABLES: ReadonlySet<string> = new Set([
  'all',
  'exists',
  'existsOne',
  'exists_one',
  'transformList',
  'transformMap',
  'transformMapEntry',
])

type Names = ReadonlyMap<string, SelfType | undefined>

export class SelfFields {
  readonly #names: Names
  /** An expression that reads it is about a change. */
  usesOldSelf = false

  /** @param optionalOldSelf `oldSelf` is optional: nothing is known of its fields here */
  constructor(self: SelfType | undefined, optionalOldSelf: boolean) {
    this.#names = new Map([
      ['self', self],
      ['oldSelf', optionalOldSelf ? undefined : self],
    ])
  }

  /** @throws CelError for the first field that is not declared */
  visit(node: CelNode): void {
    this.#visit(node, this.#names)
  }

  #visit(node: unknown, names: Names): void {
    if (Array.isArray(node)) for (const item of node) this.#visit(item, names)
    if (!isNode(node)) return
    if (node.op === 'id' && node.args === 'oldSelf' && names.get('oldSelf') === this.#names.get('oldSelf'))
      this.usesOldSelf = true
    if (node.op === 'rcall' && Array.isArray(node.args)) {
      const [name, receiver, args]: readonly unknown[] = node.args
      this.#visit(receiver, names)
      if (Array.isArray(args)) this.#visitArguments(String(name), receiver, args, names)
      return
    }
    this.#visit(node.args, names)
    const type = this.#typeOf(node, names)
    const cel = type?.cel
    if (cel !== undefined && cel !== 'dyn' && (node.op === 'id' || node.op === '.' || node.op === '[]')) {
      override(node, {
        check: (checker, _scope, own) => {
          const found = own()
          return found.kind === 'optional' ? found : checker.getType(cel)
        },
      })
    }
  }

  #visitArguments(name: string, receiver: unknown, args: readonly unknown[], names: Names): void {
    const range = this.#typeOf(receiver, names)
    const inner = new Map(names)
    const set = (variable: unknown, type: SelfType | undefined): void => {
      if (isNode(variable) && variable.op === 'id' && typeof variable.args === 'string') inner.set(variable.args, type)
    }
    const item = range?.items
    let variables = 0
    if (TWO_VARIABLES.has(name) && args.length >= 3) {
      set(args[0], undefined)
      set(args[1], item)
      variables = 2
    } else if (ONE_VARIABLE.has(name)) {
      // Of a map, it goes through the keys.
      set(args[0], range?.cel.startsWith('list') === true ? item : undefined)
      variables = 1
    } else if (name === 'optMap' || name === 'optFlatMap') {
      set(args[0], undefined)
      variables = 1
    }
    this.#visit(args.slice(variables), inner)
  }

  #typeOf(node: unknown, names: Names): SelfType | undefined {
    if (!isNode(node)) return undefined
    if (node.op === 'id') return names.get(String(node.args))
    if (!Array.isArray(node.args)) return undefined
    const [first, second]: readonly unknown[] = node.args
    if (node.op === 'rcall') return first === 'filter' ? this.#typeOf(second, names) : undefined
    if (node.op === '[]' || node.op === '[?]') {
      const range = this.#typeOf(first, names)
      if (range?.properties === undefined) return range?.items
      throw new CelError('an object has fields, and no indexes: found no matching overload', node.start)
    }
    if (node.op !== '.' && node.op !== '.?') return undefined
    const base = this.#typeOf(first, names)
    if (base?.properties === undefined) return base?.cel.startsWith('map') === true ? base.items : undefined
    const field = base.properties.get(String(second))
    if (field === undefined) throw new CelError(`undefined field '${String(second)}'`, node.pos)
    return field.type
  }
}
