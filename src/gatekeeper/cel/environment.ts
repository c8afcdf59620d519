/** CEL as the API server runs it: a library's language, with Kubernetes' functions. */
import { type ASTNode, Environment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js'
import { registerLists } from './lists.ts'
import { registerQuantity } from './quantity.ts'
import { OURS, registerStrings } from './strings.ts'
import { registerUrls } from './urls.ts'

/** What an expression can name. The constraint itself is not among them: its parameters are `variables.params`. */
const VARIABLES = ['object', 'oldObject', 'request', 'namespaceObject', 'variables'] as const

export type CelContext = Readonly<Record<(typeof VARIABLES)[number], unknown>>

let shared: Environment | undefined

function environment(): Environment {
  if (shared !== undefined) return shared
  const env = new Environment({
    enableOptionalTypes: true,
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: 50_000, maxDepth: 200, maxListElements: 10_000, maxMapEntries: 10_000 },
  })
  for (const name of VARIABLES) env.registerVariable(name, 'dyn')
  registerStrings(env)
  registerLists(env)
  registerQuantity(env)
  registerUrls(env)
  shared = env
  return env
}

/** Something wrong in an expression: cel-go's words where they are known, and the offset. */
export class CelError extends Error {
  override readonly name = 'CelError'
  readonly offset: number

  constructor(message: string, offset = 0) {
    super(message)
    this.offset = offset
  }
}

export class CelExpression {
  readonly text: string
  /** As far as it is known before anything runs. */
  readonly type: string
  readonly #parsed: ParseResult

  /**
   * @param known the variables of the template that come before it
   * @throws CelError if it cannot be compiled
   */
  constructor(text: string, known: ReadonlySet<string>) {
    this.text = text
    try {
      this.#parsed = environment().parse(text)
    } catch (error) {
      throw celError(error)
    }
    prepare(this.#parsed.ast, known, new Set())
    const { valid, error, type } = this.#parsed.check()
    if (!valid) throw celError(error)
    this.type = type ?? 'dyn'
  }

  /** @throws CelError */
  evaluate(context: CelContext): unknown {
    try {
      const value: unknown = this.#parsed(context)
      return value
    } catch (error) {
      throw celError(error)
    }
  }
}

/** Calls of `matches` go to ours, and variables that nobody has declared are found before anything runs. */
function prepare(node: unknown, known: ReadonlySet<string>, seen: Set<unknown>): void {
  if (typeof node !== 'object' || node === null || seen.has(node)) return
  seen.add(node)
  if (Array.isArray(node)) {
    for (const item of node) prepare(item, known, seen)
    return
  }
  if (!isNode(node)) {
    if (Object.getPrototypeOf(node) === Object.prototype)
      for (const value of Object.values(node)) prepare(value, known, seen)
    return
  }
  if (node.op === 'rcall' || node.op === 'call') {
    node.args[0] = OURS.get(node.args[0]) ?? node.args[0]
    if (node.op === 'call' && node.args[0] === 'has') allowAnyBase(node.args[1][0], known, seen)
  }
  if (node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'variables' && !known.has(node.args[1])) {
    throw new CelError(`undefined field '${node.args[1]}'`, node.start)
  }
  prepare(node.args, known, seen)
}

interface Runner {
  run(node: ASTNode, context: unknown): unknown
}

interface Checker {
  check(node: ASTNode, context: unknown): unknown
}

/** `has(e.f)` for any `e`: the library takes names and their fields only. What stands there is put behind a node that looks like a name. */
function allowAnyBase(argument: ASTNode | undefined, known: ReadonlySet<string>, seen: Set<unknown>): void {
  let field: ASTNode | undefined
  let base = argument
  while (base !== undefined && (base.op === '.' || base.op === '.?')) {
    field = base
    base = base.args[0]
  }
  const inner = base
  if (field === undefined || inner === undefined || inner.op === 'id') return
  prepare(inner, known, seen)
  const { pos, start, end, input, range } = inner
  const name = {
    op: 'id',
    args: '',
    pos,
    start,
    end,
    input,
    range,
    maybeAsync: false,
    check: (checker: Checker, _node: unknown, context: unknown) => checker.check(inner, context),
    evaluate: (runner: Runner, _node: unknown, context: unknown) => runner.run(inner, context),
  }
  if (Array.isArray(field.args)) Reflect.set(field.args, 0, name)
}

function isNode(value: object): value is ASTNode {
  return 'op' in value && 'args' in value && 'pos' in value
}

function celError(error: unknown): CelError {
  if (error instanceof CelError) return error
  if (!(error instanceof Error)) return new CelError(String(error))
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  const range: unknown = 'range' in error ? error.range : undefined
  const offset = typeof range === 'object' && range !== null && 'start' in range ? Number(range.start) : 0
  const [line = summary] = summary.split('\n')
  // The first letter is small in cel-go.
  const message = error instanceof EvaluationError ? line.charAt(0).toLowerCase() + line.slice(1) : line
  return new CelError(message, offset)
}
