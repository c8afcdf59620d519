import { networkAclRule } from '../../../shared/terraform-network-acls.ts'
import { single } from '../../../shared/terraform-security-groups.ts'

export default networkAclRule({
  id: 'network-acl-no-public-rdp',
  title: 'Network ACLs keep remote desktops from the internet away',
  severity: 'low',
  severityReason:
    'The second wall is missing: a security group that is opened by mistake is all it takes to reach RDP, the favourite of ' +
    'extortionists. With closed groups nobody gets there.',
  controls: ['AC-17', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_231', 'trivy:AWS-0105'],
  guarded: single('RDP', 3389),
  message: 'This entry lets anyone on the internet ({cidr}) through to RDP (3389).',
  remediation: 'Name the networks that administrators come from, or deny port 3389 with a lower number.',
})
