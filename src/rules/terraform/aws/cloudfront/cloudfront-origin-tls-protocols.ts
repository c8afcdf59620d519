import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'cloudfront-origin-tls-protocols',
  title: 'CloudFront speaks TLS 1.2 with its origins',
  severity: 'low',
  severityReason:
    'CloudFront takes the best version that the origin has, so old ones are used only with an old origin or under attack ' +
    'from a place on that way.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV2_AWS_54'],
  resources: ['aws_cloudfront_distribution'],
  path: 'origin.*.custom_origin_config.*.origin_ssl_protocols',
  // Plain HTTP, as website endpoints of S3 need it, uses no version of TLS; cloudfront-origin-https judges that.
  read: (at) => {
    const policy = at.parent?.get('origin_protocol_policy').string()
    return policy?.kind === 'known' && policy.value === 'http-only' ? { kind: 'absent' } : at.strings()
  },
  holds: (protocols) => protocols?.every((protocol) => /^TLSv1\.[23]$/.test(protocol)) ?? true,
  bad: [],
  message: 'CloudFront may use old protocols with this origin: {value}.',
  remediation: 'Set `origin_ssl_protocols = ["TLSv1.2"]`.',
})
