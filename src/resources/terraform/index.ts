import type { HclDocument } from '../../parse/hcl/ast.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { EstateFiles, EstateOptions, UnavailableModule } from '../estate.ts'
import type { TerraformResource } from '../resource.ts'
import { ModuleIndex } from './module-index.ts'
import { ModuleInstance } from './module-instance.ts'
import type { Declaration } from './module-source.ts'
import { TerraformProject } from './project.ts'
import { checkReferences } from './reference-check.ts'
import type { ResourceInstance } from './resource-instance.ts'
import { VariableFiles } from './tfvars.ts'

export { readPlan } from './plan.ts'

/** What a project's Terraform files declare. */
export interface TerraformReading {
  /** In order of root module, module path, file and position. */
  readonly resources: readonly TerraformResource[]
  /** Of the evaluation, and of `.tfvars` files; those of the given documents stay in the documents. */
  readonly diagnostics: readonly Diagnostic[]
  readonly unavailableModules: readonly UnavailableModule[]
}

/**
 * Evaluates all root modules of a project with the modules they call. Never throws.
 * @param documents the project's Terraform files by path
 * @param vendored those under `.terraform/modules`
 */
export function readTerraform(
  documents: ReadonlyMap<string, HclDocument>,
  vendored: ReadonlyMap<string, HclDocument>,
  files: EstateFiles,
  options: EstateOptions = {},
): TerraformReading {
  const index = new ModuleIndex(documents, vendored, files)
  const project = new TerraformProject(index, files)
  const variableFiles = new VariableFiles(files, documents, options)
  const modules: ModuleInstance[] = []
  for (const root of index.roots()) {
    const source = index.source(root)
    if (source === undefined) continue
    const inputs = variableFiles.valuesFor(root, project.functionsFor(root), project.budget)
    collect(new ModuleInstance(project, source, { root, path: '', dormant: false }, inputs), modules)
  }
  const callers = callersByFolder(modules)
  const resources: TerraformResource[] = []
  const checked = new Set<string>()
  for (const module of modules) {
    const { dir, editable } = module.source
    if (editable && !checked.has(dir)) checkReferences(module, project)
    checked.add(dir)
    const sharedBy = callers.get(dir)?.size ?? 1
    for (const { declaration, instances } of declared(module)) {
      for (const instance of instances) resources.push(toResource(instance, declaration, module, sharedBy))
    }
  }
  const [first] = modules
  if (project.budget.exhausted && first !== undefined) {
    const { document } = first.scope
    const message = 'The configuration takes too long to evaluate; values that were not reached count as unknown.'
    project.report(document, { start: 0, end: 0 }, 'terraform-evaluation-limit', message)
  }
  const sources = new Set(modules.map((module) => module.source))
  const diagnostics = [
    ...variableFiles.parsed.flatMap((document) => document.diagnostics),
    ...[...sources].flatMap((source) => (source.editable ? source.diagnostics : [])),
    ...project.diagnostics,
  ]
  return { resources, diagnostics, unavailableModules: project.unavailableModules }
}

function collect(module: ModuleInstance, into: ModuleInstance[]): void {
  into.push(module)
  for (const call of [...module.source.calls.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const child of module.expandedCall(call).children.values()) collect(child, into)
  }
}

/** The distinct module calls that lead to each folder, whatever the number of their instances. */
function callersByFolder(modules: readonly ModuleInstance[]): ReadonlyMap<string, ReadonlySet<string>> {
  const callers = new Map<string, Set<string>>()
  for (const module of modules) {
    const names: string[] = [module.root]
    for (let at: ModuleInstance = module; at.caller !== undefined; at = at.caller.module)
      names.push(at.caller.call.name)
    const set = callers.get(module.source.dir)
    if (set === undefined) callers.set(module.source.dir, new Set([names.join('\0')]))
    else set.add(names.join('\0'))
  }
  return callers
}

interface Declared {
  readonly declaration: Declaration
  readonly instances: readonly ResourceInstance[]
}

/** Everything of a module that rules look at, in order of file and position. */
function declared(module: ModuleInstance): readonly Declared[] {
  const { calls, documents, resources, settings } = module.source
  const order = new Map(documents.map((document, i) => [document.path, i]))
  const position = ({ declaration }: Declared) => order.get(declaration.document.path) ?? 0
  return [
    ...[...resources.values(), ...settings.values()].map((declaration) => ({
      declaration,
      instances: module.instancesOf(declaration),
    })),
    ...[...calls.values()].map((declaration) => ({ declaration, instances: module.callInstances(declaration) })),
  ].toSorted((a, b) => position(a) - position(b) || a.declaration.block.span.start - b.declaration.block.span.start)
}

function toResource(
  instance: ResourceInstance,
  declaration: Declaration,
  module: ModuleInstance,
  sharedBy: number,
): TerraformResource {
  const { block, document, name, type } = declaration
  return {
    kind: 'terraform',
    type,
    name,
    address: instance.address,
    baseAddress: instance.baseAddress,
    modulePath: module.path,
    root: module.root,
    value: instance.value(),
    header: { document, span: block.headerSpan },
    dormant: instance.dormant,
    source: { document, block, editable: module.source.editable, sharedBy },
  }
}
