import { SEARCH_DOMAINS } from '../../../shared/terraform-search.ts'
import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'opensearch-node-to-node-encryption',
  title: 'OpenSearch domains encrypt the traffic between their nodes',
  severity: 'medium',
  severityReason:
    'All documents pass between the nodes in clear text; only somebody inside the network of the service can read along.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_6', 'trivy:AWS-0043'],
  resources: SEARCH_DOMAINS,
  path: 'node_to_node_encryption.enabled',
  wanted: true,
  message: 'The nodes of this domain talk to each other in clear text.',
  remediation: 'Set `node_to_node_encryption { enabled = true }`.',
  fix: {
    fixer: 'opensearch',
    rank: 'B',
    title: 'Encrypt the traffic between the nodes',
    minutes: 60,
    reason:
      'it cannot be switched off again, moves all data to new nodes, and replaces domains before Elasticsearch 6.7',
    value: true,
  },
})
