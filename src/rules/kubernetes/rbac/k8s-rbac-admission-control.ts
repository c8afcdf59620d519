import { accessRule } from './access-rule.ts'

const CHANGES = ['create', 'update', 'patch', 'delete', 'deletecollection']

export default accessRule({
  id: 'k8s-rbac-admission-control',
  title: 'Roles do not let their holders change admission control',
  severity: 'high',
  severityReason:
    'A webhook sees every object that passes, secrets included, and may rewrite it; without the webhooks no policy holds. ' +
    'That is control of the cluster for whoever takes over a holder of the role, which has to happen first.',
  controls: ['AC-3', 'AC-6', 'CM-5'],
  sameAs: ['checkov:CKV_K8S_155', 'trivy:KSV-0114'],
  kinds: ['ClusterRole'],
  messages: { granted: '{role} allows to {verbs} {resource}: its holder decides what the API server admits.' },
  remediation:
    'Let people or the deployment pipeline install webhooks. A controller that keeps the certificate of its own webhook up to ' +
    'date needs `patch` or `update` on that one object (`resourceNames`).',
  accesses: [
    {
      group: 'admissionregistration.k8s.io',
      resources: [
        'validatingwebhookconfigurations',
        'mutatingwebhookconfigurations',
        'validatingadmissionpolicies',
        'validatingadmissionpolicybindings',
        'mutatingadmissionpolicies',
        'mutatingadmissionpolicybindings',
      ],
      verbs: CHANGES,
    },
  ],
  show: 'resource',
  // Even the one webhook that a controller maintains can be pointed at every object of the cluster.
  rate: ({ names }) => (names === undefined ? 'high' : 'medium'),
})
