import { settingRule } from '../../../shared/terraform-settings.ts'

/** A year, which is what browsers ask of sites on their preload list. */
const YEAR = 31_536_000

export default settingRule({
  id: 'cloudfront-hsts',
  title: 'CloudFront tells browsers to stay with HTTPS',
  severity: 'low',
  severityReason:
    'A browser that was here before comes back over HTTP if it is told so, and can be held there; that takes a place in the ' +
    'network and a visit that begins on HTTP.',
  controls: ['SC-8', 'SC-23'],
  sameAs: ['checkov:CKV_AWS_259'],
  resources: ['aws_cloudfront_response_headers_policy'],
  path: 'security_headers_config.strict_transport_security.access_control_max_age_sec',
  read: (at) => at.number(),
  holds: (seconds) => seconds !== undefined && seconds >= YEAR,
  bad: [0, YEAR - 1, null],
  message: 'This policy does not send Strict-Transport-Security with a year or more (seconds: {value}).',
  remediation:
    'Add `strict_transport_security` with `access_control_max_age_sec = 31536000` and `override = true`. Leave ' +
    '`include_subdomains` and `preload` until every subdomain has HTTPS.',
})
