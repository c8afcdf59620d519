import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'cloudfront-viewer-https',
  title: 'CloudFront serves its viewers over HTTPS only',
  severity: 'high',
  severityReason:
    'Whoever shares a network with the viewer reads and changes pages and session cookies; it takes that position, so it ' +
    'is not critical.',
  controls: ['SC-8', 'SC-13', 'SC-23'],
  sameAs: ['checkov:CKV_AWS_34', 'trivy:AWS-0012'],
  resources: ['aws_cloudfront_distribution'],
  path: ['default_cache_behavior.*.viewer_protocol_policy', 'ordered_cache_behavior.*.viewer_protocol_policy'],
  read: (at) => at.string(),
  holds: (policy) => policy !== 'allow-all',
  bad: ['allow-all'],
  message: 'This cache behaviour serves plain HTTP to whoever asks for it.',
  remediation:
    'Set `viewer_protocol_policy` to `redirect-to-https`, or to `https-only` for an API, in every behaviour.',
})
