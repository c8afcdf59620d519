import type { HclDocument } from '../../parse/hcl/ast.ts'
import { parseHclJson } from '../../parse/hcl/json.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import type { EstateFiles, EstateOptions } from '../estate.ts'
import type { Value } from '../value.ts'
import { evaluate } from './expressions.ts'
import type { FunctionContext } from './functions/index.ts'
import { folderOf } from './paths.ts'
import { VariablesOnly } from './project-files.ts'
import { type Budget, Scope } from './scope.ts'

/** The `.tfvars` files of a project, read when a root module asks for them. */
export class VariableFiles {
  /** Those that were parsed here, for their diagnostics. */
  readonly parsed: HclDocument[] = []
  readonly #byFolder = new Map<string, string[]>()
  readonly #files: EstateFiles
  readonly #documents: ReadonlyMap<string, HclDocument>
  readonly #given: readonly HclDocument[]

  constructor(files: EstateFiles, documents: ReadonlyMap<string, HclDocument>, options: EstateOptions) {
    this.#files = files
    this.#documents = documents
    const own = [...files.files.keys()].map((path) => [path, path] as const)
    for (const [named, path] of [...own, ...(files.links ?? [])]) {
      if (!isAutomatic(named)) continue
      const dir = folderOf(named)
      const list = this.#byFolder.get(dir)
      if (list === undefined) this.#byFolder.set(dir, [path])
      else list.push(path)
    }
    this.#given = (options.varFiles ?? []).map(({ path, text }) => this.#parse(path, text))
  }

  /** The values for a root module; later files win, and each value's origin is the line that wrote it. */
  valuesFor(root: string, functions: FunctionContext, budget: Budget): ReadonlyMap<string, Value> {
    const values = new Map<string, Value>()
    const paths = (this.#byFolder.get(root) ?? []).toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    const automatic = paths.map(
      (path) => this.#documents.get(path) ?? this.#parse(path, this.#files.files.get(path) ?? ''),
    )
    for (const document of [...automatic, ...this.#given]) {
      const scope = new Scope(new VariablesOnly(functions), document, budget)
      for (const item of document.body.items) {
        if (item.kind === 'attribute')
          values.set(
            item.name,
            budget.unit(() => evaluate(item.value, scope)),
          )
      }
    }
    return values
  }

  #parse(path: string, text: string): HclDocument {
    const document = path.endsWith('.json') ? parseHclJson(path, text) : parseHcl(path, text)
    this.parsed.push(document)
    return document
  }
}

function isAutomatic(path: string): boolean {
  return /(?:^|\/)terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(path)
}

/** `terraform.tfvars`, then its JSON form, then the `*.auto.tfvars` by name. */
function rank(path: string): number {
  if (!/(?:^|\/)terraform\.tfvars(?:\.json)?$/.test(path)) return 2
  return path.endsWith('.json') ? 1 : 0
}
