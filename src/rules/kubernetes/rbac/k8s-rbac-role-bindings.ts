import { boundRoleRule } from './bound-roles.ts'
import { type Access, grantData, grantKey, grantOf, RBAC_GROUP } from './policy-rules.ts'

const BINDINGS: Access = {
  group: RBAC_GROUP,
  resources: ['clusterrolebindings', 'rolebindings'],
  verbs: ['create', 'update', 'patch'],
}
const BIND: Access = { group: RBAC_GROUP, resources: ['clusterroles', 'roles'], verbs: ['bind'] }

export default boundRoleRule({
  id: 'k8s-rbac-role-bindings',
  title: 'No program can bind itself a stronger role',
  severity: 'high',
  severityReason:
    'With bindings to write and the verb `bind`, whoever takes over a pod with this ServiceAccount is administrator with one ' +
    'request, of the cluster or of the namespace. The pod comes first, so it is not critical.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV2_K8S_1', 'trivy:KSV-0051'],
  messages: { bound: '{subject} may {verbs} {resource} to roles whose rights it lacks, through {role} and {binding}.' },
  remediation:
    'Leave `bind` out, so that the API server refuses to let the program hand out more than it has, or limit `bind` to ' +
    'named, weak roles with `resourceNames`.',
  grants(rules) {
    const bind = rules
      .map((rule) => grantOf(rule, BIND))
      .find((grant) => grant !== undefined && grant.names === undefined)
    if (bind === undefined) return []
    // A binding that is to be made has no name yet, so names limit all verbs but that one.
    return rules.map((rule) => {
      const grant = grantOf(rule, BINDINGS)
      if (grant === undefined || (grant.names !== undefined && grant.verbs.join() === 'create')) return undefined
      return { ...grant, unknown: grant.unknown ?? bind.unknown }
    })
  },
  report(grant, { subject, binding, clusterWide }, role) {
    const data = { ...grantData(role, grant), subject, binding }
    return {
      at: grant.resourceAt,
      message: 'bound',
      data,
      key: grantKey(grant),
      severity: clusterWide ? 'high' : 'medium',
    }
  },
})
