import { unlessKind } from '../../../shared/terraform-load-balancers.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'alb-drop-invalid-headers',
  title: 'Application load balancers drop invalid header fields',
  severity: 'medium',
  severityReason:
    'Malformed headers are what request smuggling is made of: past the load balancer they may be read as another request; ' +
    'it takes a target that reads them differently.',
  controls: ['SC-7', 'SI-10'],
  sameAs: ['checkov:CKV_AWS_131', 'trivy:AWS-0052'],
  resources: ['aws_lb', 'aws_alb'],
  path: 'drop_invalid_header_fields',
  wanted: true,
  message: 'Invalid header fields are passed on to the targets.',
  remediation: 'Set `drop_invalid_header_fields = true`.',
  exempt: (balancer) => unlessKind(balancer, 'application'),
})
