import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'lb-deletion-protection',
  title: 'Load balancers are protected against deletion',
  severity: 'low',
  severityReason:
    'One wrong apply or one set of stolen credentials takes the service off the net until it is built again; no data is at ' +
    'risk.',
  controls: ['CM-5', 'SC-5'],
  sameAs: ['checkov:CKV_AWS_150'],
  resources: ['aws_lb', 'aws_alb'],
  path: 'enable_deletion_protection',
  wanted: true,
  message: 'This load balancer can be deleted by a single call.',
  remediation: 'Set `enable_deletion_protection = true`.',
})
