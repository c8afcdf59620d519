import type { HclOrigin, MapValue, Reference, UnknownValue, Value } from '../value.ts'
import { withEncodedJson } from './embedded-json.ts'
import { entryValue, groupItems, keySpansOf } from './blocks.ts'
import { policyDocumentJson } from './iam-policy-document.ts'
import type { Expansion, Instance } from './instances.ts'
import type { Declaration } from './module-source.ts'
import type { Evaluate, Scope } from './scope.ts'
import { bounded, list, map, mergeRefs, reasonOf, unknown, withRefs } from './values.ts'

/** Attributes of any provider's resources that are a text, never null, once the resource exists. */
const TEXT_ATTRIBUTE =
  /^(?:id|arn|name|bucket|endpoint|url|dns_name|domain_name|[a-z0-9_]+_(?:id|arn|name|url|endpoint))$/

/** Where data sources have the outputs of another configuration. */
const FOREIGN_OUTPUTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['data.terraform_remote_state', ['outputs']],
  ['data.tfe_outputs', ['values', 'nonsensitive_values']],
])

/** One instance of a resource, data source, provider or backend; its attributes are evaluated when first asked for. */
export class ResourceInstance {
  readonly address: string
  readonly baseAddress: string
  readonly root: string
  readonly declaration: Declaration
  readonly dormant: boolean
  readonly #scope: Scope
  readonly #evaluate: Evaluate
  readonly #groups: ReturnType<typeof groupItems>
  readonly #attributes = new Map<string, Value | 'evaluating' | undefined>()

  constructor(
    declaration: Declaration,
    place: {
      readonly root: string
      readonly baseAddress: string
      readonly instance: Instance
      readonly dormant: boolean
    },
    scope: Scope,
    evaluate: Evaluate,
  ) {
    this.declaration = declaration
    this.root = place.root
    this.baseAddress = place.baseAddress
    this.address = place.baseAddress + place.instance.suffix
    this.dormant = place.dormant
    this.#groups = groupItems(declaration.items)
    this.#evaluate = evaluate
    const bindings = new Map(place.instance.bindings)
    this.#scope = scope.bind(bindings)
    bindings.set('self', this.object())
  }

  /** A configured attribute or list of blocks; undefined if nothing is written. */
  attribute(name: string): Value | undefined {
    const known = this.#attributes.get(name)
    if (known === 'evaluating') {
      return unknown(`${this.address}.${name} refers to itself`, { notNull: true, refs: [this.#reference(name)] })
    }
    if (known !== undefined || this.#attributes.has(name)) return known
    this.#attributes.set(name, 'evaluating')
    const value = this.#scope.budget.unit(() => this.#compute(name))
    this.#attributes.set(name, value)
    return value
  }

  #compute(name: string): Value | undefined {
    if (this.declaration.type === 'data.aws_iam_policy_document' && (name === 'json' || name === 'minified_json')) {
      return policyDocumentJson(this)
    }
    if (this.declaration.type === 'data.template_file' && name === 'rendered') return this.#rendered()
    const group = this.#groups.get(name)
    return group === undefined ? undefined : entryValue(group, this.#scope, this.#evaluate, true)
  }

  /** What the template provider, which `templatefile` has replaced, makes of its arguments. */
  #rendered(): Value {
    const template = this.attribute('template')
    const vars = this.attribute('vars') ?? map(new Map())
    if (template?.kind !== 'string' || vars.kind !== 'map' || vars.rest !== undefined) {
      const reason = (template === undefined ? undefined : reasonOf(template)) ?? reasonOf(vars)
      return unknown(reason ?? `${this.address} has no template`, { type: 'string', notNull: true })
    }
    const value = this.#scope.names.functions.evaluateTemplate(template.value, vars.entries)
    return withEncodedJson(bounded(withRefs(value, mergeRefs([template, vars]) ?? [])))
  }

  /** All that is configured, and the computed document of `aws_iam_policy_document`. */
  value(): MapValue {
    const entries = new Map<string, Value>()
    for (const name of this.#groups.keys()) {
      const value = this.attribute(name)
      if (value !== undefined) entries.set(name, value)
    }
    if (this.declaration.type === 'data.aws_iam_policy_document') {
      const json = this.attribute('json')
      if (json !== undefined) entries.set('json', json)
    }
    const { document, block, items } = this.declaration
    const origin: HclOrigin = { language: 'hcl', document, node: block }
    return { ...map(entries), origin, keySpans: keySpansOf(items, origin) }
  }

  /** The resource as other expressions see it. */
  object(): UnknownValue {
    return unknown(`${this.address} is known after apply`, {
      type: 'map',
      notNull: true,
      refs: [this.#reference(undefined)],
      member: (name) => this.#referenced(name),
    })
  }

  #referenced(name: string): Value {
    const refs = [this.#reference(name)]
    const value = this.attribute(name)
    if (value === undefined || value.kind === 'null') {
      const type = TEXT_ATTRIBUTE.test(name) ? { type: 'string' as const } : {}
      const foreign = FOREIGN_OUTPUTS.get(this.declaration.type)?.includes(name) === true ? { outputName: name } : {}
      return unknown(afterApply(this.address, name), { ...type, ...foreign, notNull: true, refs })
    }
    // Written elsewhere: whoever uses it is changed where it is used.
    const reason = `${this.address}.${name} is known after apply in part`
    const { origin: _, ...moved } = withRefs(openBlocks(value, unknown(reason, { notNull: true, refs })), refs)
    return moved.kind === 'map' ? { ...moved, keySpans: undefined } : moved
  }

  #reference(attribute: string | undefined): Reference {
    return { address: this.address, root: this.root, attribute }
  }
}

/**
 * A resource that is named and declared nowhere, as other expressions see it. Of code that is read in part it is likely
 * to exist: its attributes are values that are not known, one or several.
 */
export function undeclaredResource(address: string, root: string): UnknownValue {
  const reason = `${address} is not declared`
  const resource: UnknownValue = unknown(reason, {
    refs: [{ address, root, attribute: undefined }],
    member: (name) => {
      if (/^\d+$/.test(name)) return resource
      const type = TEXT_ATTRIBUTE.test(name) ? { type: 'string' as const } : {}
      return unknown(reason, { ...type, notNull: true, refs: [{ address, root, attribute: name }] })
    },
  })
  return resource
}

/** The reason why an attribute that the provider computes is unknown. */
export function afterApply(address: string, attribute: string): string {
  return `${address}.${attribute} is known after apply`
}

/** Blocks have computed attributes beside those that are written: `vpc_config[0].cluster_security_group_id`. */
function openBlocks(value: Value, rest: UnknownValue): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => openBlocks(item, rest)) }
  if (value.kind !== 'map' || value.origin?.language !== 'hcl' || value.origin.node.kind !== 'block') return value
  const entries = [...value.entries].map(([name, entry]) => [name, openBlocks(entry, rest)] as const)
  return { ...value, entries: new Map(entries), rest: value.rest ?? rest }
}

/** All instances of a resource as one value: an object, or a list or map of objects. */
export function instancesValue(
  expansion: Expansion,
  refs: readonly Reference[],
  objectOf: (instance: Instance) => UnknownValue,
): Value {
  const { kind, known, open, unsure } = expansion
  const [only] = known
  if (kind === 'single' && only !== undefined) return objectOf(only)
  const several = open === undefined || expansion.dormant ? undefined : objectOf(open)
  const rest = unsure === undefined ? several : unknown(unsure, { refs })
  if (kind === 'count') return { ...list(known.map(objectOf), rest), refs }
  const entries = known.map((instance) => [String(instance.key), objectOf(instance)] as const)
  return { ...map(new Map(entries), rest), refs }
}
