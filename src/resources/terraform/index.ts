import type { HclDocument } from '../../parse/hcl/ast.ts'
import { type Diagnostic, diagnosticAt } from '../../text/diagnostic.ts'
import type { EstateFiles, EstateOptions, UnavailableModule } from '../estate.ts'
import type { TerraformResource } from '../resource.ts'
import { type KnownSources, ModuleIndex } from './module-index.ts'
import type { ModuleInstance } from './module-instance.ts'
import { type Cost, MAX_COST } from './project.ts'
import { RootReading } from './root-reading.ts'
import { VariableFiles } from './tfvars.ts'

export { readPlan } from './plan.ts'

/** What a project's Terraform files declare. */
export interface TerraformReading {
  /** In order of root module, module path, file and position. */
  readonly resources: readonly TerraformResource[]
  /** Of the evaluation, and of `.tfvars` files; those of the given documents stay in the documents. */
  readonly diagnostics: readonly Diagnostic[]
  readonly unavailableModules: readonly UnavailableModule[]
  /** The folders that each root module is read from, by the root module's own. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>
}

/** What one reading of a project leaves to the next, so that an edit costs no more than the root modules it touches. */
export class TerraformMemory {
  readonly sources: KnownSources = new Map()
  readonly variableFiles = new Map<string, HclDocument>()
  /** By folder. */
  readonly roots = new Map<string, RootReading>()
}

/**
 * Evaluates all root modules of a project with the modules they call. Never throws.
 * @param documents the project's Terraform files by path
 * @param vendored those under `.terraform/modules`
 * @param memory of earlier readings; documents that are the very same objects count as unchanged
 */
export function readTerraform(
  documents: ReadonlyMap<string, HclDocument>,
  vendored: ReadonlyMap<string, HclDocument>,
  files: EstateFiles,
  options: EstateOptions = {},
  memory = new TerraformMemory(),
): TerraformReading {
  const index = new ModuleIndex(documents, vendored, files, memory.sources)
  const variableFiles = new VariableFiles(documents, files.links ?? new Map(), options, memory.variableFiles)
  const before = new Map(memory.roots)
  memory.roots.clear()
  const readings: RootReading[] = []
  let left = MAX_COST
  let isContinued = false
  for (const root of index.roots()) {
    const source = index.source(root)
    if (source === undefined) continue
    const given = variableFiles.documentsFor(root)
    const known = before.get(root)
    const continues = known?.continuesIn(given, index, files) === true
    const reading = continues ? known : new RootReading(source, given, index, files, left)
    isContinued ||= continues
    left = minus(left, reading.cost)
    readings.push(reading)
    memory.roots.set(root, reading)
  }
  const isTooMuch = left.steps <= 0 || left.instances < 0 || left.modules < 0
  // What is left out then depends on the order in which all of it is evaluated.
  if (isTooMuch) memory.roots.clear()
  if (isTooMuch && isContinued) return readTerraform(documents, vendored, files, options, memory)

  const modules = readings.flatMap((reading) => reading.modules)
  const callers = callersByFolder(modules)
  const resources = readings.flatMap((reading) => reading.resources((dir) => callers.get(dir)?.size ?? 1))
  const sources = new Set(modules.map((module) => module.source))
  const diagnostics = [
    ...variableFiles.given.flatMap((document) => document.diagnostics),
    ...[...sources].flatMap((source) => (source.editable ? source.diagnostics : [])),
    ...new Map(readings.flatMap((reading) => [...reading.diagnostics])).values(),
    ...limitReached(readings),
  ]
  return {
    resources,
    diagnostics,
    unavailableModules: readings.flatMap((reading) => reading.unavailableModules),
    folders: new Map(
      [...memory.roots].map(([root, { modules: all }]) => [root, new Set(all.map(({ source }) => source.dir))]),
    ),
  }
}

function minus(a: Cost, b: Cost): Cost {
  return { steps: a.steps - b.steps, instances: a.instances - b.instances, modules: a.modules - b.modules }
}

function limitReached(readings: readonly RootReading[]): readonly Diagnostic[] {
  const [first] = readings.flatMap(({ modules }) => modules)
  if (first === undefined || !readings.some(({ exhausted }) => exhausted)) return []
  const { document } = first.scope
  const message = 'The configuration takes too long to evaluate; values that were not reached count as unknown.'
  const start = { start: 0, end: 0 }
  return [diagnosticAt(document.path, document.lines, start, 'terraform-evaluation-limit', message)]
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
