import type { YamlChange, YamlData } from '../../edit/yaml/index.ts'
import { runningAs } from '../../resources/kubernetes/bindings.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { whyForeign } from '../shared/manifests.ts'
import { textAt } from '../shared/text-at.ts'
import { FORBIDDEN, narrowed, type PolicyRule } from './narrow.ts'

const WILDCARDS = 'k8s-rbac-wildcards'
export const ROLE_RULES: readonly string[] = [WILDCARDS, ...FORBIDDEN.keys()]

export function assessRole(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { resource } = complaint.at
  if (resource.kind !== 'kubernetes') return { code: 'no-fix', refused: `${resource.address} is no Kubernetes object` }
  const tried = buildRole([complaint], context)
  if ('refused' in tried) return tried
  return {
    rank: 'B',
    title:
      complaint.ruleId === WILDCARDS
        ? 'Name what the role allows, without Secrets and administration'
        : 'Take the right out of the role',
    minutes: 30,
    group: `role ${resource.root} ${resource.address}`,
    reason:
      'whoever is bound to the role may use what it loses, and nothing in the repository shows what they use; a controller that lacks a right stops working, and the pipeline may lock itself out',
    blastRadius: holders(resource, context.estate),
    runbook: RUNBOOK(resource),
  }
}

const RUNBOOK = ({ name, type }: KubernetesResource): string =>
  [
    `1. See what the holders of ${type} ${name} use: the audit log of the API server over some weeks (\`user.username\`, \`verb\`, \`objectRef\`); \`kubectl auth can-i --list --as=system:serviceaccount:NAMESPACE:NAME\` shows what they may.`,
    '2. Add what they need beyond the narrowed rules to the role by name.',
    '3. Keep a second administrator signed in while the change is applied.',
    '4. Approve and apply; watch the logs of the holders for `forbidden`.',
    '5. To go back, apply the former manifest.',
  ].join('\n')

export function buildRole(complaints: readonly Complaint[], { estate }: FixContext): WorkspaceEdit | FixRefusal {
  const resource = complaints[0]?.at.resource
  if (resource?.kind !== 'kubernetes') return { code: 'no-fix', refused: 'there is no role to change' }
  const foreign = whyForeign(resource, estate)
  if (foreign !== undefined) return foreign
  const changes: YamlChange[] = []
  for (const place of Place.of(resource).get('rules').items()) {
    const index = place.path[1]
    const concerns = complaints.filter(({ at, ruleId }) => at.path[1] === index || ruleId === 'k8s-rbac-role-bindings')
    if (concerns.length === 0) continue
    const before = ruleAt(place)
    if (before === undefined) return { code: 'undecidable', refused: 'a part of the rule is not known' }
    const rules = [...new Set(concerns.map(({ ruleId }) => ruleId))]
    const after = narrowed(before, rules, resource.type === 'Role' ? 'Role' : 'ClusterRole')
    if ('refused' in after) return { code: 'no-fix', refused: after.refused }
    changes.push(...changesTo(place, before, after))
  }
  return objectEdit(resource, changes)
}

function ruleAt(place: Place): PolicyRule | undefined {
  const read = (key: string): readonly string[] | undefined => {
    const list = place.get(key).strings()
    return list.kind === 'known' ? list.value : list.kind === 'absent' ? [] : undefined
  }
  const [apiGroups, resources, verbs] = [read('apiGroups'), read('resources'), read('verbs')]
  const [resourceNames, nonResourceURLs] = [read('resourceNames'), read('nonResourceURLs')]
  if (!apiGroups || !resources || !verbs || !resourceNames || !nonResourceURLs) return undefined
  return { apiGroups, resources, verbs, resourceNames, nonResourceURLs }
}

const LISTS = ['apiGroups', 'resources', 'verbs', 'resourceNames', 'nonResourceURLs'] as const

/** The first of the new rules stands where the old one stood, the others follow at the end of the list. */
function changesTo(place: Place, before: PolicyRule, after: readonly PolicyRule[]): readonly YamlChange[] {
  const [first, ...more] = after
  if (first === undefined) return [{ op: 'delete', path: place.path }]
  const changes = LISTS.filter((key) => first[key].join('\n') !== before[key].join('\n')).map((key): YamlChange => ({
    op: 'set',
    path: [...place.path, key],
    value: [...first[key]],
  }))
  const appended = more.map((rule): YamlChange => ({
    op: 'append',
    path: place.path.slice(0, 1),
    value: written(rule),
  }))
  return [...changes, ...appended]
}

function written(rule: PolicyRule): YamlData {
  return Object.fromEntries(LISTS.filter((key) => rule[key].length > 0).map((key) => [key, [...rule[key]]]))
}

/** The bindings of a role, their subjects, and the workloads that run as these. */
export function holders(role: KubernetesResource, estate: Estate): readonly string[] {
  const found = new Set<string>()
  for (const binding of [...estate.kubernetes('ClusterRoleBinding'), ...estate.kubernetes('RoleBinding')]) {
    const reference = Place.of(binding).get('roleRef')
    if (textAt(reference.get('name')) !== role.name || textAt(reference.get('kind')) !== role.type) continue
    found.add(binding.address)
    for (const subject of Place.of(binding).get('subjects').items()) {
      const [kind, name] = [textAt(subject.get('kind')) ?? '', textAt(subject.get('name')) ?? '']
      const namespace = textAt(subject.get('namespace')) ?? binding.namespace
      found.add(kind === 'ServiceAccount' ? `${kind} ${namespace}/${name}` : `${kind} ${name}`)
      if (kind === 'ServiceAccount') for (const one of runningAs(name, namespace, estate)) found.add(one.address)
    }
  }
  return [...found]
}
