import { API_RESOURCES, CLUSTER_SCOPED, ORDINARY_GROUPS, ORDINARY_VERBS, READING } from './api-resources.ts'

/** One rule of a role, all of it known. */
export interface PolicyRule {
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly verbs: readonly string[]
  readonly resourceNames: readonly string[]
  readonly nonResourceURLs: readonly string[]
}

const RBAC = 'rbac.authorization.k8s.io'
const ADMISSION = 'admissionregistration.k8s.io'
const CHANGES: ReadonlySet<string> = new Set(['create', 'update', 'patch', 'delete', 'deletecollection'])

/** What each rule of ours forbids: these verbs on these resources of a group. */
interface Forbidden {
  readonly group: string
  readonly resources: (resource: string) => boolean
  readonly verbs: (verb: string) => boolean
}

function forbidden(group: string, resources: readonly string[], verbs: readonly string[]): Forbidden {
  const [of, on] = [new Set(resources), new Set(verbs)]
  return { group, resources: (one) => of.has(one), verbs: (one) => on.has(one) }
}

const ROLES = ['clusterroles', 'roles']

export const FORBIDDEN: ReadonlyMap<string, readonly Forbidden[]> = new Map([
  [
    'k8s-rbac-admission-control',
    [{ group: ADMISSION, resources: () => true, verbs: (verb: string) => CHANGES.has(verb) }],
  ],
  [
    'k8s-rbac-approve-certificates',
    [
      forbidden('certificates.k8s.io', ['signers'], ['approve']),
      forbidden('certificates.k8s.io', ['certificatesigningrequests/approval'], ['update', 'patch']),
    ],
  ],
  ['k8s-rbac-bind', [forbidden(RBAC, ROLES, ['bind'])]],
  ['k8s-rbac-escalate', [forbidden(RBAC, ROLES, ['escalate'])]],
  [
    'k8s-rbac-exec',
    [forbidden('', ['pods/exec'], ['create', 'get']), forbidden('', ['nodes/proxy'], ['create', 'get'])],
  ],
  [
    'k8s-rbac-impersonate',
    [
      forbidden('', ['groups', 'users', 'serviceaccounts'], ['impersonate']),
      forbidden('authentication.k8s.io', ['uids', 'userextras'], ['impersonate']),
    ],
  ],
  ['k8s-rbac-role-bindings', [forbidden(RBAC, ROLES, ['bind'])]],
  ['k8s-rbac-secrets', [forbidden('', ['secrets'], READING)]],
  ['k8s-rbac-service-status', [forbidden('', ['services/status'], ['patch', 'update'])]],
])

/** What one rule becomes, perhaps nothing; or why it cannot be told. */
export function narrowed(
  rule: PolicyRule,
  concerns: readonly string[],
  kind: 'ClusterRole' | 'Role' = 'ClusterRole',
): readonly PolicyRule[] | { readonly refused: string } {
  const plain = hasStar(rule) ? withoutStars(rule, kind) : [rule]
  if ('refused' in plain) return plain
  let rules: readonly PolicyRule[] = plain
  for (const concern of concerns)
    for (const access of FORBIDDEN.get(concern) ?? []) rules = rules.flatMap((one) => without(one, access))
  return rules
}

function hasStar({ apiGroups, resources, verbs, nonResourceURLs }: PolicyRule): boolean {
  return [apiGroups, resources, verbs, nonResourceURLs].some(
    (list) => list.includes('*') || list.some(isSubresourceStar),
  )
}

function isSubresourceStar(text: string): boolean {
  return text.startsWith('*/')
}

function withoutStars(
  rule: PolicyRule,
  kind: 'ClusterRole' | 'Role',
): readonly PolicyRule[] | { readonly refused: string } {
  if (rule.nonResourceURLs.length > 0) {
    const urls = rule.nonResourceURLs.includes('*')
      ? ['/healthz', '/livez', '/metrics', '/readyz', '/version']
      : rule.nonResourceURLs
    return [{ ...rule, nonResourceURLs: urls, verbs: rule.verbs.includes('*') ? ['get'] : rule.verbs }]
  }
  const allResources = rule.resources.includes('*')
  // That part of everything, such as exec of any pod: nothing ordinary is meant by it.
  const named = rule.resources.filter((resource) => !isSubresourceStar(resource))
  // All verbs on everything: nothing shows what of it is used, and reading is what is lost last.
  const verbs = rule.verbs.includes('*') ? (allResources ? READING : ORDINARY_VERBS) : rule.verbs
  const groups = rule.apiGroups.includes('*')
    ? allResources
      ? ORDINARY_GROUPS
      : [...API_RESOURCES.keys()]
    : rule.apiGroups
  const rules: PolicyRule[] = []
  const placed = new Set<string>()
  for (const group of groups) {
    const known = API_RESOURCES.get(group)
    if (allResources && known === undefined && group !== ADMISSION)
      return { refused: `which resources the group ${group} has is not known here: name those that the program uses` }
    const resources = allResources
      ? (known ?? []).filter(
          (one) => isWorthListing(one, verbs) && (kind === 'ClusterRole' || !CLUSTER_SCOPED.has(`${group}/${one}`)),
        )
      : named.filter((one) => !rule.apiGroups.includes('*') || isOf(group, one))
    for (const resource of resources) placed.add(resource)
    if (resources.length > 0) rules.push({ ...rule, apiGroups: [group], resources, verbs })
  }
  const lost = allResources ? undefined : named.find((resource) => !placed.has(resource))
  if (lost !== undefined) return { refused: `to which API group ${lost} belongs is not known here` }
  return together(rules)
}

/** Who only reads finds status and scale in the resource itself. */
function isWorthListing(resource: string, verbs: readonly string[]): boolean {
  return !resource.includes('/') || resource === 'pods/log' || verbs.some((verb) => !READING.includes(verb))
}

/** Secrets and the like are no ordinary resources, but whoever names them means the core group. */
function isOf(group: string, resource: string): boolean {
  if (group === '' && /^(?:secrets|pods\/\w+|nodes\/\w+|services\/\w+|serviceaccounts\/token)$/.test(resource))
    return true
  return API_RESOURCES.get(group)?.includes(resource) === true
}

/** Rules of several groups with the same resources are one again. */
function together(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const merged: PolicyRule[] = []
  for (const rule of rules) {
    const same = merged.findIndex((other) => other.resources.join() === rule.resources.join())
    const there = merged[same]
    if (there === undefined) merged.push(rule)
    else merged[same] = { ...there, apiGroups: [...there.apiGroups, ...rule.apiGroups] }
  }
  return merged
}

/** A rule less what is forbidden; split where only some of its verbs or resources are. */
function without(rule: PolicyRule, access: Forbidden): readonly PolicyRule[] {
  if (!rule.apiGroups.includes(access.group) || (rule.resourceNames.length > 0 && !isIdentity(access))) return [rule]
  const hit = rule.resources.filter(access.resources)
  const rest = rule.resources.filter((one) => !access.resources(one))
  const verbs = rule.verbs.filter((verb) => !access.verbs(verb))
  if (hit.length === 0 || verbs.length === rule.verbs.length) return [rule]
  return [
    ...(rest.length > 0 ? [{ ...rule, resources: rest }] : []),
    ...(verbs.length > 0 ? [{ ...rule, resources: hit, verbs }] : []),
  ]
}

/** Names lessen a right to read a Secret; a right over roles and admission stays one. */
function isIdentity({ group }: Forbidden): boolean {
  return group !== ''
}
