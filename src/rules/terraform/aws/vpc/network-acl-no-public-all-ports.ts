import { networkAclRule } from '../../../shared/terraform-network-acls.ts'

export default networkAclRule({
  id: 'network-acl-no-public-all-ports',
  title: 'Network ACLs do not let every port in from the internet',
  severity: 'low',
  severityReason:
    'The ACL does nothing: every slip in a security group is on the internet. With closed groups nobody gets through, so ' +
    'this is a missing layer.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_352', 'trivy:AWS-0102'],
  guarded: { name: 'every port', low: 1, high: 65_535, protocols: ['tcp', 'udp'] },
  message: 'This entry lets anyone on the internet ({cidr}) through to every port.',
  remediation:
    'Write one entry for each port that is meant to be reached, and one for the ports that answers come back to.',
})
