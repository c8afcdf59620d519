/** Finds what can never hold: operands of types that a builtin does not take, values that can never be equal, members that are not there. */
import { any, anyOf, boolean, describeType, nil, number, string, type RegoType } from '../builtins/types.ts'
import { RegoError } from '../errors.ts'
import { isArray, isNumber, keyOf, RegoObject, RegoSet, type Value } from '../value/value.ts'
import type { CallStep, ComprehensionIR, Flat, Local, Operand, RefIR, RuleIR, Step } from './ir.ts'
import { order } from './safety.ts'
import { refText, type RuleGroup, type RuleNode, type RuleTree } from './tree.ts'

type Types = Map<Local, RegoType>

/** Large literals say no more than their kind. */
const MAX_MEMBERS = 64
const MAX_VARIANTS = 8

export class TypeChecker {
  readonly #tree: RuleTree
  #errors: RegoError[] = []
  readonly #groups = new Map<RuleGroup, RegoType>()

  constructor(tree: RuleTree) {
    this.#tree = tree
  }

  /** Rules must be safe and free of recursion. */
  checkAll(errors: RegoError[]): void {
    this.#errors = errors
    for (const group of this.#tree.groups) this.#group(group)
  }

  /** What is known of the rules is kept between queries. */
  checkQuery(steps: readonly Step[], errors: RegoError[]): void {
    this.#errors = errors
    this.#body(steps, new Map())
  }

  /** The type of a group's document or of a function's result. */
  #group(group: RuleGroup): RegoType {
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    this.#groups.set(group, any)
    const variants: RegoType[] = []
    for (const rule of [...group.rules, ...(group.default === undefined ? [] : [group.default])]) {
      for (let each: RuleIR | undefined = rule; each !== undefined; each = each.else) variants.push(this.#rule(each))
    }
    const value = union(variants)
    const type: RegoType =
      group.kind === 'set'
        ? { kind: 'set', of: value }
        : group.kind === 'object'
          ? { kind: 'object', members: {}, key: any, value: any }
          : value
    this.#groups.set(group, type)
    return type
  }

  #rule(rule: RuleIR): RegoType {
    const types: Types = new Map()
    for (const arg of rule.args ?? []) types.set(arg, any)
    this.#body(rule.body, types)
    return this.#flat(rule.key ?? rule.value ?? { k: 'const', value: true }, types)
  }

  #body(steps: readonly Step[], types: Types): void {
    for (const step of order(steps, new Set(types.keys())).steps) this.#step(step, types)
  }

  #step(step: Step, types: Types): void {
    switch (step.k) {
      case 'unify': {
        const left = this.#operand(step.left, types, step)
        const right = this.#operand(step.right, types, step)
        if (overlap(left, right)) {
          bind(step.left, right, types)
          bind(step.right, left, types)
        } else this.#mismatch(step, left, right)
        break
      }
      case 'test':
        this.#operand(step.term, types, step)
        break
      case 'call':
        this.#call(step, types)
        break
      case 'not':
        this.#step(step.step, new Map(types))
        break
      case 'every': {
        const inner = new Map(types)
        const domain = this.#flat(step.domain, types)
        inner.set(step.value, elements(domain) ?? any)
        if (step.key !== undefined) inner.set(step.key, any)
        this.#body(step.body, inner)
        break
      }
      case 'print':
        for (const arg of step.args) this.#comprehension(arg, types)
        break
    }
  }

  #mismatch(step: Step, left: RegoType, right: RegoType): void {
    this.#error(step, `match error\n\tleft  : ${describeType(left)}\n\tright : ${describeType(right)}`)
  }

  #error({ source, span }: Step, message: string): void {
    this.#errors.push(new RegoError('rego_type_error', message, { source, span }))
  }

  #call(step: CallStep, types: Types): void {
    const args = step.args.map((arg) => this.#flat(arg, types))
    const { callee, out } = step
    let result: RegoType = any
    if (callee.kind === 'function') {
      const group = this.#tree.find(callee.path)?.group
      if (group !== undefined) result = this.#group(group)
    } else {
      const { builtin } = callee
      if (builtin.name === 'equal' && args[0] !== undefined && args[1] !== undefined && !overlap(args[0], args[1])) {
        this.#mismatch(step, args[0], args[1])
      }
      const wrong = builtin.args.some(({ type }, index) => {
        const given = args[index]
        return given !== undefined && !overlap(type, given)
      })
      if (wrong) {
        const have = args.map(describeType).join(', ')
        const want = builtin.args.map(({ name, type }) => `${name}: ${describeType(type)}`).join(', ')
        this.#error(step, `${builtin.name}: invalid argument(s)\n\thave: (${have})\n\twant: (${want})`)
      }
      // What `with` may put in a builtin's place gives anything.
      result = builtin.result?.type ?? any
    }
    if (out !== undefined && step.with.length === 0) bind(out, result, types)
    else if (out !== undefined) bind(out, any, types)
  }

  #operand(term: Operand, types: Types, step: Step): RegoType {
    switch (term.k) {
      case 'ref':
        return this.#ref(term, types, step)
      case 'comprehension':
        return this.#comprehension(term, types)
      case 'template':
        for (const part of term.parts) if (typeof part !== 'string') this.#comprehension(part, types)
        return string
      default:
        return this.#flat(term, types)
    }
  }

  #comprehension({ type, key, value, body }: ComprehensionIR, types: Types): RegoType {
    const inner = new Map(types)
    this.#body(body, inner)
    const of = limited(this.#flat(value, inner))
    if (type === 'array') return { kind: 'array', items: [], rest: of }
    if (type === 'set') return { kind: 'set', of }
    return { kind: 'object', members: {}, key: key === undefined ? any : this.#flat(key, inner), value: of }
  }

  #flat(term: Flat, types: Types): RegoType {
    switch (term.k) {
      case 'const':
        return typeOf(term.value)
      case 'local':
        return types.get(term.local) ?? any
      case 'array':
        return term.items.length > MAX_MEMBERS
          ? { kind: 'array', items: [], rest: any }
          : limited({ kind: 'array', items: term.items.map((item) => this.#flat(item, types)) })
      case 'set':
        return limited({ kind: 'set', of: union(term.items.map((item) => this.#flat(item, types))) })
      case 'object': {
        const members: Record<string, RegoType> = {}
        if (term.entries.length > MAX_MEMBERS) return { kind: 'object', members, key: any, value: any }
        for (const [key, value] of term.entries) {
          if (key.k !== 'const' || typeof key.value !== 'string' || key.value === '__proto__')
            return { kind: 'object', members: {}, key: any, value: any }
          members[key.value] = this.#flat(value, types)
        }
        return limited({ kind: 'object', members })
      }
    }
  }

  #ref(ref: RefIR, types: Types, step: Step): RegoType {
    let type: RegoType = any
    let depth = 0
    if (ref.root === 'data') {
      // With documents replaced, nothing is known.
      if (step.with.length > 0) return any
      let node: RuleNode | undefined = this.#tree.root
      while (node !== undefined && node.group === undefined) {
        const key = ref.path[depth]
        if (key?.k !== 'const') return any
        node = node.children.get(keyOf(key.value))
        depth++
      }
      if (node?.group === undefined || node.group.kind === 'function') return any
      type = this.#group(node.group)
    } else if (ref.root !== 'input') type = types.get(ref.root) ?? any
    for (const key of ref.path.slice(depth)) {
      const next = select(type, key)
      if (next === undefined) {
        const text =
          ref.root === 'data' ? refText(ref.path.map((each) => (each.k === 'const' ? each.value : '_'))) : 'reference'
        this.#error(step, `undefined ref: ${text}`)
        return any
      }
      type = next
    }
    return type
  }
}

/** Parts of a type beyond which nobody looks: rules that hold each other twice make types that double with each. */
const MAX_TYPE = 2000
const sizes = new WeakMap<RegoType, number>()

function limited(type: RegoType): RegoType {
  return sizeOf(type) > MAX_TYPE ? any : type
}

function sizeOf(type: RegoType): number {
  const known = sizes.get(type)
  if (known !== undefined) return known
  let size = 1
  for (const part of partsOf(type)) if (part !== undefined) size += sizeOf(part)
  sizes.set(type, size)
  return size
}

function partsOf(type: RegoType): readonly (RegoType | undefined)[] {
  switch (type.kind) {
    case 'array':
      return [...type.items, type.rest]
    case 'object':
      return [...Object.values(type.members), type.key, type.value]
    case 'set':
      return [type.of]
    case 'anyOf':
      return type.of
    default:
      return []
  }
}

function typeOf(value: Value): RegoType {
  if (value === null) return nil
  if (typeof value === 'boolean') return boolean
  if (typeof value === 'string') return string
  if (isNumber(value)) return number
  if (isArray(value))
    return value.length > MAX_MEMBERS
      ? { kind: 'array', items: [], rest: any }
      : { kind: 'array', items: value.map(typeOf) }
  if (value instanceof RegoSet)
    return { kind: 'set', of: value.size > MAX_MEMBERS ? any : union([...value].map(typeOf)) }
  const members: Record<string, RegoType> = {}
  if (!(value instanceof RegoObject) || value.size > MAX_MEMBERS)
    return { kind: 'object', members, key: any, value: any }
  for (const [key, member] of value) {
    if (typeof key !== 'string' || key === '__proto__') return { kind: 'object', members: {}, key: any, value: any }
    members[key] = typeOf(member)
  }
  return { kind: 'object', members }
}

function union(types: readonly RegoType[]): RegoType {
  const flat = types.flatMap((type) => (type.kind === 'anyOf' ? type.of : [type]))
  if (flat.length === 0 || flat.some(({ kind }) => kind === 'any')) return any
  const distinct = new Map(flat.map((type) => [describeType(type), type]))
  const [only] = distinct.values()
  if (only !== undefined && distinct.size === 1) return only
  return distinct.size > MAX_VARIANTS ? any : anyOf(...distinct.values())
}

/** False only if no value can be of both types. */
function overlap(a: RegoType, b: RegoType): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true
  if (a.kind === 'anyOf') return a.of.some((each) => overlap(each, b))
  if (b.kind === 'anyOf') return b.of.some((each) => overlap(a, each))
  if (a.kind === 'array' && b.kind === 'array') return overlapArrays(a, b)
  if (a.kind === 'object' && b.kind === 'object') return overlapObjects(a, b)
  // An empty set is of every type of set.
  return a.kind === b.kind
}

type Of<K extends RegoType['kind']> = RegoType & { readonly kind: K }

function overlapArrays(a: Of<'array'>, b: Of<'array'>): boolean {
  if (a.rest === undefined && b.items.length > a.items.length) return false
  if (b.rest === undefined && a.items.length > b.items.length) return false
  const length = Math.max(a.items.length, b.items.length)
  for (let index = 0; index < length; index++) {
    const left = a.items[index] ?? a.rest
    const right = b.items[index] ?? b.rest
    if (left !== undefined && right !== undefined && !overlap(left, right)) return false
  }
  return true
}

function overlapObjects(a: Of<'object'>, b: Of<'object'>): boolean {
  for (const [mine, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (const [name, type] of Object.entries(mine.members)) {
      const counterpart =
        other.members[name] ?? (other.key !== undefined && overlap(other.key, string) ? other.value : undefined)
      if (counterpart === undefined || !overlap(type, counterpart)) return false
    }
  }
  return true
}

/** What a key leads to; undefined if there is nothing for sure. */
function select(type: RegoType, key: Flat): RegoType | undefined {
  switch (type.kind) {
    case 'any':
      return any
    case 'anyOf': {
      const found = type.of.flatMap((each) => select(each, key) ?? [])
      return found.length === 0 ? undefined : union(found)
    }
    case 'array':
      if (key.k !== 'const') return union([...type.items, ...(type.rest === undefined ? [] : [type.rest])])
      if (!isNumber(key.value)) return undefined
      return (typeof key.value === 'number' ? type.items[key.value] : undefined) ?? type.rest
    case 'set':
      return type.of
    case 'object': {
      if (key.k !== 'const')
        return type.value === undefined && Object.keys(type.members).length > 0
          ? union(Object.values(type.members))
          : any
      const member = typeof key.value === 'string' ? type.members[key.value] : undefined
      return member ?? type.value
    }
    default:
      return undefined
  }
}

/** What a collection holds. */
function elements(type: RegoType): RegoType | undefined {
  if (type.kind === 'array') return union([...type.items, ...(type.rest === undefined ? [] : [type.rest])])
  if (type.kind === 'set') return type.of
  return undefined
}

/** Gives variables of a pattern the types of what they are matched with. */
function bind(pattern: Operand, type: RegoType, types: Types): void {
  if (pattern.k === 'local') {
    const known = types.get(pattern.local)
    if (known === undefined || known.kind === 'any') types.set(pattern.local, type)
  } else if (pattern.k === 'array') {
    for (const [index, item] of pattern.items.entries()) {
      bind(item, type.kind === 'array' ? (type.items[index] ?? type.rest ?? any) : any, types)
    }
  } else if (pattern.k === 'object') {
    for (const [key, value] of pattern.entries) {
      const member =
        type.kind === 'object' && key.k === 'const' && typeof key.value === 'string'
          ? (type.members[key.value] ?? type.value)
          : undefined
      bind(value, member ?? any, types)
    }
  } else if (pattern.k === 'ref') {
    for (const key of pattern.path) bind(key, any, types)
  }
}
