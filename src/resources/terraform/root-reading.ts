import type { HclDocument } from '../../parse/hcl/ast.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { EstateFiles, UnavailableModule } from '../estate.ts'
import type { TerraformResource } from '../resource.ts'
import type { MapValue } from '../value.ts'
import { isSameList, type ModuleIndex } from './module-index.ts'
import { ModuleInstance } from './module-instance.ts'
import type { Declaration, ModuleSource } from './module-source.ts'
import { type Cost, RootProject } from './project.ts'
import { ProjectView } from './project-view.ts'
import { checkReferences } from './reference-check.ts'
import type { ResourceInstance } from './resource-instance.ts'
import { variableFileValues } from './tfvars.ts'

/** A resource but for how many calls share its code, which other root modules have a say in. */
interface Evaluated {
  readonly instance: ResourceInstance
  readonly declaration: Declaration
  readonly module: ModuleInstance
  readonly value: MapValue
}

/** One root module, evaluated with the modules it calls. */
export class RootReading {
  /** In order of module path. */
  readonly modules: readonly ModuleInstance[]
  /** By what tells them apart: root modules that share a module say the same of it. */
  readonly diagnostics: ReadonlyMap<string, Diagnostic>
  readonly unavailableModules: readonly UnavailableModule[]
  readonly cost: Cost
  readonly exhausted: boolean
  readonly #view: ProjectView
  readonly #variableFiles: readonly HclDocument[]
  readonly #evaluated: readonly Evaluated[]
  #resources: readonly TerraformResource[] = []

  /**
   * @param variableFiles what the root module takes its values from; later ones win
   * @param left what the evaluation may cost
   */
  constructor(
    source: ModuleSource,
    variableFiles: readonly HclDocument[],
    index: ModuleIndex,
    files: EstateFiles,
    left: Cost,
  ) {
    const root = source.dir
    this.#view = new ProjectView(index, files)
    this.#variableFiles = variableFiles
    this.#view.source(root)
    const project = new RootProject(root, this.#view, left)
    const inputs = variableFileValues(variableFiles, project.functions, project.budget)
    this.modules = withChildren(new ModuleInstance(project, source, { root, path: '', dormant: false }, inputs))
    const checked = new Set<string>()
    const evaluated: Evaluated[] = []
    for (const module of this.modules) {
      const { dir, editable } = module.source
      if (editable && !checked.has(dir)) checkReferences(module, project)
      checked.add(dir)
      for (const { declaration, instances } of declared(module)) {
        for (const instance of instances) evaluated.push({ instance, declaration, module, value: instance.value() })
      }
    }
    this.#evaluated = evaluated
    this.diagnostics = new Map(project.diagnostics)
    this.unavailableModules = project.unavailableModules
    this.cost = project.cost
    this.exhausted = project.budget.exhausted
  }

  /**
   * True if a changed project would be read the same; it is then the one that this reading looks at from now on, as a
   * value that is still unknown may ask for a file later.
   */
  continuesIn(variableFiles: readonly HclDocument[], index: ModuleIndex, files: EstateFiles): boolean {
    if (!isSameList(variableFiles, this.#variableFiles) || !this.#view.holdsIn(index, files)) return false
    this.#view.moveTo(index, files)
    return true
  }

  /**
   * In order of module path, file and position.
   * @param sharedBy how many module calls lead to a folder
   */
  resources(sharedBy: (dir: string) => number): readonly TerraformResource[] {
    const isSame =
      this.#resources.length === this.#evaluated.length &&
      this.#resources.every(
        ({ source }, i) => source?.sharedBy === sharedBy(this.#evaluated[i]?.module.source.dir ?? ''),
      )
    if (!isSame) this.#resources = this.#evaluated.map((one) => toResource(one, sharedBy(one.module.source.dir)))
    return this.#resources
  }
}

function withChildren(module: ModuleInstance): ModuleInstance[] {
  const calls = [...module.source.calls.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return [
    module,
    ...calls.flatMap((call) =>
      [...module.expandedCall(call).children.values()].flatMap((child) => withChildren(child)),
    ),
  ]
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

function toResource({ declaration, instance, module, value }: Evaluated, sharedBy: number): TerraformResource {
  const { block, document, name, type } = declaration
  return {
    kind: 'terraform',
    type,
    name,
    address: instance.address,
    baseAddress: instance.baseAddress,
    modulePath: module.path,
    root: module.root,
    value,
    header: { document, span: block.headerSpan },
    dormant: instance.dormant,
    source: { document, block, editable: module.source.editable, sharedBy },
  }
}
