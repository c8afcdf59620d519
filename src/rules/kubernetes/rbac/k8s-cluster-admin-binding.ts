import type { Place } from '../../../resources/place.ts'
import { defineRule, notApplicable, undecided } from '../../rule.ts'
import { describe, isProgram } from './bound-roles.ts'
import { RBAC_GROUP } from './policy-rules.ts'

/** The roles of every cluster that no manifest declares, and which can read every Secret in reach. */
const ADMINISTRATION: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit'])

export default defineRule({
  id: 'k8s-cluster-admin-binding',
  title: 'Nothing is bound to the roles that administer the cluster',
  severity: 'high',
  severityReason:
    'Whoever takes over a holder runs the cluster: every Secret, every workload, every node. Critical for a ServiceAccount ' +
    'with cluster-admin, whose token lies in a pod; medium within one namespace.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['trivy:KSV-0111'],
  kind: 'kubernetes',
  resources: ['ClusterRoleBinding', 'RoleBinding'],
  messages: {
    cluster: '{subject} has {role} in the whole cluster.',
    namespace:
      '{subject} has cluster-admin in a namespace: more than its admin role, with quotas and bindings of any kind.',
  },
  remediation:
    'Bind a role that lists what the program or person needs. For emergencies keep one account whose use is watched, outside ' +
    'the repository.',
  *check(binding) {
    const { resource } = binding
    if (resource.kind !== 'kubernetes' || !resource.apiVersion.startsWith(`${RBAC_GROUP}/`)) {
      return yield notApplicable("it is no binding of Kubernetes' own RBAC")
    }
    const at = binding.get('roleRef', 'name')
    const role = at.string()
    const kind = binding.get('roleRef', 'kind').string()
    if (role.kind === 'absent' || (role.kind === 'known' && !ADMINISTRATION.has(role.value))) return
    if (kind.kind === 'absent' || (kind.kind === 'known' && kind.value !== 'ClusterRole')) return
    if (role.kind === 'unknown' || kind.kind === 'unknown') return yield undecided(at)
    const inCluster = resource.type === 'ClusterRoleBinding'
    if (!inCluster && role.value !== 'cluster-admin') return
    const subjects = binding.get('subjects')
    if (subjects.mayHaveMore()) yield undecided(subjects)
    for (const subject of subjects.items()) {
      if (isMasters(subject)) continue
      const who = describe(subject, resource.namespace)
      const worst = role.value === 'cluster-admin' && isProgram(subject) === 'yes'
      yield {
        at: subject.get('name'),
        message: inCluster ? 'cluster' : 'namespace',
        data: { subject: who, role: role.value },
        key: `${role.value}:${who}`,
        severity: !inCluster ? 'medium' : worst ? 'critical' : 'high',
      }
    }
  },
})

/** The group that has every right without any binding; clusters come with this one. */
function isMasters(subject: Place): boolean {
  const { value } = subject.get('name')
  return value?.kind === 'string' && value.value === 'system:masters'
}
