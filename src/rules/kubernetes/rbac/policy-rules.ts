import type { Place } from '../../../resources/place.ts'
import { notApplicable, type Outcome, type RuleContext, type RuleDefinition, undecided } from '../../rule.ts'

export const RBAC_GROUP = 'rbac.authorization.k8s.io'

/** What a rule looks for in a role: any of these verbs on any of these resources of one API group. */
export interface Access {
  /** The empty string is the core group: pods, secrets, services. */
  readonly group: string
  /** `secrets`, `pods/exec`. A right to `pods` is none to `pods/exec`. */
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
}

/** What one rule of a role gives of an access. */
export interface Grant {
  readonly rule: Place
  /** Where the resource and the verb are written; they may say `*`. */
  readonly resourceAt: Place
  readonly verbAt: Place
  /** Of the access: the first resource, and all verbs, that the rule gives. */
  readonly resource: string
  readonly verbs: readonly string[]
  /** The objects that `resourceNames` limits the rule to; undefined if it does not. */
  readonly names: readonly string[] | undefined
  /** Set if the rule may not give this after all: this is what is not known. */
  readonly unknown: Place | undefined
}

/** Undefined if the rule surely gives nothing of it. */
export function grantOf(rule: Place, access: Access): Grant | undefined {
  const group = matching(rule.get('apiGroups'), [access.group], (item, wanted) => item === '*' || item === wanted)
  const resource = matching(rule.get('resources'), access.resources, coversResource)
  const verb = matching(rule.get('verbs'), access.verbs, (item, wanted) => item === '*' || item === wanted)
  if (group === undefined || resource === undefined || verb === undefined) return undefined
  const names = rule.get('resourceNames')
  const listed = names.strings()
  const narrowed = listed.kind === 'known' && listed.value.length > 0
  return {
    rule,
    resourceAt: resource.at,
    verbAt: verb.at,
    resource: resource.wanted[0] ?? access.resources[0] ?? '',
    verbs: verb.wanted,
    names: narrowed ? listed.value : undefined,
    unknown: group.unknown ?? resource.unknown ?? verb.unknown ?? (listed.kind === 'unknown' ? names : undefined),
  }
}

/** As the API server compares them: `*` is everything, `*` before a slash is that part of everything. */
function coversResource(item: string, wanted: string): boolean {
  if (item === '*' || item === wanted) return true
  const slash = wanted.indexOf('/')
  return slash > 0 && item === `*${wanted.slice(slash)}`
}

interface Matches {
  readonly at: Place
  readonly wanted: readonly string[]
  readonly unknown: Place | undefined
}

function matching(
  list: Place,
  wanted: readonly string[],
  covers: (item: string, wanted: string) => boolean,
): Matches | undefined {
  let unknown = list.mayHaveMore() ? list : undefined
  let first: Place | undefined
  const found = new Set<string>()
  for (const at of list.items()) {
    const item = at.string()
    if (item.kind === 'unknown') unknown ??= at
    if (item.kind !== 'known') continue
    for (const one of wanted) {
      if (!covers(item.value, one)) continue
      found.add(one)
      first ??= at
    }
  }
  if (first !== undefined) return { at: first, wanted: wanted.filter((one) => found.has(one)), unknown: undefined }
  return unknown === undefined ? undefined : { at: unknown, wanted: [], unknown }
}

export type RoleRule<M extends string> = Omit<RuleDefinition<M>, 'kind' | 'resources' | 'check'> & {
  /** Default: Role and ClusterRole. */
  readonly kinds?: readonly ('Role' | 'ClusterRole')[]
  checkRole(rules: readonly Place[], role: Place, context: RuleContext): Iterable<Outcome<M>>
}

/** A rule about what a Role or ClusterRole allows. */
export function roleRule<M extends string>(rule: RoleRule<M>): RuleDefinition<M> {
  const { kinds = ['ClusterRole', 'Role'], checkRole, ...definition } = rule
  return {
    ...definition,
    kind: 'kubernetes',
    resources: kinds,
    *check(role, context) {
      const { resource } = role
      if (resource.kind !== 'kubernetes' || !resource.apiVersion.startsWith(`${RBAC_GROUP}/`)) {
        return yield notApplicable("it is no role of Kubernetes' own RBAC")
      }
      if (role.get('metadata', 'labels', 'kubernetes.io/bootstrapping').value?.kind === 'string') {
        return yield notApplicable('the API server makes this role and keeps it as it is')
      }
      const aggregation = role.get('aggregationRule')
      if (!aggregation.absent) {
        return yield undecided(aggregation, 'the cluster fills in the rules of an aggregated ClusterRole')
      }
      const rules = role.get('rules')
      if (rules.mayHaveMore()) yield undecided(rules)
      for (const item of rules.items()) if (item.unknown !== undefined) yield undecided(item)
      yield* checkRole(rules.items(), role, context)
    },
  }
}

/** Who reads a message: `create, patch secrets`. */
export function grantData(role: Place, grant: Grant): { role: string; verbs: string; resource: string } {
  return { role: role.resource.name, verbs: grant.verbs.join(', '), resource: grant.resource }
}

/** Tells the problems of one role apart, whatever the order of its rules. */
export function grantKey(grant: Grant): string {
  return `${grant.resource}:${grant.verbs.join(',')}`
}
