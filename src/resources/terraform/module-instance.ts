import type { Span } from '../../text/span.ts'
import type { HclDocument } from '../../parse/hcl/ast.ts'
import type { Reference, UnknownValue, Value } from '../value.ts'
import { evaluate } from './expressions.ts'
import type { FunctionContext } from './functions/index.ts'
import { errorValue } from './functions/evaluation-error.ts'
import { type Expansion, expansionOf, type Instance } from './instances.ts'
import { attributeOf, type Declaration, type ModuleSource } from './module-source.ts'
import { relativePath } from './paths.ts'
import { instancesValue, ResourceInstance, undeclaredResource } from './resource-instance.ts'
import { type Budget, type Names, Scope } from './scope.ts'
import { failed, text, unknown } from './values.ts'
import { variableValue } from './variables.ts'

/** What a module call leads to: a folder that was read, or the reason why there is none. */
export type CallTarget = { readonly source: ModuleSource } | { readonly reason: string; readonly sourceText: string }

/** What module instances need of the project they belong to. */
export interface Project {
  readonly budget: Budget
  readonly functions: FunctionContext
  /** Terragrunt may declare variables that the code does not. */
  readonly usesTerragrunt: boolean
  /** The module behind a call that expands to so many instances; also records what is unavailable. */
  target(call: Declaration, caller: ModuleInstance, instances: number): CallTarget
  report(document: HclDocument, span: Span, code: string, message: string): void
  /** Counts one more instance; false if the project has too many. */
  claim(): boolean
}

/** The module call that made an instance. */
interface Caller {
  readonly module: ModuleInstance
  readonly call: Declaration
  readonly instance: Instance
}

interface ExpandedResource {
  readonly expansion: Expansion
  readonly instances: ReadonlyMap<Instance, ResourceInstance>
  readonly value: Value
}

interface ExpandedCall {
  readonly expansion: Expansion
  /** In the order of the instances; empty if the module is unavailable. */
  readonly children: ReadonlyMap<Instance, ModuleInstance>
  readonly unavailable: string | undefined
}

const NO_INSTANCES: Expansion = { kind: 'single', known: [], open: undefined, dormant: false }

/** One instance of a module: a folder's declarations with the arguments of one call. Everything is evaluated once, when asked for. */
export class ModuleInstance implements Names {
  readonly source: ModuleSource
  readonly root: string
  /** `module.a["x"].module.b`; empty for a root module. */
  readonly path: string
  readonly dormant: boolean
  readonly caller: Caller | undefined
  readonly functions: FunctionContext
  readonly scope: Scope
  readonly #project: Project
  readonly #inputs: ReadonlyMap<string, Value>
  readonly #values = new Map<string, Value>()
  readonly #evaluating = new Set<string>()
  readonly #resources = new Map<string, ExpandedResource>()
  readonly #calls = new Map<string, ExpandedCall>()

  /** @param inputs the `.tfvars` values of a root module */
  constructor(
    project: Project,
    source: ModuleSource,
    place: { readonly root: string; readonly path: string; readonly dormant: boolean },
    inputs: ReadonlyMap<string, Value>,
    caller?: Caller,
  ) {
    this.#project = project
    this.source = source
    this.root = place.root
    this.path = place.path
    this.dormant = place.dormant
    this.caller = caller
    this.functions = project.functions
    this.#inputs = inputs
    const [document] = source.documents
    if (document === undefined) throw new Error(`the module ${source.dir} has no files`)
    this.scope = new Scope(this, document, project.budget)
  }

  /** `aws_s3_bucket.b` -> `module.a.aws_s3_bucket.b` */
  qualified(address: string): string {
    return this.path === '' ? address : `${this.path}.${address}`
  }

  variable(name: string): Value {
    return this.#once(`var.${name}`, () => {
      const declaration = this.source.variables.get(name)
      // A file may be missing here that is there when Terraform runs: Terragrunt generates some.
      if (declaration === undefined) return unknown(`var.${name} is not declared`)
      return variableValue(declaration, this.#given(name), this.scope.in(declaration.document), evaluate)
    })
  }

  #given(name: string): Value | undefined {
    if (this.caller === undefined) return this.#inputs.get(name)
    const { call, instance, module } = this.caller
    const argument = attributeOf(call.items, name)
    if (argument === undefined) return undefined
    return evaluate(argument.item.value, module.scope.in(argument.document).bind(instance.bindings))
  }

  local(name: string): Value {
    return this.#once(`local.${name}`, () => {
      const local = this.source.locals.get(name)
      if (local?.item.kind !== 'attribute') return unknown(`local.${name} is not declared`)
      return evaluate(local.item.value, this.scope.in(local.document))
    })
  }

  output(name: string): Value {
    return this.#once(`output.${name}`, () => {
      const declaration = this.source.outputs.get(name)
      if (declaration === undefined) return errorValue(`the module ${this.source.dir} has no output "${name}"`)
      const value = attributeOf(declaration.items, 'value')
      if (value === undefined) return errorValue(`the output "${name}" has no value`)
      const result = evaluate(value.item.value, this.scope.in(value.document))
      const sensitive = attributeOf(declaration.items, 'sensitive')?.item.value
      const isSensitive = sensitive?.kind === 'literal' && sensitive.value === true
      return isSensitive && !failed(result) ? { ...result, sensitive: true } : result
    })
  }

  moduleCall(name: string): Value {
    const call = this.source.calls.get(name)
    if (call === undefined) return unknown(`module.${name} is not declared`)
    const { children, expansion, unavailable } = this.expandedCall(call)
    const address = this.qualified(`module.${name}`)
    return instancesValue(expansion, [], (instance): UnknownValue => {
      const child = children.get(instance)
      return unknown(`the outputs of ${address}`, {
        type: 'map',
        notNull: true,
        member: (output) =>
          child?.output(output) ?? unknown(unavailable ?? `${address} is unknown`, { outputName: output }),
      })
    })
  }

  resource(type: string, name: string): Value {
    const declaration = this.source.resources.get(`${type}.${name}`)
    if (declaration === undefined) return undeclaredResource(this.qualified(`${type}.${name}`), this.root)
    return this.#expanded(declaration).value
  }

  pathOf(name: string): Value {
    if (name === 'module' || name === 'root') {
      return text(name === 'root' ? '.' : relativePath(this.root, this.source.dir))
    }
    return unknown(`path.${name} depends on the run`, { type: 'string', notNull: true })
  }

  /** The calls themselves as resources: their arguments. */
  callInstances(call: Declaration): readonly ResourceInstance[] {
    const { expansion } = this.expandedCall(call)
    return allInstances(expansion).map((instance) => this.#instance(call, instance, expansion.dormant))
  }

  /** All instances of a declared resource, the one that stands for unknown ones or for none last. */
  instancesOf(declaration: Declaration): readonly ResourceInstance[] {
    const { expansion, instances } = this.#expanded(declaration)
    return allInstances(expansion).flatMap((instance) => instances.get(instance) ?? [])
  }

  #expanded(declaration: Declaration): ExpandedResource {
    const local = declaration.address
    const known = this.#resources.get(local)
    if (known !== undefined) return known
    const key = `resource.${local}`
    if (this.#evaluating.has(key)) {
      const reason = `the instances of ${this.qualified(local)} depend on themselves`
      return { expansion: NO_INSTANCES, instances: new Map(), value: unknown(reason) }
    }
    this.#evaluating.add(key)
    const expansion = this.#expansion(declaration)
    this.#evaluating.delete(key)
    const instances = new Map<Instance, ResourceInstance>()
    for (const instance of allInstances(expansion)) {
      instances.set(instance, this.#instance(declaration, instance, expansion.dormant))
    }
    const baseAddress = this.qualified(local)
    const refs: readonly Reference[] = [{ address: baseAddress, root: this.root, attribute: undefined }]
    const value = instancesValue(expansion, refs, (instance) => {
      return instances.get(instance)?.object() ?? unknown(`${baseAddress} is unknown`)
    })
    const result = { expansion, instances, value }
    this.#resources.set(local, result)
    return result
  }

  #instance(declaration: Declaration, instance: Instance, dormant: boolean): ResourceInstance {
    const baseAddress = this.qualified(declaration.address)
    const place = { root: this.root, baseAddress, instance, dormant: dormant || this.dormant }
    return new ResourceInstance(declaration, place, this.scope.in(declaration.document), evaluate)
  }

  #expansion(declaration: Declaration): Expansion {
    const scope = this.scope.in(declaration.document)
    const expansion = this.#project.budget.unit(() => expansionOf(declaration.items, scope, evaluate))
    const withinLimit = expansion.known.every(() => this.#project.claim())
    if (expansion.excess === undefined && withinLimit) return expansion
    const amount = expansion.excess ?? expansion.known.length
    const address = this.qualified(declaration.address)
    const message = `${address} has ${amount} instances, too many to audit one by one; it is read as one with unknown index.`
    this.#project.report(declaration.document, declaration.block.headerSpan, 'terraform-too-many-instances', message)
    if (expansion.open !== undefined) return expansion
    const reason = `${address} has too many instances`
    const each = expansion.kind === 'each' ? ['key', 'value'] : ['index']
    const index = unknown(reason, { member: () => unknown(reason, { notNull: true }) })
    const open = {
      suffix: '',
      key: undefined,
      reason,
      bindings: new Map([[each.length === 2 ? 'each' : 'count', index]]),
    }
    return { ...expansion, known: [], open }
  }

  /** The child modules of a call. */
  expandedCall(call: Declaration): ExpandedCall {
    const known = this.#calls.get(call.name)
    if (known !== undefined) return known
    const key = call.address
    if (this.#evaluating.has(key)) {
      return {
        expansion: NO_INSTANCES,
        children: new Map(),
        unavailable: `the instances of ${this.qualified(key)} depend on themselves`,
      }
    }
    this.#evaluating.add(key)
    const expansion = this.#expansion(call)
    const target = this.#project.target(call, this, allInstances(expansion).length)
    this.#evaluating.delete(key)
    const children = new Map<Instance, ModuleInstance>()
    if ('source' in target) {
      for (const instance of allInstances(expansion)) {
        const path = this.qualified(`${key}${instance.suffix}`)
        const place = { root: this.root, path, dormant: this.dormant || expansion.dormant }
        const caller = { module: this, call, instance }
        children.set(instance, new ModuleInstance(this.#project, target.source, place, new Map(), caller))
      }
    }
    const result = { expansion, children, unavailable: 'reason' in target ? target.reason : undefined }
    this.#calls.set(call.name, result)
    return result
  }

  #once(key: string, compute: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) return known
    if (this.#evaluating.has(key)) {
      this.#reportCycle(key)
      return unknown(`${key} refers to itself`)
    }
    this.#evaluating.add(key)
    const value = this.#project.budget.unit(compute)
    this.#evaluating.delete(key)
    this.#values.set(key, value)
    return value
  }

  #reportCycle(key: string): void {
    const [kind, name = ''] = key.split('.', 2)
    const local = kind === 'local' ? this.source.locals.get(name) : undefined
    const declaration = kind === 'output' ? this.source.outputs.get(name) : this.source.variables.get(name)
    const message = `${key} refers to itself, directly or through others; break the circle. Its value is unknown until then.`
    if (local?.item.kind === 'attribute') {
      this.#project.report(local.document, local.item.nameSpan, 'terraform-reference-cycle', message)
    } else if (declaration !== undefined) {
      this.#project.report(declaration.document, declaration.block.headerSpan, 'terraform-reference-cycle', message)
    }
  }
}

function allInstances({ known, open }: Expansion): readonly Instance[] {
  return open === undefined ? known : [...known, open]
}
