import { also, type Draft, on, setting } from './entry.ts'
import type { Condition, Setting } from './model.ts'

const BALANCERS_OF_AWS = ['aws_lb', 'aws_alb']
const LISTENERS = ['aws_lb_listener', 'aws_alb_listener']
const ARN = '"arn:aws:acm:us-east-1:123456789012:certificate/00000000-0000-0000-0000-000000000000"'

function kind(...kinds: readonly string[]): Condition {
  return { path: 'load_balancer_type', is: { oneOf: kinds }, orAbsent: true }
}

const ENCRYPTED: Condition = { path: 'protocol', is: { matches: '(?i)^(HTTPS|TLS)$', say: 'be encrypted' } }
const PLAIN: Omit<Setting, 'kind' | 'absent'> = {
  types: LISTENERS,
  each: 'default_action',
  path: 'redirect.protocol',
  must: { matches: '(?i)^HTTPS$', say: 'be HTTPS, where a listener takes plain HTTP' },
  onlyIf: [{ path: 'protocol', is: { matches: '(?i)^HTTP$', say: 'be HTTP' } }],
}

/** Load balancers and CloudFront: TLS, logs, protection. */
export const BALANCERS: readonly Draft[] = [
  on({
    rules: ['alb-drop-invalid-headers'],
    types: BALANCERS_OF_AWS,
    path: 'drop_invalid_header_fields',
    onlyIf: [kind('application')],
  }),
  on({
    rules: ['lb-access-logs'],
    types: BALANCERS_OF_AWS,
    path: 'access_logs.enabled',
    within: { bucket: '"sample-logs"' },
    onlyIf: [kind('application', 'network')],
  }),
  on({ rules: ['lb-deletion-protection'], types: BALANCERS_OF_AWS, path: 'enable_deletion_protection' }),
  setting({
    rules: ['alb-target-group-https'],
    types: ['aws_lb_target_group', 'aws_alb_target_group'],
    path: 'protocol',
    must: { matchesNot: '(?i)^HTTP$', say: 'not be HTTP' },
    absent: 'right',
    unless: [{ path: 'target_type', is: { is: 'lambda' } }],
    good: '"HTTPS"',
    bad: '"HTTP"',
  }),
  setting({
    name: 'alb-listener-https',
    rules: ['alb-listener-https', 'alb-http-redirect'],
    ...PLAIN,
    beside: { port: '80', protocol: '"HTTP"' },
    within: { port: '"443"', status_code: '"HTTP_301"' },
    good: '"HTTPS"',
    bad: '"HTTP"',
    notes: ['A listener without a protocol may be one of a gateway, which has none: it is not judged.'],
  }),
  setting({
    rules: ['alb-tls-minimum'],
    types: LISTENERS,
    path: 'ssl_policy',
    must: {
      matches: '^ELBSecurityPolicy-(TLS13-1-[23]|TLS-1-2|FS-1-2)-',
      say: 'be a policy that begins with TLS 1.2, or later',
    },
    onlyIf: [ENCRYPTED],
    also: [also(PLAIN)],
    beside: { protocol: '"HTTPS"' },
    good: '"ELBSecurityPolicy-TLS13-1-2-2021-06"',
    bad: '"ELBSecurityPolicy-2016-08"',
  }),
  setting({
    rules: ['alb-strong-ciphers'],
    types: LISTENERS,
    path: 'ssl_policy',
    must: {
      matches: '^ELBSecurityPolicy-(TLS13-1-3-|TLS13-1-2-([^E]|E[^x]|Ex[^t]|Ext[^12])|FS-1-2-)',
      say: 'be a policy whose ciphers all have forward secrecy',
    },
    onlyIf: [ENCRYPTED],
    beside: { protocol: '"HTTPS"' },
    good: '"ELBSecurityPolicy-TLS13-1-2-2021-06"',
    bad: '"ELBSecurityPolicy-TLS-1-2-2017-01"',
  }),
  setting({
    rules: ['elb-listener-tls'],
    types: ['aws_elb'],
    each: 'listener',
    path: 'lb_protocol',
    must: { matchesNot: '(?i)^http$', say: 'not be http' },
    absent: 'right',
    within: { instance_port: '8443', instance_protocol: '"https"', lb_port: '443' },
    good: '"https"',
    bad: '"http"',
  }),
  setting({
    rules: ['elb-acm-certificate'],
    types: ['aws_elb'],
    each: 'listener',
    path: 'ssl_certificate_id',
    must: { matches: '^arn:[\\w-]+:acm:', say: 'be a certificate of ACM' },
    onlyIf: [{ path: 'lb_protocol', is: { matches: '(?i)^(https|ssl)$', say: 'be encrypted' }, beside: true }],
    within: { instance_port: '8443', instance_protocol: '"https"', lb_port: '443', lb_protocol: '"https"' },
    good: ARN,
    bad: '"arn:aws:iam::123456789012:server-certificate/sample"',
  }),
  setting({
    rules: ['apigateway-domain-tls'],
    types: ['aws_api_gateway_domain_name'],
    path: 'security_policy',
    must: { isNot: 'TLS_1_0' },
    good: '"TLS_1_2"',
    bad: '"TLS_1_0"',
  }),
  setting({
    rules: ['apigateway-access-logging'],
    types: ['aws_api_gateway_stage', 'aws_apigatewayv2_stage'],
    path: 'access_log_settings.destination_arn',
    must: { set: true },
    good: '"arn:aws:logs:eu-central-1:123456789012:log-group:sample"',
  }),
  setting({
    rules: ['cloudfront-hsts'],
    types: ['aws_cloudfront_response_headers_policy'],
    path: 'security_headers_config.strict_transport_security.access_control_max_age_sec',
    must: { atLeast: 31_536_000 },
    within: { override: 'true' },
    good: '31536000',
    bad: '3600',
  }),
  setting({
    rules: ['cloudfront-origin-https'],
    types: ['aws_cloudfront_distribution'],
    each: 'origin.custom_origin_config',
    path: 'origin_protocol_policy',
    must: { is: 'https-only' },
    absent: 'right',
    bad: '"match-viewer"',
  }),
  setting({
    rules: ['cloudfront-origin-tls-protocols'],
    types: ['aws_cloudfront_distribution'],
    each: 'origin.custom_origin_config',
    path: 'origin_ssl_protocols',
    unless: [{ path: 'origin_protocol_policy', is: { is: 'http-only' }, beside: true }],
    must: { every: '^TLSv1\\.[23]$', say: 'hold TLSv1.2 or later only' },
    absent: 'right',
    good: '["TLSv1.2"]',
    bad: '["TLSv1", "TLSv1.2"]',
  }),
  setting({
    rules: ['cloudfront-tls-minimum'],
    types: ['aws_cloudfront_distribution'],
    each: 'viewer_certificate',
    path: 'minimum_protocol_version',
    must: { matches: '^TLSv1\\.[23]_', say: 'be TLSv1.2 or later' },
    unless: [{ path: 'cloudfront_default_certificate', is: { is: true }, beside: true }],
    also: [
      also({
        types: ['aws_cloudfront_distribution'],
        path: 'viewer_certificate.cloudfront_default_certificate',
        must: { isNot: true },
        absent: 'right',
      }),
    ],
    within: { acm_certificate_arn: ARN, ssl_support_method: '"sni-only"' },
    good: '"TLSv1.2_2021"',
    bad: '"TLSv1"',
  }),
  setting({
    rules: ['cloudfront-viewer-https'],
    types: ['aws_cloudfront_distribution'],
    each: 'default_cache_behavior',
    path: 'viewer_protocol_policy',
    must: { isNot: 'allow-all' },
    absent: 'right',
    also: [
      also({
        types: ['aws_cloudfront_distribution'],
        each: 'ordered_cache_behavior',
        path: 'viewer_protocol_policy',
        must: { isNot: 'allow-all' },
        absent: 'right',
      }),
    ],
    good: '"redirect-to-https"',
    bad: '"allow-all"',
  }),
  setting({
    rules: ['cloudfront-waf'],
    types: ['aws_cloudfront_distribution'],
    path: 'web_acl_id',
    must: { set: true },
    good: '"arn:aws:wafv2:us-east-1:123456789012:global/webacl/sample/00000000-0000-0000-0000-000000000000"',
  }),
]
