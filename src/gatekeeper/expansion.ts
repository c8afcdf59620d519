/** ExpansionTemplates: the resources that controllers would make of a workload, reviewed as if they were there. */
import type { Action } from './constraint.ts'
import { fieldsAt, isFields, listAt, memberAt, textAt, textsAt, type Fields } from './json.ts'
import { groupOf, KubernetesObject, withMetadata } from './objects.ts'
import { type PolicyError, problemAt } from './problem.ts'

const EXPANSION_GROUP = 'expansion.gatekeeper.sh'
const MAX_DEPTH = 30

export interface Expansion {
  readonly name: string
  readonly applyTo: readonly {
    readonly groups: readonly string[]
    readonly kinds: readonly string[]
    readonly versions: readonly string[]
  }[]
  /** Keys on the way to the template inside of the parent. */
  readonly source: readonly string[]
  readonly generated: {
    readonly apiVersion: string
    readonly group: string
    readonly version: string
    readonly kind: string
  }
  /** Takes the place of the constraints' action. */
  readonly action: Action | undefined
}

/** A resource that a workload would bring about. */
export interface Generated {
  readonly object: KubernetesObject
  readonly expansion: Expansion
  /** Keys from the parent's root to what its spec was taken from; places are looked up there. */
  readonly source: readonly string[]
}

export function isExpansion(object: KubernetesObject): boolean {
  return object.kind === 'ExpansionTemplate' && object.group === EXPANSION_GROUP
}

/** @throws PolicyError */
export function readExpansion(object: KubernetesObject): Expansion {
  const fail = (path: readonly string[], message: string): PolicyError =>
    problemAt(object, path, 'expansion-invalid', message)
  const spec = fieldsAt(object.value, 'spec')
  if (object.name === '') throw fail(['metadata'], 'ExpansionTemplate has empty name field')
  const source = textAt(spec, 'templateSource').split('.')
  if (source.some((key) => key === ''))
    throw fail(['spec', 'templateSource'], `ExpansionTemplate ${object.name} has empty source field`)
  const kind = textAt(spec, 'generatedGVK', 'kind')
  const version = textAt(spec, 'generatedGVK', 'version')
  const group = textAt(spec, 'generatedGVK', 'group')
  if (kind === '' || version === '') {
    throw fail(
      ['spec', 'generatedGVK'],
      `ExpansionTemplate ${object.name} has an incomplete generatedGVK: kind and version are needed`,
    )
  }
  const applyTo = listAt(spec, 'applyTo').map((one) => ({
    groups: textsAt(one, 'groups'),
    kinds: textsAt(one, 'kinds'),
    versions: textsAt(one, 'versions'),
  }))
  if (applyTo.length === 0) throw fail(['spec', 'applyTo'], `ExpansionTemplate ${object.name} must specify ApplyTo`)
  const action = textAt(spec, 'enforcementAction')
  if (action !== '' && action !== 'deny' && action !== 'warn' && action !== 'dryrun') {
    throw fail(['spec', 'enforcementAction'], `the action "${action}" is not one of deny, warn, dryrun`)
  }
  return {
    name: object.name,
    applyTo,
    source,
    generated: { apiVersion: group === '' ? version : `${group}/${version}`, group, version, kind },
    action: action === '' ? undefined : action,
  }
}

export class Expander {
  readonly #expansions: readonly Expansion[]

  /** @throws Error if the templates lead from a kind back to itself */
  constructor(expansions: readonly Expansion[]) {
    this.#expansions = [...expansions].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    for (const expansion of this.#expansions) this.#findCycle(expansion, [])
  }

  get isEmpty(): boolean {
    return this.#expansions.length === 0
  }

  /** Everything that comes of an object, also by way of what comes of it first (CronJob, Job, Pod). */
  expand(object: KubernetesObject): readonly Generated[] {
    return this.#expand(object, [], 0)
  }

  #expand(object: KubernetesObject, base: readonly string[], depth: number): Generated[] {
    if (depth >= MAX_DEPTH) throw new Error(`maximum recursion depth of ${MAX_DEPTH} reached`)
    return this.#expansions
      .filter((expansion) => applies(expansion, object))
      .flatMap((expansion) => {
        const made = generate(object, expansion)
        if (made === undefined) return []
        const source = [...base, ...expansion.source]
        return [{ object: made, expansion, source }, ...this.#expand(made, source, depth + 1)]
      })
  }

  #findCycle(from: Expansion, path: readonly Expansion[]): void {
    if (path.includes(from))
      throw new Error(`the ExpansionTemplates ${path.map(({ name }) => name).join(', ')} form a cycle`)
    const made = new KubernetesObject({ apiVersion: from.generated.apiVersion, kind: from.generated.kind })
    for (const next of this.#expansions) if (applies(next, made)) this.#findCycle(next, [...path, from])
  }
}

function applies({ applyTo }: Expansion, object: KubernetesObject): boolean {
  const has = (list: readonly string[], wanted: string): boolean => list.includes('*') || list.includes(wanted)
  return applyTo.some(
    ({ groups, kinds, versions }) =>
      has(groups, groupOf(object.apiVersion)) && has(kinds, object.kind) && has(versions, object.version),
  )
}

function generate(parent: KubernetesObject, { source, generated }: Expansion): KubernetesObject | undefined {
  const template = memberAt(parent.value, ...source)
  if (!isFields(template)) return undefined
  const { apiVersion, kind } = generated
  const owner: Fields = {
    apiVersion: parent.apiVersion,
    kind: parent.kind,
    name: parent.name,
    uid: textAt(parent.value, 'metadata', 'uid'),
  }
  const owners = listAt(template, 'metadata', 'ownerReferences')
  const value = withMetadata(template, {
    name: `${parent.name}-${kind}`.toLowerCase(),
    ...(parent.namespace !== '' && { namespace: parent.namespace }),
    ...(parent.name !== '' && { ownerReferences: [...owners, owner] }),
  })
  return new KubernetesObject({ ...value, apiVersion, kind })
}
