/** Renders templates of Go's text/template over Rego values. */
import {
  compareValues,
  equalValues,
  isArray,
  isNumber,
  RegoObject,
  RegoSet,
  typeName,
  type Value,
} from '../value/value.ts'
import { fromBigInt, isInteger, numberText, toBigInt, toDouble } from '../number/decimal.ts'
import { formatFloat } from './float.ts'
import { sprintf, type GoValue } from './format.ts'
import { quote } from '../value/print.ts'
import { parseTemplate, TemplateError, type Operand, type Pipeline, type TemplateNode } from './template-parser.ts'

/** What is not there: it prints as `<undefined>`. */
const MISSING = Symbol('missing')
type Result = Value | typeof MISSING

class Loop extends Error {
  readonly how: 'break' | 'continue'

  constructor(how: 'break' | 'continue') {
    super(how)
    this.how = how
  }
}

const MAX_CALLS = 100

/** Throws `TemplateError`. */
export function renderTemplate(source: string, data: RegoObject, step: (count: number) => void): string {
  const { body, defined } = parseTemplate(source)
  return new Renderer(defined, step).render(body, plainNumbers(data))
}

/** Numbers of the data are texts to the functions of templates, as they are in OPA. */
function plainNumbers(value: Value): Value {
  if (value === null || typeof value !== 'object') return typeof value === 'number' ? numberText(value) : value
  if (isNumber(value)) return numberText(value)
  if (value instanceof RegoSet) return value.sorted().map(plainNumbers)
  if (value instanceof RegoObject) {
    return RegoObject.of(Array.from(value, ([key, one]) => [plainNumbers(key), plainNumbers(one)] as const))
  }
  return value.map(plainNumbers)
}

class Renderer {
  readonly #defined: ReadonlyMap<string, readonly TemplateNode[]>
  readonly #step: (count: number) => void
  #variables: [string, Result][] = []
  #out = ''
  #calls = 0

  constructor(defined: ReadonlyMap<string, readonly TemplateNode[]>, step: (count: number) => void) {
    this.#defined = defined
    this.#step = step
  }

  render(body: readonly TemplateNode[], data: Value): string {
    this.#variables = [['$', data]]
    try {
      this.#nodes(body, data)
    } catch (error) {
      if (error instanceof Loop) throw new TemplateError(`1: {{${error.how}}} outside {{range}}`)
      throw error
    }
    return this.#out
  }

  #nodes(nodes: readonly TemplateNode[], dot: Result): void {
    for (const node of nodes) {
      this.#step(1)
      this.#node(node, dot)
    }
  }

  #node(node: TemplateNode, dot: Result): void {
    switch (node.kind) {
      case 'text':
        this.#out += node.text
        this.#step(node.text.length >> 4)
        return
      case 'action': {
        const value = this.#pipeline(node.pipeline, dot)
        if (node.pipeline.variables.length === 0) this.#out += display(value)
        return
      }
      case 'break':
      case 'continue':
        throw new Loop(node.kind)
      case 'template':
        this.#call(node.name, node.pipeline === undefined ? null : this.#pipeline(node.pipeline, dot))
        return
      default:
        this.#scoped(() => {
          const value = this.#pipeline(node.pipeline, dot)
          if (node.kind === 'range') this.#range(node, value, dot)
          else if (!truth(value)) this.#nodes(node.otherwise, dot)
          else this.#nodes(node.body, node.kind === 'with' ? value : dot)
        })
    }
  }

  #scoped(run: () => void): void {
    const depth = this.#variables.length
    try {
      run()
    } finally {
      this.#variables.length = depth
    }
  }

  #call(name: string, dot: Result): void {
    const body = this.#defined.get(name)
    if (body === undefined) throw new TemplateError(`1: template ${JSON.stringify(name)} not defined`)
    if (++this.#calls > MAX_CALLS) throw new TemplateError('1: exceeded maximum template depth')
    const outer = this.#variables
    this.#variables = [['$', dot]]
    this.#nodes(body, dot)
    this.#variables = outer
    this.#calls--
  }

  #range(node: Extract<TemplateNode, { pipeline: Pipeline; body: unknown }>, value: Result, dot: Result): void {
    const entries = this.#entries(value)
    if (entries.length === 0) {
      this.#nodes(node.otherwise, dot)
      return
    }
    const { variables } = node.pipeline
    for (const [key, item] of entries) {
      this.#step(1)
      try {
        this.#scoped(() => {
          const [first, second] = variables
          if (second !== undefined) this.#variables.push([first ?? '', key], [second, item])
          else if (first !== undefined) this.#variables.push([first, item])
          this.#nodes(node.body, item)
        })
      } catch (error) {
        if (!(error instanceof Loop)) throw error
        if (error.how === 'break') return
      }
    }
  }

  #entries(value: Result): ReadonlyArray<readonly [Value, Value]> {
    if (value === MISSING || value === null) return []
    if (value instanceof RegoObject) return [...value]
    if (value instanceof RegoSet) return value.sorted().map((item, index) => [index, item])
    if (isArray(value)) return value.map((item, index) => [index, item])
    if (typeof value === 'number' && Number.isInteger(value)) {
      this.#step(value)
      return Array.from({ length: value }, (_, index) => [index, index])
    }
    throw new TemplateError(`1: range can't iterate over ${display(value)}`)
  }

  #pipeline({ commands, variables, declares }: Pipeline, dot: Result): Result {
    let value: Result | undefined
    for (const command of commands) value = this.#command(command, dot, value)
    const result = value ?? MISSING
    const [name] = variables
    if (name !== undefined && variables.length === 1) {
      if (declares) this.#variables.push([name, result])
      else {
        const slot = this.#variables.findLast(([known]) => known === name)
        if (slot === undefined) throw new TemplateError(`1: undefined variable ${JSON.stringify(name)}`)
        slot[1] = result
      }
    }
    return result
  }

  #command(operands: readonly Operand[], dot: Result, last: Result | undefined): Result {
    const [first, ...rest] = operands
    if (first === undefined) return MISSING
    if (first.kind !== 'function') {
      if (rest.length > 0 || last !== undefined) throw new TemplateError("1: can't give argument to non-function")
      return this.#operand(first, dot)
    }
    if (first.name === 'and' || first.name === 'or') return this.#logic(first.name, rest, dot, last)
    const args = rest.map((one) => this.#operand(one, dot))
    if (last !== undefined) args.push(last)
    return callFunction(first.name, args)
  }

  /** Looks no further than it has to. */
  #logic(name: 'and' | 'or', operands: readonly Operand[], dot: Result, last: Result | undefined): Result {
    let value: Result = MISSING
    for (const operand of operands) {
      value = this.#operand(operand, dot)
      if (truth(value) === (name === 'or')) return value
    }
    return last ?? value
  }

  #operand(operand: Operand, dot: Result): Result {
    switch (operand.kind) {
      case 'field':
        return follow(dot, operand.names)
      case 'variable': {
        const slot = this.#variables.findLast(([name]) => name === operand.name)
        if (slot === undefined) throw new TemplateError(`1: undefined variable ${JSON.stringify(operand.name)}`)
        return follow(slot[1], operand.names)
      }
      case 'pipeline':
        return follow(this.#pipeline(operand.pipeline, dot), operand.names)
      case 'function':
        return callFunction(operand.name, [])
      default:
        return typeof operand.value === 'bigint' ? fromBigInt(operand.value) : operand.value
    }
  }
}

function follow(value: Result, names: readonly string[]): Result {
  let at = value
  for (const name of names) {
    if (at === MISSING) return MISSING
    if (at === null) throw new TemplateError(`1: nil pointer evaluating interface {}.${name}`)
    if (!(at instanceof RegoObject)) {
      throw new TemplateError(`1: can't evaluate field ${name} in type ${typeName(at)}`)
    }
    at = at.getString(name) ?? MISSING
  }
  return at
}

function truth(value: Result): boolean {
  if (value === MISSING || value === null || value === false || value === '' || value === 0) return false
  if (value instanceof RegoObject || value instanceof RegoSet) return value.size > 0
  return typeof value !== 'object' || !isArray(value) || value.length > 0
}

/** As `%v` prints plain Go data: `[a b]`, `map[k:v]`. */
function display(value: Result): string {
  if (value === MISSING) return '<undefined>'
  if (value === null) return '<undefined>'
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (isNumber(value)) return isInteger(value) ? numberText(value) : formatFloat(toDouble(value), 'g', -1)
  if (value instanceof RegoSet) return `[${value.sorted().map(inner).join(' ')}]`
  if (value instanceof RegoObject) {
    return `map[${Array.from(value, ([key, one]) => `${inner(key)}:${inner(one)}`).join(' ')}]`
  }
  return `[${value.map(inner).join(' ')}]`
}

function inner(value: Value): string {
  return value === null ? '<nil>' : display(value)
}

function goValue(value: Result): GoValue {
  if (value === MISSING || value === null) return '<nil>'
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (isNumber(value)) return toBigInt(value) ?? toDouble(value)
  return display(value)
}

function size(value: Result | undefined): number {
  if (typeof value === 'string') return Buffer.byteLength(value)
  if (value instanceof RegoObject || value instanceof RegoSet) return value.size
  if (typeof value === 'object' && value !== null && isArray(value)) return value.length
  throw new TemplateError('1: error calling len: len of wrong type')
}

function element(value: Result, key: Result): Result {
  if (value instanceof RegoObject) return key === MISSING ? MISSING : (value.get(key) ?? MISSING)
  const items = value instanceof RegoSet ? value.sorted() : value
  if (items === MISSING || items === null || typeof items !== 'object' || !isArray(items)) {
    throw new TemplateError("1: error calling index: can't index item")
  }
  const found = typeof key === 'number' ? items[key] : undefined
  if (found === undefined) throw new TemplateError(`1: error calling index: index out of range: ${display(key)}`)
  return found
}

function slice(value: Result, bounds: readonly Result[]): Result {
  const [from = 0, to] = bounds.map((one) => (typeof one === 'number' ? one : 0))
  if (typeof value === 'string') return Buffer.from(value).subarray(from, to).toString('utf8')
  if (value !== MISSING && value !== null && typeof value === 'object' && isArray(value)) return value.slice(from, to)
  throw new TemplateError("1: error calling slice: can't slice item")
}

function order(args: readonly Result[]): number {
  const [a, b] = args
  if (a === undefined || b === undefined || a === MISSING || b === MISSING || typeName(a) !== typeName(b)) {
    throw new TemplateError('1: incompatible types for comparison')
  }
  return compareValues(a, b)
}

function same(a: Result, b: Result): boolean {
  if (a === MISSING || b === MISSING || a === null || b === null) return a === b
  if (typeName(a) !== typeName(b)) throw new TemplateError('1: error calling eq: incompatible types for comparison')
  return equalValues(a, b)
}

/** With blanks between operands that are no strings. */
function print(args: readonly Result[], always: boolean): string {
  return args.reduce<string>((text, one, index) => {
    const before = args[index - 1]
    const blank = index > 0 && (always || (typeof one !== 'string' && typeof before !== 'string'))
    return `${text}${blank ? ' ' : ''}${display(one)}`
  }, '')
}

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\ufffd',
}

const FUNCTIONS: ReadonlyMap<string, (args: readonly Result[]) => Result> = new Map<
  string,
  (args: readonly Result[]) => Result
>([
  ['not', (args) => !truth(args[0] ?? MISSING)],
  ['len', (args) => size(args[0])],
  ['index', ([value = MISSING, ...keys]) => keys.reduce(element, value)],
  ['slice', ([value = MISSING, ...bounds]) => slice(value, bounds)],
  ['eq', ([first = MISSING, ...others]) => others.some((one) => same(first, one))],
  ['ne', ([first = MISSING, second = MISSING]) => !same(first, second)],
  ['lt', (args) => order(args) < 0],
  ['le', (args) => order(args) <= 0],
  ['gt', (args) => order(args) > 0],
  ['ge', (args) => order(args) >= 0],
  ['print', (args) => print(args, false)],
  ['println', (args) => `${print(args, true)}\n`],
  ['printf', ([format = '', ...args]) => sprintf(display(format), args.map(goValue))],
  ['html', (args) => print(args, false).replace(/[&<>"'\0]/g, (one) => HTML[one] ?? one)],
  [
    'js',
    (args) =>
      quote(print(args, false))
        .slice(1, -1)
        .replaceAll("'", "\\'")
        .replace(/[<>&=]/g, escapeJs),
  ],
  ['urlquery', (args) => encodeURIComponent(print(args, false)).replaceAll('%20', '+')],
])

function escapeJs(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}

function callFunction(name: string, args: readonly Result[]): Result {
  const own = FUNCTIONS.get(name)
  if (own === undefined) throw new TemplateError(`1: function ${JSON.stringify(name)} not defined`)
  return own(args)
}
