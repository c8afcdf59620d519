import type { HclDocument } from '../../parse/hcl/ast.ts'
import type { EstateFiles } from '../estate.ts'
import { attributeOf, literalText, type ModuleSource, readModuleSource } from './module-source.ts'
import { folderOf, joinPath } from './paths.ts'
import { isTerraformFile } from './project-files.ts'

/** The declarations of folders read before, by folder, with the documents they were read from. */
export type KnownSources = Map<string, { readonly documents: readonly HclDocument[]; readonly source: ModuleSource }>

/** All folders with Terraform files, and what `terraform init` has installed. */
export class ModuleIndex {
  readonly #sources = new Map<string, ModuleSource>()
  readonly #ownFolders: readonly string[]
  readonly #files: EstateFiles
  #usesTerragrunt: boolean | undefined
  readonly #installed = new Map<string, ReadonlyMap<string, string>>()

  constructor(
    documents: ReadonlyMap<string, HclDocument>,
    vendored: ReadonlyMap<string, HclDocument>,
    files: EstateFiles,
    known: KnownSources,
  ) {
    this.#files = files
    this.#ownFolders = this.#group([...documents, ...linkedDocuments(documents, files)], true, known)
    this.#group(vendored, false, known)
    for (const dir of known.keys()) if (!this.#sources.has(dir)) known.delete(dir)
  }

  #group(
    documents: Iterable<readonly [string, HclDocument]>,
    editable: boolean,
    known: KnownSources,
  ): readonly string[] {
    const folders = new Map<string, HclDocument[]>()
    for (const [path, document] of documents) {
      if (!isTerraformFile(path)) continue
      const dir = folderOf(path)
      const list = folders.get(dir)
      if (list === undefined) folders.set(dir, [document])
      else if (!list.includes(document)) list.push(document)
    }
    for (const [dir, list] of folders) {
      if (this.#sources.has(dir)) continue
      const before = known.get(dir)
      const source =
        before !== undefined && before.source.editable === editable && isSameList(before.documents, list)
          ? before.source
          : readModuleSource(dir, list, editable)
      known.set(dir, { documents: list, source })
      this.#sources.set(dir, source)
    }
    return [...folders.keys()].toSorted()
  }

  source(dir: string): ModuleSource | undefined {
    return this.#sources.get(dir)
  }

  /** True if Terragrunt runs Terraform here, which may add files to a module: for variables and providers that all share. */
  get usesTerragrunt(): boolean {
    return (this.#usesTerragrunt ??= [...this.#files.files.keys()].some((path) =>
      /(?:^|\/)terragrunt\.hcl$/.test(path),
    ))
  }

  /**
   * The folders of root modules: those that no other folder calls. Where folders only call each other in a circle,
   * the first of them is taken, so that everything is read.
   */
  roots(): readonly string[] {
    const calls = new Map(this.#ownFolders.map((dir) => [dir, this.#localCalls(dir)]))
    const called = new Set([...calls].flatMap(([dir, targets]) => targets.filter((target) => target !== dir)))
    const roots = this.#ownFolders.filter((dir) => !called.has(dir))
    const reached = new Set<string>()
    const reach = (start: string) => {
      const waiting = [start]
      for (let dir = waiting.pop(); dir !== undefined; dir = waiting.pop()) {
        if (reached.has(dir)) continue
        reached.add(dir)
        waiting.push(...(calls.get(dir) ?? []))
      }
    }
    roots.forEach(reach)
    for (const dir of this.#ownFolders) {
      if (reached.has(dir)) continue
      roots.push(dir)
      reach(dir)
    }
    return roots.toSorted()
  }

  #localCalls(dir: string): readonly string[] {
    const targets: string[] = []
    for (const call of this.#sources.get(dir)?.calls.values() ?? []) {
      const source = attributeOf(call.items, 'source')
      const text = source === undefined ? undefined : literalText(source.item)
      if (text === undefined || !isLocalSource(text)) continue
      const target = joinPath(dir, text)
      if (target !== undefined && this.#sources.has(target)) targets.push(target)
    }
    return targets
  }

  /** The folder that `terraform init` in `root` installed a call's module to. `key` is like `network.subnets`. */
  installedFolder(root: string, key: string): string | undefined {
    let modules = this.#installed.get(root)
    if (modules === undefined) {
      modules = readManifest(this.#files, root)
      this.#installed.set(root, modules)
    }
    return modules.get(key)
  }
}

/** True if two lists hold the very same items. */
export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}

/** The files that a folder holds by a link: Terraform reads them as its own. */
function linkedDocuments(
  documents: ReadonlyMap<string, HclDocument>,
  { links }: EstateFiles,
): readonly (readonly [string, HclDocument])[] {
  return [...(links ?? [])].flatMap(([link, path]) => {
    const document = documents.get(path)
    return document === undefined ? [] : [[link, document] as const]
  })
}

export function isLocalSource(source: string): boolean {
  return /^\.\.?(?:\/|$)/.test(source)
}

/** `.terraform/modules/modules.json`, whose `Dir`s are relative to the root module. */
function readManifest(files: EstateFiles, root: string): ReadonlyMap<string, string> {
  const modules = new Map<string, string>()
  const path = joinPath(root, '.terraform/modules/modules.json')
  const text = path === undefined ? undefined : (files.vendored.get(path) ?? files.files.get(path))
  if (text === undefined) return modules
  let manifest: unknown
  try {
    manifest = JSON.parse(text)
  } catch {
    return modules
  }
  const entries = property(manifest, 'Modules')
  for (const entry of Array.isArray(entries) ? entries : []) {
    const key = property(entry, 'Key')
    const dir = property(entry, 'Dir')
    if (typeof key !== 'string' || typeof dir !== 'string') continue
    const folder = joinPath(root, dir)
    if (folder !== undefined) modules.set(key, folder)
  }
  return modules
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined
}
