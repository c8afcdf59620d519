import { boundRoleRule } from './bound-roles.ts'
import { type Access, grantData, grantKey, grantOf } from './policy-rules.ts'

const CHECKOV = 'checkov:CKV2_K8S_2'
/** Trivy has a check for each of the two resources. */
const PROXY = 'trivy:KSV-0047'
const EXEC = 'trivy:KSV-0053'

/** A WebSocket connection is a GET, and for a long time that was all that these checked. */
const ACCESSES: readonly Access[] = [
  { group: '', resources: ['pods/exec'], verbs: ['create', 'get'] },
  { group: '', resources: ['nodes/proxy'], verbs: ['create', 'get'] },
]

export default boundRoleRule({
  id: 'k8s-rbac-exec',
  title: 'No program can run commands in other pods',
  severity: 'high',
  severityReason:
    'Whoever takes over a pod with this ServiceAccount runs commands in every container in reach, and acts with the ' +
    "credentials of each; through `nodes/proxy` past the API server's audit log. The pod comes first, so it is not critical.",
  controls: ['AC-3', 'AC-6'],
  sameAs: [CHECKOV, PROXY, EXEC],
  messages: {
    bound: '{subject} may {verbs} {resource}, and so run commands in other pods, through {role} and {binding}.',
  },
  remediation:
    'Leave `pods/exec` and `nodes/proxy` out: metrics are read with `nodes/metrics` and `nodes/stats`, logs with `pods/log`. ' +
    'A person who debugs uses their own identity.',
  grants: (rules) =>
    rules.flatMap((rule) => {
      const grants = ACCESSES.map((access) => grantOf(rule, access)).filter((grant) => grant !== undefined)
      return grants.filter(({ names }) => names === undefined).slice(0, 1)
    }),
  report(grant, { subject, binding, clusterWide }, role) {
    // Nodes are in no namespace, so a RoleBinding gives no right to them.
    if (grant.resource === 'nodes/proxy' && !clusterWide) return undefined
    const severity = clusterWide && grant.verbs.includes('create') ? 'high' : 'medium'
    const data = { ...grantData(role, grant), subject, binding }
    const sameAs = [CHECKOV, grant.resource === 'nodes/proxy' ? PROXY : EXEC]
    return { at: grant.resourceAt, message: 'bound', data, key: grantKey(grant), severity, sameAs }
  },
})
