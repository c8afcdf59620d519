import { readEnforceHttps, SEARCH_DOMAINS } from '../../../shared/terraform-search.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'opensearch-enforce-https',
  title: 'OpenSearch domains refuse plain HTTP',
  severity: 'high',
  severityReason:
    'Queries, documents and signed requests can be read and replayed by whoever is on the way; for a domain in a VPC that ' +
    'is somebody who got in already.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_83', 'trivy:AWS-0046'],
  resources: SEARCH_DOMAINS,
  path: 'domain_endpoint_options.enforce_https',
  read: readEnforceHttps,
  holds: (value) => value === true,
  bad: [false],
  message: 'This domain answers plain HTTP as well.',
  remediation: 'Set `enforce_https = true` in `domain_endpoint_options`, and a TLS policy with it.',
})
