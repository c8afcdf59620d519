import type {
  AttributeAccess,
  Block,
  Expression,
  HclDocument,
  ObjectExpression,
  TemplatePart,
} from '../../parse/hcl/ast.ts'
import { iteratorName } from './blocks.ts'
import type { ModuleInstance, Project } from './module-instance.ts'
import {
  bodyItems,
  entryName,
  type ModuleSource,
  objectItems,
  propertyName,
  type SourcedItem,
} from './module-source.ts'

/** Blocks whose contents name things that need not exist, or that are no expressions. */
const UNCHECKED_BLOCKS = new Set(['moved', 'import', 'removed', 'terraform'])
const UNCHECKED_ATTRIBUTES = new Set([
  'depends_on',
  'provider',
  'providers',
  'ignore_changes',
  'replace_triggered_by',
  'iterator',
])
const CONTEXT_OBJECTS = new Set(['each', 'count', 'self', 'path', 'terraform', 'tofu', 'action'])
const OBJECT_KINDS = new Set(['data', 'ephemeral', 'resource'])

type Bound = ReadonlySet<string>

/**
 * Reports every reference in a module to something that it does not declare. Static, like Terraform's own check: it
 * looks into branches that are never taken. A module with a file that could not be read is left out, as what is
 * missing may be declared there.
 */
export function checkReferences(module: ModuleInstance, project: Project): void {
  if (module.source.documents.some((document) => document.diagnostics.length > 0)) return
  const checker = new Checker(module, project)
  for (const document of module.source.documents) {
    for (const item of document.body.items) {
      if (item.kind === 'block' && !UNCHECKED_BLOCKS.has(item.type)) checker.block({ document, item }, new Set())
    }
  }
}

class Checker {
  readonly #module: ModuleInstance
  readonly #source: ModuleSource
  readonly #project: Project

  constructor(module: ModuleInstance, project: Project) {
    this.#module = module
    this.#source = module.source
    this.#project = project
  }

  block({ document, item }: { document: HclDocument; item: Block }, bound: Bound): void {
    const isDynamic = item.type === 'dynamic'
    const items = bodyItems({ document, item })
    const inner = isDynamic ? new Set([...bound, iteratorName({ type: entryName(item), items })]) : bound
    for (const sourced of items) {
      const { item: child } = sourced
      if (child.kind === 'block') {
        this.block({ document, item: child }, inner)
        continue
      }
      if (UNCHECKED_ATTRIBUTES.has(child.name) || (item.type === 'variable' && child.name === 'type')) continue
      if (child.name === 'dynamic' && child.value.kind === 'object') this.#jsonDynamic(document, child.value, inner)
      else this.#expression(child.value, document, child.name === 'for_each' ? bound : inner)
    }
  }

  #jsonDynamic(document: HclDocument, value: ObjectExpression, bound: Bound): void {
    for (const { item: property } of objectItems(document, value)) {
      if (property.kind !== 'attribute') continue
      const bodies = property.value.kind === 'tuple' ? property.value.items : [property.value]
      for (const body of bodies) {
        const items: readonly SourcedItem[] = body.kind === 'object' ? objectItems(document, body) : []
        const inner = new Set([...bound, iteratorName({ type: property.name, items })])
        for (const { item } of items) {
          if (item.kind === 'attribute' && item.name !== 'iterator') this.#expression(item.value, document, inner)
        }
      }
    }
  }

  #expression(expression: Expression, document: HclDocument, bound: Bound): void {
    const visit = (child: Expression) => this.#expression(child, document, bound)
    switch (expression.kind) {
      case 'literal':
      case 'variable':
      case 'splat-item':
      case 'invalid':
        return
      case 'template':
        this.#template(expression.parts, document, bound)
        return
      case 'tuple':
        expression.items.forEach(visit)
        return
      case 'object':
        for (const item of expression.items) {
          if (document.syntax === 'json' && propertyName(item) === 'dynamic' && item.value.kind === 'object') {
            this.#jsonDynamic(document, item.value, bound)
            continue
          }
          if (item.keyName === undefined) visit(item.key)
          visit(item.value)
        }
        return
      case 'get-attribute':
        this.#access(expression, document, bound)
        return
      case 'index':
        visit(expression.target)
        visit(expression.key)
        return
      case 'splat':
        visit(expression.source)
        visit(expression.each)
        return
      case 'call':
        expression.args.forEach(visit)
        return
      case 'conditional':
        visit(expression.condition)
        visit(expression.then)
        visit(expression.else)
        return
      case 'binary':
        visit(expression.left)
        visit(expression.right)
        return
      case 'unary':
        visit(expression.operand)
        return
      case 'parentheses':
        visit(expression.inner)
        return
      case 'for': {
        visit(expression.collection)
        const names =
          expression.keyName === undefined ? [expression.valueName] : [expression.keyName, expression.valueName]
        const inner = new Set([...bound, ...names])
        for (const child of [expression.key, expression.value, expression.condition]) {
          if (child !== undefined) this.#expression(child, document, inner)
        }
        return
      }
    }
  }

  #template(parts: readonly TemplatePart[], document: HclDocument, bound: Bound): void {
    for (const part of parts) {
      if (part.kind === 'interpolation') {
        this.#expression(part.expression, document, bound)
      } else if (part.kind === 'if') {
        this.#expression(part.condition, document, bound)
        this.#template(part.then, document, bound)
        this.#template(part.else, document, bound)
      } else if (part.kind === 'for') {
        this.#expression(part.collection, document, bound)
        const names = part.keyName === undefined ? [part.valueName] : [part.keyName, part.valueName]
        this.#template(part.body, document, new Set([...bound, ...names]))
      }
    }
  }

  #access(access: AttributeAccess, document: HclDocument, bound: Bound): void {
    const { target, name } = access
    this.#output(access, document, bound)
    if (target.kind === 'get-attribute' && target.target.kind === 'variable') {
      const root = target.target.name
      if (OBJECT_KINDS.has(root) && !bound.has(root)) {
        const prefix = root === 'resource' ? '' : `${root}.`
        this.#require(this.#source.resources, `${prefix}${target.name}.${name}`, '', access, document)
        return
      }
    }
    if (target.kind !== 'variable') {
      this.#expression(target, document, bound)
      return
    }
    if (bound.has(target.name) || CONTEXT_OBJECTS.has(target.name)) return
    if (OBJECT_KINDS.has(target.name)) return
    if (target.name === 'var' && this.#project.usesTerragrunt) return
    if (target.name === 'var') this.#require(this.#source.variables, name, 'var.', access, document)
    else if (target.name === 'local') this.#require(this.#source.locals, name, 'local.', access, document)
    else if (target.name === 'module') this.#require(this.#source.calls, name, 'module.', access, document)
    else this.#require(this.#source.resources, `${target.name}.${name}`, '', access, document)
  }

  /** `module.x.output`, `module.x[0].output`. */
  #output({ target, name, span }: AttributeAccess, document: HclDocument, bound: Bound): void {
    const object = target.kind === 'index' ? target.target : target
    if (object.kind !== 'get-attribute' || object.target.kind !== 'variable') return
    if (object.target.name !== 'module' || bound.has('module')) return
    const call = this.#source.calls.get(object.name)
    const [child] = call === undefined ? [] : this.#module.expandedCall(call).children.values()
    if (child === undefined || child.source.outputs.has(name)) return
    if (child.source.documents.some((file) => file.diagnostics.length > 0)) return
    const what = `module.${object.name}.${name}`
    this.#report(what, `the module has no such output`, nearest(name, child.source.outputs.keys()), document, span)
  }

  #require(
    declared: ReadonlyMap<string, unknown>,
    name: string,
    prefix: string,
    { span }: AttributeAccess,
    document: HclDocument,
  ): void {
    if (declared.has(name)) return
    const near = nearest(name, declared.keys())
    this.#report(`${prefix}${name}`, 'it is not declared in this module', near && `${prefix}${near}`, document, span)
  }

  #report(
    what: string,
    why: string,
    near: string | undefined,
    document: HclDocument,
    span: { start: number; end: number },
  ): void {
    const advice = near === undefined ? 'Declare it or correct the name.' : `Did you mean ${near}?`
    this.#project.report(document, span, 'terraform-unknown-reference', `${what} refers to nothing: ${why}. ${advice}`)
  }
}

/** The most similar name, if it is similar enough to be a slip of the keyboard. */
function nearest(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined
  let least = (name.length < 4 ? 1 : name.length < 12 ? 2 : 3) + 1
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= least) continue
    const distance = editDistance(name, candidate)
    if (distance < least) {
      best = candidate
      least = distance
    }
  }
  return best
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, change))
    }
    row = next
  }
  return row[b.length] ?? 0
}
