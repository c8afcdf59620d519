/** Templates in Rego: Gatekeeper's rules for their sources, and their evaluation. */
import {
  compile,
  equalValues,
  fromJson,
  type Module,
  type Origin,
  parseModule,
  type Policy,
  type PreparedQuery,
  printValue,
  RegoError,
  RegoErrors,
  RegoObject,
  type Value,
} from '../rego/index.ts'
import { memberAt } from './json.ts'
import type { Engine, EngineViolation, Evaluate, EvaluateContext, Part } from './engine.ts'
import { externalData } from './external-data.ts'
import { PolicyError, problemAt } from './problem.ts'
import type { Review } from './review.ts'
import type { RegoSource, Template, TemplateText } from './template.ts'

/** Of `data`, a template may read the inventory and its libraries. */
const READABLE = ['inventory', 'lib']

/** Calls that would leave the process. */
const OFF = ['http.send', 'opa.runtime', 'net.lookup_ip_addr']

/** @throws PolicyError at the line of the template that is at fault */
export function compileRego(template: Template, source: RegoSource): Engine {
  const main = parse(template, source.rego, source)
  const libs = source.libs.map((lib) => parse(template, lib, source))
  if (!main.rules.some(({ head }) => head.ref[0]?.kind === 'var' && head.ref[0].name === 'violation')) {
    throw problemAt(
      template.object,
      source.rego.path,
      'rego-no-violation',
      'invalid rego: missing required rule: violation',
    )
  }
  for (const [index, lib] of libs.entries()) {
    if (lib.package[0] === 'lib' && lib.package.length > 1) continue
    const at = source.libs[index] ?? source.rego
    throw placed(
      template,
      at,
      lib.packageSpan.start,
      lib,
      'rego-lib-package',
      `invalid rego: the package of a library must be under lib, not ${lib.package.join('.')}`,
    )
  }
  checkReferences(template, main, source.rego)
  for (const [index, lib] of libs.entries()) checkReferences(template, lib, source.libs[index] ?? source.rego)
  let policy: Policy
  try {
    policy = compile([main, ...libs], { builtins: externalData, without: OFF })
  } catch (error) {
    throw translated(template, source, error)
  }
  return new RegoEngine(policy, `data${main.package.map((part) => `[${JSON.stringify(part)}]`).join('')}.violation[r]`)
}

class RegoEngine implements Engine {
  readonly name = 'rego'
  readonly #policy: Policy
  readonly #query: string
  readonly #plain: PreparedQuery
  #traced: PreparedQuery | undefined

  constructor(policy: Policy, query: string) {
    this.#policy = policy
    this.#query = query
    this.#plain = policy.prepare(query)
  }

  bind(constraint: object): Evaluate {
    const parameters = fromJson(memberAt(constraint, 'spec', 'parameters') ?? {})
    return (review, context) => this.#evaluate(review, parameters, context)
  }

  #evaluate(review: Review, parameters: Value, { inventory, now, traced }: EvaluateContext): EngineViolation[] {
    const input = RegoObject.of([
      ['review', review.rego],
      ['parameters', parameters],
    ])
    const options = { input, data: inventory.data, now }
    const found: EngineViolation[] = []
    try {
      const plain = this.#plain.evaluate(options)
      if (!traced || plain.length === 0) {
        for (const bindings of plain) collect(found, bindings.get('r'), [])
        return found
      }
      this.#traced ??= this.#policy.prepare(this.#query, { provenance: true })
      for (const { bindings, origins } of this.#traced.evaluateTraced(options)) {
        collect(found, bindings.get('r'), partsOf(origins))
      }
      return found
    } catch (error) {
      if (!(error instanceof RegoError)) throw error
      return [{ message: `${error.code}: ${error.message}`, details: RegoObject.empty, failed: true, parts: [] }]
    }
  }
}

/** What is no object with a message is no violation, as in Gatekeeper. */
function collect(found: EngineViolation[], result: Value | undefined, parts: readonly Part[]): void {
  if (!(result instanceof RegoObject)) return
  const message = result.get('msg')
  if (message === undefined) return
  const details = result.get('details') ?? RegoObject.empty
  const text = typeof message === 'string' ? message : printValue(message)
  if (found.some((one) => one.message === text && equalValues(one.details, details))) return
  found.push({ message: text, details, failed: false, parts })
}

function partsOf(origins: readonly Origin[]): Part[] {
  return origins.flatMap(({ path, missing }) => {
    const [head, ...rest] = path
    return head === 'review' ? [{ path: keys(rest), missing: keys(missing) }] : []
  })
}

function keys(path: readonly Value[]): (string | number)[] {
  return path.filter((key) => typeof key === 'string' || typeof key === 'number')
}

function parse(template: Template, source: TemplateText, { version }: RegoSource): Module {
  try {
    return parseModule(template.object.file, source.text, { version })
  } catch (error) {
    throw translated(template, { rego: source, libs: [], version }, error)
  }
}

/** Gatekeeper's message around OPA's errors; the place is the line of the template. */
function translated(template: Template, source: RegoSource, error: unknown): unknown {
  if (!(error instanceof RegoErrors)) return error
  const [first] = error.errors
  const more = error.errors.length > 1 ? ` (and ${error.errors.length - 1} more)` : ''
  const at = [source.rego, ...source.libs].find(({ text }) => text === first?.place?.source.text) ?? source.rego
  const { line = 1, column = 1 } = first?.range?.start ?? {}
  return new PolicyError('rego-invalid', `invalid ConstraintTemplate: ${first?.code}: ${first?.message}${more}`, {
    file: template.object.file,
    range: template.object.locateInText(at.path, line, column),
  })
}

function placed(
  template: Template,
  source: TemplateText,
  offset: number,
  module: Module,
  code: string,
  message: string,
): PolicyError {
  const { line, column } = module.source.lines.position(offset)
  const range = template.object.locateInText(source.path, line, column)
  return new PolicyError(code, message, { file: template.object.file, range })
}

function checkReferences(template: Template, module: Module, source: TemplateText): void {
  const fail = (offset: number, message: string): PolicyError =>
    placed(template, source, offset, module, 'rego-reference', message)
  for (const { path, span } of module.imports) {
    if (path[0] === 'future' || (path[0] === 'data' && path[1] === 'lib')) continue
    const hint =
      path[0] === 'rego' ? 'say `version: v1` beside the source instead' : 'only libraries (data.lib) can be imported'
    throw fail(span.start, `invalid import: bad import: ${path.join('.')}; ${hint}`)
  }
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null || !('kind' in node || 'head' in node || 'body' in node)) return
    if ('kind' in node && node.kind === 'ref' && 'head' in node && isData(node.head) && 'path' in node) {
      const first: unknown = Array.isArray(node.path) ? node.path[0] : undefined
      const name = typeof first === 'object' && first !== null && 'value' in first ? first.value : undefined
      if (typeof name !== 'string' || !READABLE.includes(name)) {
        const shown = typeof name === 'string' ? `data.${name}` : 'data'
        throw fail(
          startOf(node),
          `invalid rego: check refs failed: disallowed ref ${shown}; only data.inventory and data.lib may be referenced`,
        )
      }
      visit(node.path)
      return
    }
    if (isData(node))
      throw fail(startOf(node), 'invalid rego: disallowed ref data; only data.inventory and data.lib may be referenced')
    for (const [key, value] of Object.entries(node)) if (key !== 'span' && key !== 'annotations') visit(value)
  }
  visit(module.rules)
}

function isData(node: unknown): boolean {
  return (
    typeof node === 'object' &&
    node !== null &&
    'kind' in node &&
    node.kind === 'var' &&
    'name' in node &&
    node.name === 'data'
  )
}

function startOf(node: object): number {
  const span: unknown = 'span' in node ? node.span : undefined
  return typeof span === 'object' && span !== null && 'start' in span && typeof span.start === 'number' ? span.start : 0
}
