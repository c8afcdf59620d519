import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'cloudfront-origin-https',
  title: 'CloudFront fetches from its origins over HTTPS',
  severity: 'medium',
  severityReason:
    'Between CloudFront and the origin requests cross the internet in clear text although the viewer sees a padlock; ' +
    'reading them takes a place on that way.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV2_AWS_72'],
  resources: ['aws_cloudfront_distribution'],
  path: 'origin.*.custom_origin_config.*.origin_protocol_policy',
  read: (at) => at.string(),
  holds: (policy) => policy === undefined || policy === 'https-only',
  bad: ['http-only', 'match-viewer'],
  message: 'CloudFront may fetch from this origin over plain HTTP ({value}).',
  remediation:
    'Set `origin_protocol_policy = "https-only"`. For a bucket use its REST endpoint with origin access control instead of ' +
    'the website endpoint, which speaks HTTP only.',
})
