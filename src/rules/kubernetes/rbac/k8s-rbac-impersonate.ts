import { boundRoleRule } from './bound-roles.ts'
import { type Access, type Grant, grantData, grantKey, grantOf } from './policy-rules.ts'

const ACCESSES: readonly Access[] = [
  { group: '', resources: ['groups', 'users', 'serviceaccounts'], verbs: ['impersonate'] },
  { group: 'authentication.k8s.io', resources: ['uids', 'userextras'], verbs: ['impersonate'] },
]

export default boundRoleRule({
  id: 'k8s-rbac-impersonate',
  title: 'No program can act as somebody else',
  severity: 'high',
  severityReason:
    'Whoever takes over a pod with this ServiceAccount sends requests as any user or group, `system:masters` included, which ' +
    'no role limits. The pod comes first, so it is not critical.',
  controls: ['AC-3', 'AC-6', 'IA-2'],
  sameAs: ['checkov:CKV2_K8S_3', 'trivy:KSV-0043'],
  messages: { bound: '{subject} may impersonate {resource}, through {role} and {binding}.' },
  remediation:
    'Remove the right, or name with `resourceNames` the few harmless identities that the program has to act as.',
  grants: (rules) =>
    rules.flatMap((rule) => {
      const grants = ACCESSES.map((access) => grantOf(rule, access)).filter((grant) => grant !== undefined)
      return grants.filter(isWide).slice(0, 1)
    }),
  report(grant, { subject, binding, clusterWide }, role) {
    // Users and groups are in no namespace; a RoleBinding only reaches the ServiceAccounts of its own.
    if (!clusterWide && !['*', 'serviceaccounts'].some((name) => lists(grant, name))) return undefined
    const resource = clusterWide ? grant.resource : 'serviceaccounts'
    const data = { ...grantData(role, grant), resource, subject, binding }
    const severity = clusterWide ? 'high' : 'medium'
    return { at: grant.verbAt, message: 'bound', data, key: grantKey(grant), severity }
  },
})

/** Limited to names it is harmless, unless one of them is a privileged identity of Kubernetes' own. */
function isWide({ names }: Grant): boolean {
  return (
    names === undefined || names.some((name) => /^(?:system:(?:masters|nodes?\b|kube-)|kubernetes-admin)/.test(name))
  )
}

function lists({ rule }: Grant, name: string): boolean {
  return rule
    .get('resources')
    .items()
    .some(({ value }) => value?.kind === 'string' && value.value === name)
}
