import type { Block, HclDocument } from '../parse/hcl/ast.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Location } from './location.ts'
import { asString, type Observer, Place } from './place.ts'
import type { KubernetesResource, Resource, TerraformResource } from './resource.ts'
import { folderOf } from './terraform/paths.ts'
import { isTerraformFile } from './terraform/project-files.ts'
import type { Reference, Value } from './value.ts'

/** The files an estate is read from. Paths are relative to the project root, with `/`; texts keep BOM and line ends. */
export interface EstateFiles {
  readonly files: ReadonlyMap<string, string>
  /** Files under `.terraform/modules`, read but never audited for their own sake nor edited. */
  readonly vendored: ReadonlyMap<string, string>
  /** Links to files of the project, by the link's path: a Terraform file is part of each folder that links to it. */
  readonly links?: ReadonlyMap<string, string>
}

export interface EstateOptions {
  /** The one file that the user named, if any: a plan there is read instead of the configuration beside it. */
  readonly named?: string
  /** `--var-file`: path for messages, and text. Later ones win; they apply to every root module. */
  readonly varFiles?: readonly { readonly path: string; readonly text: string }[]
}

/** A module call whose source is not on disk: its resources are undecided, not absent. */
export interface UnavailableModule {
  readonly address: string
  readonly root: string
  readonly source: string
  readonly reason: string
  readonly location: Location
}

export type SourceDocument = HclDocument | YamlFile

/** Where a resource has its companion, such as the `aws_s3_bucket_versioning` of a bucket. */
export interface Companions {
  /** Those that name the resource, by reference or by a known equal name. */
  readonly certain: readonly Place[]
  /** Those that may: what they name is unknown. */
  readonly possible: readonly Place[]
}

interface EstateParts {
  readonly resources: readonly Resource[]
  readonly documents: ReadonlyMap<string, SourceDocument>
  readonly diagnostics: readonly Diagnostic[]
  readonly unavailableModules: readonly UnavailableModule[]
  readonly files: ReadonlyMap<string, string>
  /** The folders that each Terraform root module is read from, by the root module's own. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>
}

/** How much of an estate somebody has looked at: these root modules and the Terraform files of these folders, or more. */
export type Seen = { readonly roots: ReadonlySet<string>; readonly folders: ReadonlySet<string> } | 'everything'

/** What something came to, and what of an estate it was made from. */
export interface Observed<T> {
  readonly result: T
  readonly seen: Seen
}

/** Everything that one reading of the project found. Immutable; a changed text gives a new estate. */
export class Estate {
  readonly #parts: EstateParts
  readonly #byType = new Map<string, Resource[]>()
  readonly #byRoot = new Map<string, TerraformResource[]>()
  readonly #byRootAndType = new Map<string, TerraformResource[]>()
  readonly #byBase = new Map<string, TerraformResource[]>()
  #byBlock: ReadonlyMap<Block, readonly TerraformResource[]> | undefined
  #byFolder: ReadonlyMap<string, readonly HclDocument[]> | undefined
  #seen: { readonly roots: Set<string>; readonly folders: Set<string> } | 'everything' = 'everything'

  constructor(parts: EstateParts) {
    this.#parts = parts
    for (const resource of parts.resources) {
      addTo(this.#byType, resource.type, resource)
      if (resource.kind !== 'terraform') continue
      const { baseAddress, root, type } = resource
      addTo(this.#byRoot, root, resource)
      addTo(this.#byRootAndType, `${root}\u0000${type}`, resource)
      addTo(this.#byBase, `${root}\u0000${baseAddress}`, resource)
    }
  }

  get resources(): readonly Resource[] {
    return this.#everything().resources
  }

  get documents(): ReadonlyMap<string, SourceDocument> {
    return this.#everything().documents
  }

  get diagnostics(): readonly Diagnostic[] {
    return this.#everything().diagnostics
  }

  get unavailableModules(): readonly UnavailableModule[] {
    return this.#everything().unavailableModules
  }

  get files(): ReadonlyMap<string, string> {
    return this.#everything().files
  }

  /** Runs something that asks this estate, and tells what it has looked at. */
  observe<T>(work: () => T): Observed<T> {
    const outer = this.#seen
    this.#seen = { roots: new Set(), folders: new Set() }
    try {
      const result = work()
      return { result, seen: this.#seen }
    } finally {
      const inner = this.#seen
      this.#seen = outer
      this.looked(inner)
    }
  }

  /** For answers that were worked out before: whoever is given one has looked at what it was made from. */
  looked(seen: Seen): void {
    if (this.#seen === 'everything') return
    if (seen === 'everything') this.#seen = seen
    else {
      for (const root of seen.roots) this.#seen.roots.add(root)
      for (const folder of seen.folders) this.#seen.folders.add(folder)
    }
  }

  /**
   * The root modules that something was made from besides its own one, each with its identity; undefined if it was made
   * from more than root modules.
   */
  basisOf(seen: Seen, own: string): ReadonlyMap<string, unknown> | undefined {
    if (seen === 'everything') return undefined
    const roots = new Set([own, ...seen.roots])
    for (const folder of seen.folders) {
      if (![...roots].some((root) => this.#parts.folders.get(root)?.has(folder) === true)) return undefined
    }
    roots.delete(own)
    return new Map([...roots].map((root) => [root, this.identityOf(root)]))
  }

  /** Stays the same from one estate to the next while nothing in a root module changes. */
  identityOf(root: string): unknown {
    return this.#byRoot.get(root)?.[0]
  }

  #everything(): EstateParts {
    this.#seen = 'everything'
    return this.#parts
  }

  #lookAt(root: string): void {
    if (this.#seen !== 'everything') this.#seen.roots.add(root)
  }

  #lookInto(folder: string): void {
    if (this.#seen !== 'everything') this.#seen.folders.add(folder)
  }

  /** True for a file that may be edited, unlike those given with `--var-file` and those of downloaded modules. */
  isOwn(path: string): boolean {
    this.#lookInto(folderOf(path))
    return this.#parts.documents.has(path)
  }

  /** The project's own `.tf` files in a folder, in order of their paths. */
  moduleDocuments(folder: string): readonly HclDocument[] {
    this.#lookInto(folder)
    this.#byFolder ??= documentsByFolder(this.#parts.documents)
    return this.#byFolder.get(folder) ?? []
  }

  /** What a block declares: instances of `count`, `for_each` and of the modules around it, in all root modules. */
  instancesOf(block: Block): readonly TerraformResource[] {
    this.#byBlock ??= resourcesByBlock(this.#parts.resources)
    const instances = this.#byBlock.get(block) ?? []
    for (const { root } of instances) this.#lookAt(root)
    return instances
  }

  /** Resources of a Terraform type or a Kubernetes kind; `*` for all of them. */
  ofType(type: string): readonly Resource[] {
    const { resources } = this.#everything()
    return type === '*' ? resources : (this.#byType.get(type) ?? [])
  }

  /** All Terraform resources of a root module with the modules it calls. */
  inRoot(root: string): readonly TerraformResource[] {
    this.#lookAt(root)
    return this.#byRoot.get(root) ?? []
  }

  unavailableIn(root: string): readonly UnavailableModule[] {
    this.#lookAt(root)
    return this.#parts.unavailableModules.filter((module) => module.root === root)
  }

  terraform(type: string, root?: string): readonly TerraformResource[] {
    if (root !== undefined) {
      this.#lookAt(root)
      return this.#byRootAndType.get(`${root}\u0000${type}`) ?? []
    }
    return this.ofType(type).filter((resource): resource is TerraformResource => resource.kind === 'terraform')
  }

  kubernetes(kind: string): readonly KubernetesResource[] {
    return this.ofType(kind).filter((resource): resource is KubernetesResource => resource.kind === 'kubernetes')
  }

  /** The resources that a reference means: one instance, or all instances behind an address without index. */
  resolve(reference: Reference): readonly TerraformResource[] {
    this.#lookAt(reference.root)
    const addresses = new Set([reference.address, withoutIndex(reference.address)])
    return [...addresses]
      .flatMap((address) => this.#byBase.get(`${reference.root}\u0000${address}`) ?? [])
      .filter((resource) => refersTo(reference, resource))
  }

  /**
   * Resources of `type` in the same root module whose `via` attribute names this one.
   * @param via dotted path of the naming attribute, such as `bucket`
   * @param names attributes of this resource that a companion may use as its name, such as `bucket` and `id`
   */
  companions(
    resource: TerraformResource,
    type: string,
    via: string,
    names: readonly string[] = [via],
    observer?: Observer,
  ): Companions {
    const own = names.map((name) => resource.value.entries.get(name)).filter((value) => value !== undefined)
    const certain: Place[] = []
    const possible: Place[] = []
    for (const other of this.terraform(type, resource.root)) {
      if (other.dormant) continue
      const place = Place.of(other, observer)
      const verdict = this.#isOfAnother(place.get(...via.split('.')).value, resource)
        ? 'no'
        : namesResource(place.get(...via.split('.')).value, resource, own)
      if (verdict === 'yes' && existsWith(other, resource)) certain.push(place)
      else if (verdict !== 'no') possible.push(place)
    }
    return { certain, possible }
  }

  /** True for what another module or configuration hands out, unless a module was given this resource and may hand it back. */
  #isOfAnother(value: Value | undefined, resource: TerraformResource): boolean {
    if (value?.kind !== 'unknown' || value.outputName === undefined) return false
    return !this.terraform('module', resource.root).some((call) => mentions(call.value, resource))
  }
}

function documentsByFolder(documents: ReadonlyMap<string, SourceDocument>): Map<string, HclDocument[]> {
  const found = new Map<string, HclDocument[]>()
  for (const path of [...documents.keys()].toSorted()) {
    const document = documents.get(path)
    if (document?.language === 'hcl' && isTerraformFile(path)) addTo(found, folderOf(path), document)
  }
  return found
}

function resourcesByBlock(resources: readonly Resource[]): Map<Block, TerraformResource[]> {
  const found = new Map<Block, TerraformResource[]>()
  for (const resource of resources) {
    if (resource.kind === 'terraform' && resource.source !== undefined) addTo(found, resource.source.block, resource)
  }
  return found
}

function addTo<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key)
  if (list) list.push(item)
  else lists.set(key, [item])
}

/** Works something out once for each reading of a project. */
export function oncePerEstate<T>(compute: (estate: Estate) => T): (estate: Estate) => T {
  const answer = oncePerEstateAnd<undefined, T>(compute)
  return (estate) => answer(estate, undefined)
}

/**
 * Works something out once for each reading of a project and each subject.
 * @param keyOf tells subjects apart that are not the same objects each time
 */
export function oncePerEstateAnd<S, T>(
  compute: (estate: Estate, subject: S) => T,
  keyOf: (subject: S) => unknown = (subject) => subject,
): (estate: Estate, subject: S) => T {
  const known = new WeakMap<Estate, Map<unknown, Observed<T>>>()
  return (estate, subject) => {
    const key = keyOf(subject)
    let answers = known.get(estate)
    if (answers === undefined) {
      answers = new Map()
      known.set(estate, answers)
    }
    let answer = answers.get(key)
    if (answer === undefined) {
      answer = estate.observe(() => compute(estate, subject))
      answers.set(key, answer)
    }
    estate.looked(answer.seen)
    return answer.result
  }
}

/**
 * True if `companion` is sure to exist where `resource` does: it is declared without condition, under the very same
 * condition, or once for each instance of the resource.
 */
function existsWith(companion: TerraformResource, resource: TerraformResource): boolean {
  const condition = unknownCondition(companion)
  if (condition === undefined) return true
  const own = unknownCondition(resource)
  if (own !== undefined && own.text === condition.text) return true
  return condition.value.refs?.some((reference) => refersTo(reference, resource)) === true
}

/** The `count` or `for_each` of a resource that may have no instance at all. */
function unknownCondition(resource: TerraformResource): { value: Value; text: string | undefined } | undefined {
  for (const name of ['count', 'for_each']) {
    const value = resource.value.entries.get(name)
    if (value?.kind !== 'unknown') continue
    const attribute = resource.source?.block.body.items.find((item) => item.kind === 'attribute' && item.name === name)
    const { document } = resource.source ?? {}
    const expression = attribute?.kind === 'attribute' ? attribute.value.span : undefined
    return {
      value,
      text: expression === undefined ? undefined : document?.text.slice(expression.start, expression.end),
    }
  }
  return undefined
}

/** True if a reference means this resource, allowing for an index that is unknown on either side. */
export function refersTo(reference: Reference, resource: TerraformResource): boolean {
  if (reference.root !== resource.root) return false
  return (
    reference.address === resource.address ||
    reference.address === resource.baseAddress ||
    withoutIndex(reference.address) === resource.address
  )
}

/** True if any part of a value refers to a resource. */
export function mentions(value: Value, resource: Resource): boolean {
  if (resource.kind !== 'terraform') return false
  if (value.refs?.some((reference) => refersTo(reference, resource)) === true) return true
  if (value.kind === 'list') return value.items.some((item) => mentions(item, resource))
  return value.kind === 'map' && [...value.entries.values()].some((item) => mentions(item, resource))
}

/** All that any part of a value refers to. */
export function referencesIn(value: Value): readonly Reference[] {
  const own = value.refs ?? []
  if (value.kind === 'list') return [...own, ...value.items.flatMap(referencesIn)]
  return value.kind === 'map' ? [...own, ...[...value.entries.values()].flatMap(referencesIn)] : own
}

/** `aws_s3_bucket.logs["a"]` as `aws_s3_bucket.logs`; indices of modules stay. */
export function withoutIndex(address: string): string {
  return address.endsWith(']') ? address.slice(0, address.lastIndexOf('[')) : address
}

function namesResource(
  value: Value | undefined,
  resource: TerraformResource,
  own: readonly Value[],
): 'yes' | 'no' | 'unknown' {
  if (value === undefined || value.kind === 'null') return 'no'
  if (value.refs?.some((reference) => refersTo(reference, resource))) return 'yes'
  // A reference to some other resource settles it, whatever that resource is called.
  if (value.refs !== undefined && value.refs.length > 0) return 'no'
  const text = asString(value)
  if (text === undefined) return value.kind === 'unknown' ? 'unknown' : 'no'
  const names = own.map(asString)
  return names.includes(text) ? 'yes' : 'no'
}
