import type { HclDocument } from '../../parse/hcl/ast.ts'
import { type Diagnostic, diagnosticAt } from '../../text/diagnostic.ts'
import type { Span } from '../../text/span.ts'
import type { UnavailableModule } from '../estate.ts'
import { evaluate } from './expressions.ts'
import type { FunctionContext } from './functions/index.ts'
import { isLocalSource } from './module-index.ts'
import type { CallTarget, ModuleInstance, Project } from './module-instance.ts'
import { attributeOf, type Declaration, type ModuleSource } from './module-source.ts'
import { joinPath } from './paths.ts'
import { functionContext } from './project-files.ts'
import type { ProjectView } from './project-view.ts'
import { Budget } from './scope.ts'

const MAX_MODULE_DEPTH = 40

/** What it takes to evaluate: expressions, resource instances and module instances. */
export interface Cost {
  readonly steps: number
  readonly instances: number
  readonly modules: number
}

/** For the root modules of a project together. */
export const MAX_COST: Cost = { steps: 20_000_000, instances: 300_000, modules: 20_000 }

/** The project around one root module: finds modules, counts instances, collects what there is to say. */
export class RootProject implements Project {
  readonly budget: Budget
  readonly functions: FunctionContext
  /** Each once. */
  readonly diagnostics = new Map<string, Diagnostic>()
  readonly #view: ProjectView
  readonly #left: Cost
  readonly #unavailable = new Map<string, UnavailableModule>()
  #instances = 0
  #modules = 0

  /** @param left what the root module may cost */
  constructor(root: string, view: ProjectView, left: Cost) {
    this.#view = view
    this.#left = left
    this.budget = new Budget(left.steps)
    this.functions = functionContext(root, view, this.budget)
  }

  get usesTerragrunt(): boolean {
    return this.#view.usesTerragrunt
  }

  get unavailableModules(): readonly UnavailableModule[] {
    return [...this.#unavailable.values()]
  }

  get cost(): Cost {
    return { steps: this.budget.steps, instances: this.#instances, modules: this.#modules }
  }

  claim(): boolean {
    this.#instances++
    return this.#instances <= this.#left.instances
  }

  report(document: HclDocument, span: Span, code: string, message: string): void {
    const key = `${document.path}\0${span.start}\0${code}\0${message}`
    if (!this.diagnostics.has(key)) {
      this.diagnostics.set(key, diagnosticAt(document.path, document.lines, span, code, message))
    }
  }

  target(call: Declaration, caller: ModuleInstance, instances: number): CallTarget {
    const found = this.#find(call, caller, instances)
    if ('reason' in found) {
      const address = caller.qualified(call.address)
      const location = { document: call.document, span: call.block.headerSpan }
      const key = `${caller.root}\0${address}`
      const { reason, sourceText: source } = found
      if (!this.#unavailable.has(key))
        this.#unavailable.set(key, { address, root: caller.root, source, reason, location })
    }
    return found
  }

  #find(call: Declaration, caller: ModuleInstance, instances: number): CallTarget {
    const name = caller.qualified(call.address)
    const attribute = attributeOf(call.items, 'source')
    if (attribute === undefined) return { reason: `${name} has no source`, sourceText: '' }
    const value = evaluate(attribute.item.value, caller.scope.in(attribute.document))
    if (value.kind !== 'string') return { reason: `the source of ${name} is not a plain text`, sourceText: '' }
    const sourceText = value.value
    const dir = isLocalSource(sourceText) ? joinPath(caller.source.dir, sourceText) : this.#installed(call, caller)
    if (dir === undefined) {
      const reason = isLocalSource(sourceText)
        ? `the source ${sourceText} of ${name} lies outside the project; run the audit on a folder that holds both`
        : `${name} comes from ${sourceText} and is not installed; run \`terraform init\` in ${caller.root}, then audit again`
      return { reason, sourceText }
    }
    const source = this.#view.source(dir)
    if (source === undefined) {
      const reason = isLocalSource(sourceText)
        ? `${dir}, the source of ${name}, has no Terraform files`
        : `${dir}, where ${name} should be installed, has no Terraform files; run \`terraform init\` in ${caller.root} again`
      return { reason, sourceText }
    }
    return this.#recursion(source, call, caller, sourceText, instances) ?? { source }
  }

  #installed(call: Declaration, caller: ModuleInstance): string | undefined {
    const names = [call.name]
    for (let at = caller; at.caller !== undefined; at = at.caller.module) names.unshift(at.caller.call.name)
    return this.#view.installedFolder(caller.root, names.join('.'))
  }

  #recursion(
    source: ModuleSource,
    call: Declaration,
    caller: ModuleInstance,
    sourceText: string,
    instances: number,
  ): CallTarget | undefined {
    const dirs = [caller.source.dir]
    for (let at = caller; at.caller !== undefined; at = at.caller.module) dirs.unshift(at.caller.module.source.dir)
    if (dirs.includes(source.dir)) {
      const circle = [...dirs.slice(dirs.indexOf(source.dir)), source.dir].join(' -> ')
      const message = `The module calls itself: ${circle}. Terraform cannot expand this; remove one of the calls.`
      this.report(call.document, call.block.headerSpan, 'terraform-module-cycle', message)
      return { reason: `the module calls itself: ${circle}`, sourceText }
    }
    this.#modules += instances
    if (dirs.length < MAX_MODULE_DEPTH && this.#modules <= this.#left.modules) return undefined
    const message = `The modules nest too deeply or are too many to expand; ${caller.qualified(call.address)} is not read.`
    this.report(call.document, call.block.headerSpan, 'terraform-too-many-modules', message)
    return { reason: 'the modules nest too deeply or are too many', sourceText }
  }
}
