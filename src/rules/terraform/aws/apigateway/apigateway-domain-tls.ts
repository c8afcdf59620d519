import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'apigateway-domain-tls',
  title: 'API Gateway domain names accept TLS 1.2 and later only',
  severity: 'medium',
  severityReason:
    'TLS 1.0 rests on SHA-1 and on ciphers with known attacks, and a client can be talked down to it; using that takes a ' +
    'place in the network and much traffic.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_206', 'trivy:AWS-0005'],
  resources: ['aws_api_gateway_domain_name'],
  path: 'security_policy',
  read: (at) => at.string(),
  holds: (policy) => policy !== undefined && policy !== 'TLS_1_0',
  bad: ['TLS_1_0', null],
  message: 'Clients of this domain name may use TLS 1.0 (security policy: {value}).',
  remediation: 'Set `security_policy = "TLS_1_2"`, or one of the newer `SecurityPolicy_TLS13_...` policies.',
})
