import type { HclDocument } from '../../parse/hcl/ast.ts'
import { parseHclJson } from '../../parse/hcl/json.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import type { EstateOptions } from '../estate.ts'
import type { Value } from '../value.ts'
import { evaluate } from './expressions.ts'
import type { FunctionContext } from './functions/index.ts'
import { folderOf } from './paths.ts'
import { VariablesOnly } from './project-files.ts'
import { type Budget, Scope } from './scope.ts'

/** The `.tfvars` files of a project. */
export class VariableFiles {
  /** Those of `--var-file`. */
  readonly given: readonly HclDocument[]
  readonly #automatic = new Map<string, { readonly named: string; readonly document: HclDocument }[]>()

  /**
   * @param links to documents, by the link's path
   * @param known given files parsed before, by path
   */
  constructor(
    documents: ReadonlyMap<string, HclDocument>,
    links: ReadonlyMap<string, string>,
    { varFiles = [] }: EstateOptions,
    known: Map<string, HclDocument>,
  ) {
    const own = [...documents.keys()].map((path) => [path, path] as const)
    for (const [named, path] of [...own, ...links]) {
      const document = documents.get(path)
      if (document === undefined || !isAutomatic(named)) continue
      const dir = folderOf(named)
      const list = this.#automatic.get(dir)
      if (list === undefined) this.#automatic.set(dir, [{ named, document }])
      else list.push({ named, document })
    }
    this.given = varFiles.map(({ path, text }) => {
      const before = known.get(path)
      if (before?.text === text) return before
      const document = path.endsWith('.json') ? parseHclJson(path, text) : parseHcl(path, text)
      known.set(path, document)
      return document
    })
  }

  /** What a root module takes its values from; later files win. */
  documentsFor(root: string): readonly HclDocument[] {
    const automatic = (this.#automatic.get(root) ?? []).toSorted(
      (a, b) => rank(a.named) - rank(b.named) || (a.named < b.named ? -1 : 1),
    )
    return [...automatic.map(({ document }) => document), ...this.given]
  }
}

/** The values that variable files give; each value's origin is the line that wrote it. */
export function variableFileValues(
  documents: readonly HclDocument[],
  functions: FunctionContext,
  budget: Budget,
): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const document of documents) {
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

function isAutomatic(path: string): boolean {
  return /(?:^|\/)terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(path)
}

/** `terraform.tfvars`, then its JSON form, then the `*.auto.tfvars` by name. */
function rank(path: string): number {
  if (!/(?:^|\/)terraform\.tfvars(?:\.json)?$/.test(path)) return 2
  return path.endsWith('.json') ? 1 : 0
}
