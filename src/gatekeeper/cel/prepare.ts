/** Changes to the parsed tree that make the library's language Kubernetes': names, literals, limits and what the API server does not have. */
import { compileCached } from '../../rego/regex/regex.ts'
import { charge, chargeFor } from './budget.ts'
import { CelError } from './error.ts'
import { type CelNode, type CelType, type Checker, isNode, override, type Scope, standIn } from './nodes.ts'
import { integer, TIME_FIELDS } from './numbers.ts'
import { isOptional } from './optionals.ts'
import type { Syntax } from './syntax.ts'
import { isInt, mapOf } from './values.ts'

/** Calls of functions that the library has, too, and that go to ours: its regular expressions are JavaScript's, its places in texts units. */
const OURS: ReadonlySet<string> = new Set([
  'matches',
  'lowerAscii',
  'upperAscii',
  'trim',
  'split',
  'substring',
  'indexOf',
  'lastIndexOf',
  'string',
  'int',
  'uint',
  'double',
  'bool',
  'duration',
  ...TIME_FIELDS,
])

/** Functions of the library that Kubernetes does not have. */
const UNKNOWN: ReadonlySet<string> = new Set(['hex', 'base64', 'json', 'at'])

const REGEXES: ReadonlySet<string> = new Set(['matches', 'find', 'findAll'])

/** Conversions of literals are made when they are compiled. */
const CONVERSIONS: ReadonlySet<string> = new Set(['int', 'uint', 'double', 'bool', 'string', 'duration', 'timestamp'])

/** What does not begin with its first operand. */
const CLOSED: ReadonlySet<string> = new Set(['call', 'rcall', 'list', 'map', '.', '.?', '[]', '[?]'])

export interface PrepareOptions {
  readonly syntax: Syntax
  /** Fields of `variables`. */
  readonly known: ReadonlySet<string>
}

/** One pass over a tree; throws a `CelError` for what no environment of Kubernetes has. */
export class Preparation {
  readonly #options: PrepareOptions
  readonly #seen = new Set<unknown>()
  /** Calls of literals only: their faults are found before anything runs. */
  readonly constants: CelNode[] = []
  /** Literals whose items may be of several types. */
  readonly #mixed = new Set<unknown>()

  constructor(options: PrepareOptions) {
    this.#options = options
  }

  visit(node: unknown): void {
    if (typeof node !== 'object' || node === null || this.#seen.has(node)) return
    this.#seen.add(node)
    if (Array.isArray(node)) {
      for (const item of node) this.visit(item)
      return
    }
    if (!isNode(node)) return
    if (node.op === 'list' || node.op === 'map') this.#literal(node)
    if (node.op === 'call' || node.op === 'rcall') this.#call(node)
    if (node.op === '.' || node.op === '.?') this.#field(node)
    if (node.op === 'value') checkInteger(node, node.args)
    if (node.op === '-_') this.#minus(node)
    else this.visit(node.args)
    if (node.op === '+') override(node, { evaluate: (_evaluator, _scope, own) => charged(own()) })
    if (node.meta.alternate?.op === 'comprehension') countSteps(node.meta.alternate)
  }

  #field(node: CelNode): void {
    if (!Array.isArray(node.args)) return
    const [base, name] = node.args
    const quoted = this.#options.syntax.fields.get(String(name))
    if (quoted !== undefined) node.args[1] = quoted
    if (node.op !== '.' || !isNode(base) || base.op !== 'id' || base.args !== 'variables') return
    if (!this.#options.known.has(String(name))) throw new CelError(`undefined field '${String(name)}'`, node.start)
  }

  #call(node: CelNode): void {
    if (!Array.isArray(node.args)) return
    const [name, receiver] = node.args
    const args: unknown = node.args.at(-1)
    if (typeof name !== 'string' || !Array.isArray(args)) return
    const namespace = isNode(receiver) && receiver.op === 'id' ? receiver.args : undefined
    if (namespace === 'cel' || (node.op === 'rcall' && UNKNOWN.has(name)))
      throw new CelError(`undeclared reference to '${namespace === 'cel' ? 'cel' : name}'`, node.start)
    if (node.op === 'call' && name === 'has') {
      this.#allowAnyBase(args[0])
      return
    }
    if (REGEXES.has(name)) checkRegex(name, args[node.op === 'call' ? 1 : 0])
    if (CONVERSIONS.has(name) && node.op === 'call' && args.every(isLiteral)) this.constants.push(node)
    if (name === 'format' && node.op === 'rcall') {
      for (const argument of args) this.#allowMixed(argument)
      checkFormat(receiver, args[0])
      if (isLiteral(receiver) && args.every(isLiteral)) this.constants.push(node)
    }
    if (OURS.has(name)) node.args[0] = `k8s_${name}`
    if (node.meta.alternate !== undefined || node.meta.macro !== undefined) return
    override(node, {
      check: (checker, _scope, own) => checkOverloads(checker, node, own()),
      evaluate: (_evaluator, _scope, own) => charged(own()),
    })
  }

  /** Literals stay inside 64 bits; the smallest number has no positive twin. */
  #minus(node: CelNode): void {
    const operand = node.args
    if (isNode(operand) && operand.op === 'value' && typeof operand.args === 'bigint') {
      checkInteger(node, -operand.args)
      return
    }
    this.visit(operand)
    override(node, {
      evaluate: (_evaluator, _scope, own) => {
        const value = own()
        return typeof value === 'bigint' ? integer(value) : value
      },
    })
  }

  /** Lists and maps with optional items; and maps with keys that are no texts, or that mean something in JavaScript. */
  #literal(node: CelNode): void {
    if (!Array.isArray(node.args)) return
    const items: unknown[] = node.args
    const optional = new Set<number>()
    for (const [index, item] of items.entries()) {
      const holder: unknown[] = Array.isArray(item) ? item : items
      const at = Array.isArray(item) ? 0 : index
      if (this.#unmark(holder, at)) optional.add(index)
    }
    const mixed = this.#mixed.has(node)
    if (node.op === 'map') overrideMap(node, optional, mixed)
    else if (optional.size > 0 || mixed) overrideList(node, optional, mixed)
  }

  /** The arguments of `format` need not be of one type, nor what is in them. */
  #allowMixed(node: unknown): void {
    if (Array.isArray(node)) for (const item of node) this.#allowMixed(item)
    else if (isNode(node) && (node.op === 'list' || node.op === 'map')) {
      this.#mixed.add(node)
      this.#allowMixed(node.args)
    }
  }

  /** Takes the mark of an optional item away, wherever in the expression its first letter has come to stand. */
  #unmark(holder: unknown[], at: number): boolean {
    const node = holder[at]
    if (!isNode(node)) return false
    if (node.op === '!_' && this.#options.syntax.optional.has(node.start)) {
      holder[at] = node.args
      return true
    }
    return Array.isArray(node.args) && !CLOSED.has(node.op) && this.#unmark(node.args, 0)
  }

  /** `has(e.f)` for any `e`: the library takes names and their fields only. What stands there is put behind a node that looks like a name. */
  #allowAnyBase(argument: unknown): void {
    let field: CelNode | undefined
    let base = argument
    while (isNode(base) && (base.op === '.' || base.op === '.?')) {
      field = base
      this.#field(base)
      base = Array.isArray(base.args) ? base.args[0] : undefined
    }
    if (field === undefined || !isNode(base) || base.op === 'id') return
    this.visit(base)
    if (Array.isArray(field.args)) field.args[0] = standIn(base, 'id')
  }
}

function charged(value: unknown): unknown {
  chargeFor(value)
  return value
}

function countSteps({ args }: CelNode): void {
  if (typeof args !== 'object' || args === null || !('step' in args) || !isNode(args.step)) return
  const { step } = args
  Reflect.set(
    args,
    'step',
    standIn(step, 'step', (evaluator, scope) => {
      charge(1)
      return evaluator.run(step, scope)
    }),
  )
}

function checkInteger(node: CelNode, value: unknown): void {
  if (typeof value === 'bigint' && !isInt(value)) throw new CelError('invalid int literal', node.start)
}

function checkRegex(name: string, argument: unknown): void {
  if (!isNode(argument) || argument.op !== 'value' || typeof argument.args !== 'string') return
  try {
    compileCached(argument.args)
  } catch (error) {
    throw new CelError(
      `invalid ${name} argument: ${error instanceof Error ? error.message : String(error)}`,
      argument.start,
    )
  }
}

/** As many arguments as the text asks for, where both are written. */
function checkFormat(template: unknown, list: unknown): void {
  if (!isNode(template) || typeof template.args !== 'string' || template.op !== 'value') return
  if (!isNode(list) || list.op !== 'list' || !Array.isArray(list.args)) return
  const wanted = [...template.args.matchAll(/%(?:%|(\.\d+)?.)/gs)].filter(([verb]) => verb !== '%%').length
  const given = list.args.length
  if (given < wanted) throw new CelError(`index ${given} out of range`, list.start)
  if (given > wanted)
    throw new CelError(`too many arguments supplied to string.format (expected ${wanted}, got ${given})`, list.start)
}

/** What the receiver is may not be known; what the arguments are has to fit one overload all the same. */
function checkOverloads(checker: Checker, node: CelNode, type: CelType): CelType {
  const { candidates, argTypes } = node
  if (node.op !== 'rcall' || candidates === undefined || argTypes === undefined || !Array.isArray(node.args))
    return type
  const receiver: unknown = node.args[1]
  if (!isNode(receiver) || receiver.checkedType?.kind !== 'dyn') return type
  // A type of the receiver's items is open then.
  if (candidates.findFunction(argTypes, checker.getType('dyn'))) return checker.getType(checker.formatType(type))
  const names = argTypes.map((one) => checker.formatType(one)).join(', ')
  throw checker.createError(
    'no_matching_overload',
    `found no matching overload for 'dyn.${String(node.args[0])}(${names})'`,
    node,
  )
}

function isLiteral(node: unknown): boolean {
  if (!isNode(node)) return false
  if (node.op === '-_') return isLiteral(node.args)
  return node.op === 'value' || (node.op === 'list' && Array.isArray(node.args) && node.args.every(isLiteral))
}

function overrideMap(node: CelNode, optional: ReadonlySet<number>, mixed: boolean): void {
  if (!Array.isArray(node.args)) return
  const entries = node.args.filter((entry): entry is [CelNode, CelNode] => Array.isArray(entry))
  for (const index of optional) unwrapType(entries[index], 1)
  override(node, {
    ...(mixed && { check: checkEach(entries.flat(), 'map') }),
    evaluate: (evaluator, scope) =>
      mapOf(
        entries.flatMap(([key, value], index) => {
          const name = evaluator.run(key, scope)
          return present(evaluator.run(value, scope), optional.has(index)).map((found) => [name, found] as const)
        }),
      ),
  })
}

function overrideList(node: CelNode, optional: ReadonlySet<number>, mixed: boolean): void {
  if (!Array.isArray(node.args)) return
  const items: CelNode[] = node.args.filter(isNode)
  for (const index of optional) unwrapType(node.args, index)
  override(node, {
    ...(mixed && { check: checkEach(items, 'list') }),
    evaluate: (evaluator, scope) =>
      items.flatMap((item, index) => present(evaluator.run(item, scope), optional.has(index))),
  })
}

function checkEach(nodes: readonly CelNode[], type: string): (checker: Checker, scope: Scope) => CelType {
  return (checker, scope) => {
    for (const node of nodes) checker.check(node, scope)
    return checker.getType(type)
  }
}

/** For its list or map, an optional item has the type of its value. */
function unwrapType(holder: unknown[] | undefined, at: number): void {
  const node = holder?.[at]
  if (holder === undefined || !isNode(node)) return
  holder[at] = Object.assign(standIn(node, 'optional'), {
    check: (checker: Checker, _: unknown, scope: Scope) => {
      const type = checker.check(node, scope)
      // That of `optional.none()` is open: it fits into every list, as an empty list does.
      if (type.valueType?.kind === 'param') return checker.getType('list<T>')
      if (type.kind === 'optional' && type.valueType !== undefined) return type.valueType
      if (type.kind === 'dyn') return type
      throw checker.createError('type', `expected type 'optional_type' but found '${checker.formatType(type)}'`, node)
    },
  })
}

function present(value: unknown, optional: boolean): unknown[] {
  if (!optional) return [value]
  if (!isOptional(value)) throw new Error('no such overload: an optional item must have an optional value')
  return value.hasValue() ? [value.value()] : []
}
