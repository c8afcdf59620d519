import { SEARCH_DOMAINS } from '../../../shared/terraform-search.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'opensearch-tls-policy',
  title: 'OpenSearch domains accept TLS 1.2 and later only',
  severity: 'medium',
  severityReason:
    'TLS 1.0 rests on SHA-1 and on ciphers with known attacks, and a client can be talked down to it; using that takes a ' +
    'place in the network and much traffic.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_228', 'trivy:AWS-0126'],
  resources: SEARCH_DOMAINS,
  path: 'domain_endpoint_options.tls_security_policy',
  read: (at) => at.string(),
  holds: (policy) => policy !== undefined && /^Policy-Min-TLS-1-[23]-/.test(policy),
  bad: ['Policy-Min-TLS-1-0-2019-07', null],
  message: 'Clients of this domain may use TLS 1.0 (policy: {value}).',
  remediation: 'Set `tls_security_policy = "Policy-Min-TLS-1-2-2019-07"`, or the newer one with forward secrecy.',
})
