import { boundRoleRule } from './bound-roles.ts'
import { type Access, grantData, grantKey, grantOf } from './policy-rules.ts'

const CHECKOV = 'checkov:CKV2_K8S_5'
/** Trivy has one check for ClusterRoles and one for Roles. */
const CLUSTER = 'trivy:KSV-0041'
const NAMESPACE = 'trivy:KSV-0113'

const SECRETS: Access = { group: '', resources: ['secrets'], verbs: ['get', 'list', 'watch'] }

export default boundRoleRule({
  id: 'k8s-rbac-secrets',
  title: 'No program can read all Secrets',
  severity: 'high',
  severityReason:
    'Whoever takes over a pod with this ServiceAccount reads the passwords, keys and tokens of every application of the ' +
    "cluster, an administrator's often among them; within one namespace it is medium. The pod comes first.",
  controls: ['AC-3', 'AC-6', 'IA-5'],
  sameAs: [CHECKOV, CLUSTER, NAMESPACE],
  messages: {
    cluster: '{subject} may {verbs} the Secrets of every namespace, through {role} and {binding}.',
    namespace: '{subject} may {verbs} every Secret of a namespace, through {role} and {binding}.',
  },
  remediation:
    'Name the Secrets that the program reads in `resourceNames` and leave `list` and `watch` out, or mount them into the pod, ' +
    'which takes no right at all.',
  grants: (rules) =>
    rules.map((rule) => {
      const grant = grantOf(rule, SECRETS)
      return grant?.names === undefined ? grant : undefined
    }),
  report(grant, { subject, binding, clusterWide }, role) {
    return {
      at: grant.resourceAt,
      message: clusterWide ? 'cluster' : 'namespace',
      data: { ...grantData(role, grant), subject, binding },
      key: grantKey(grant),
      severity: clusterWide ? 'high' : 'medium',
      sameAs: [CHECKOV, role.resource.type === 'ClusterRole' ? CLUSTER : NAMESPACE],
    }
  },
})
