import { accessRule } from './access-rule.ts'
import { RBAC_GROUP } from './policy-rules.ts'

export default accessRule({
  id: 'k8s-rbac-escalate',
  title: 'Roles do not let their holders give roles more rights than they have',
  severity: 'high',
  severityReason:
    'The verb `escalate` switches off the check that nobody writes a role with more than their own rights: a holder adds ' +
    'everything to the role that they have. They have to be taken over first, so it is not critical.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV_K8S_158', 'trivy:KSV-0050'],
  messages: { granted: '{role} allows to escalate {resource}: its holder can write any right into them.' },
  remediation:
    'Leave `escalate` out, and give the controller that writes roles the rights that it hands out: then the API server ' +
    'accepts them without it.',
  accesses: [{ group: RBAC_GROUP, resources: ['clusterroles', 'roles'], verbs: ['escalate'] }],
  show: 'verb',
  // A named role that its holder is bound to is enough, so names only lessen it.
  rate: ({ names }, role) => (names === undefined && role.resource.type === 'ClusterRole' ? 'high' : 'medium'),
})
