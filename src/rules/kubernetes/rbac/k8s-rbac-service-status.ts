import { boundRoleRule } from './bound-roles.ts'
import { type Access, grantData, grantKey, grantOf } from './policy-rules.ts'

const STATUS: Access = { group: '', resources: ['services/status'], verbs: ['patch', 'update'] }

export default boundRoleRule({
  id: 'k8s-rbac-service-status',
  title: 'No program but a load balancer controller writes the status of Services',
  severity: 'medium',
  severityReason:
    'With an address of its choice in `status.loadBalancer.ingress`, a Service draws the traffic that the cluster sends to ' +
    'that address (CVE-2020-8554). TLS still protects what uses it, and a pod with this right has to be taken over first.',
  controls: ['AC-3', 'AC-6', 'SC-7'],
  sameAs: ['checkov:CKV2_K8S_4'],
  messages: { bound: '{subject} may {verbs} {resource}, and so draw traffic to itself, through {role} and {binding}.' },
  remediation:
    'Leave `services/status` to the controller that implements load balancers, and make an exception for that one.',
  grants: (rules) =>
    rules.map((rule) => {
      const grant = grantOf(rule, STATUS)
      return grant?.names === undefined ? grant : undefined
    }),
  report(grant, { subject, binding }, role) {
    const data = { ...grantData(role, grant), subject, binding }
    return { at: grant.resourceAt, message: 'bound', data, key: grantKey(grant) }
  },
})
