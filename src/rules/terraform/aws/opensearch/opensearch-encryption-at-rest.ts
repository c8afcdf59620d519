import { SEARCH_DOMAINS } from '../../../shared/terraform-search.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'opensearch-encryption-at-rest',
  title: 'OpenSearch domains are encrypted at rest',
  severity: 'high',
  severityReason:
    'Indices, logs and snapshots lie readable on the disks; AWS guards those, so it takes a leak of a disk or a snapshot.',
  controls: ['SC-28'],
  sameAs: ['checkov:CKV_AWS_5', 'trivy:AWS-0048'],
  resources: SEARCH_DOMAINS,
  path: 'encrypt_at_rest.enabled',
  wanted: true,
  message: 'The data of this domain is not encrypted at rest.',
  remediation: 'Set `encrypt_at_rest { enabled = true }`, with a KMS key of your own if you must control who reads.',
  fix: {
    fixer: 'opensearch',
    rank: 'B',
    title: 'Encrypt the data at rest',
    minutes: 60,
    reason:
      'it cannot be switched off again, moves all data to new nodes, and replaces domains before Elasticsearch 6.7',
    value: true,
  },
})
