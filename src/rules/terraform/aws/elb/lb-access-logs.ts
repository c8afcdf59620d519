import { unlessKind } from '../../../shared/terraform-load-balancers.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'lb-access-logs',
  title: 'Load balancers write access logs',
  severity: 'low',
  severityReason:
    'Nobody gains access by this; after an incident, though, nobody can say which requests came from where, or how long ' +
    'it has been going on.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_91'],
  resources: ['aws_lb', 'aws_alb'],
  path: 'access_logs.enabled',
  wanted: true,
  message: 'Requests to this load balancer are not logged.',
  remediation:
    'Add `access_logs` with a bucket kept for logs and `enabled = true`; the bucket policy must let the log delivery write.',
  exempt: (balancer) => unlessKind(balancer, 'application', 'network'),
})
