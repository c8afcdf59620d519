import { accessRule } from './access-rule.ts'
import { RBAC_GROUP } from './policy-rules.ts'

/** Roles that every cluster has and that amount to administration, of all or of a namespace. */
const ADMINISTRATION: ReadonlySet<string> = new Set(['cluster-admin', 'admin', 'edit'])

export default accessRule({
  id: 'k8s-rbac-bind',
  title: 'Roles do not let their holders bind roles that they lack',
  severity: 'high',
  severityReason:
    'The verb `bind` switches off the check that nobody hands out more than they have: a holder who may write bindings makes ' +
    'themselves administrator. They have to be taken over first, so it is not critical.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV_K8S_157', 'trivy:KSV-0050'],
  messages: { granted: '{role} allows to bind {resource}, whether or not its holder has the rights in them.' },
  remediation:
    'Leave `bind` out: the API server lets everybody bind roles whose rights they have. If a controller must hand out roles, ' +
    'name these in `resourceNames`.',
  accesses: [{ group: RBAC_GROUP, resources: ['clusterroles', 'roles'], verbs: ['bind'] }],
  show: 'verb',
  rate({ names }, role) {
    if (names !== undefined && !names.some((name) => ADMINISTRATION.has(name))) return undefined
    return role.resource.type === 'ClusterRole' ? 'high' : 'medium'
  },
})
