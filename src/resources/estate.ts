import type { HclDocument } from '../parse/hcl/ast.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { Location } from './location.ts'
import { asString, type Observer, Place } from './place.ts'
import type { KubernetesResource, Resource, TerraformResource } from './resource.ts'
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
}

/** Everything that one reading of the project found. Immutable; a changed text gives a new estate. */
export class Estate {
  readonly resources: readonly Resource[]
  readonly documents: ReadonlyMap<string, SourceDocument>
  readonly diagnostics: readonly Diagnostic[]
  readonly unavailableModules: readonly UnavailableModule[]
  readonly files: ReadonlyMap<string, string>
  readonly #byType = new Map<string, Resource[]>()
  readonly #byRoot = new Map<string, TerraformResource[]>()
  readonly #byBase = new Map<string, TerraformResource[]>()

  constructor(parts: EstateParts) {
    this.resources = parts.resources
    this.documents = parts.documents
    this.diagnostics = parts.diagnostics
    this.unavailableModules = parts.unavailableModules
    this.files = parts.files
    for (const resource of parts.resources) {
      const list = this.#byType.get(resource.type)
      if (list) list.push(resource)
      else this.#byType.set(resource.type, [resource])
      if (resource.kind !== 'terraform') continue
      const key = `${resource.root}\u0000${resource.type}`
      const inRoot = this.#byRoot.get(key)
      if (inRoot) inRoot.push(resource)
      else this.#byRoot.set(key, [resource])
      const base = `${resource.root}\u0000${resource.baseAddress}`
      const instances = this.#byBase.get(base)
      if (instances) instances.push(resource)
      else this.#byBase.set(base, [resource])
    }
  }

  /** Resources of a Terraform type or a Kubernetes kind; `*` for all of them. */
  ofType(type: string): readonly Resource[] {
    if (type === '*') return this.resources
    return this.#byType.get(type) ?? []
  }

  terraform(type: string, root?: string): readonly TerraformResource[] {
    if (root !== undefined) return this.#byRoot.get(`${root}\u0000${type}`) ?? []
    return this.ofType(type).filter((resource): resource is TerraformResource => resource.kind === 'terraform')
  }

  kubernetes(kind: string): readonly KubernetesResource[] {
    return this.ofType(kind).filter((resource): resource is KubernetesResource => resource.kind === 'kubernetes')
  }

  /** The resources that a reference means: one instance, or all instances behind an address without index. */
  resolve(reference: Reference): readonly TerraformResource[] {
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
