import { presenceRule } from '../../../shared/terraform-settings.ts'

export default presenceRule({
  id: 'cloudfront-waf',
  title: 'CloudFront distributions have a web application firewall',
  severity: 'medium',
  severityReason:
    'Known attacks on web applications reach the origin unfiltered; it takes a flaw there to make use of that, so this is ' +
    'a missing layer and not an open door.',
  controls: ['SC-7', 'SI-4', 'SI-10'],
  sameAs: ['checkov:CKV_AWS_68', 'trivy:AWS-0011'],
  resources: ['aws_cloudfront_distribution'],
  path: 'web_acl_id',
  message: 'No web ACL is associated with this distribution.',
  remediation:
    'Set `web_acl_id` to the ARN of an `aws_wafv2_web_acl` of scope `CLOUDFRONT` in us-east-1, first with its rules ' +
    'counting, then blocking.',
})
