import { networkAclRule } from '../../../shared/terraform-network-acls.ts'
import { single } from '../../../shared/terraform-security-groups.ts'

export default networkAclRule({
  id: 'network-acl-no-public-ssh',
  title: 'Network ACLs keep SSH from the internet away',
  severity: 'low',
  severityReason:
    'The second wall is missing: a security group that is opened by mistake is all it takes to reach sshd. With closed ' +
    'groups nobody gets there.',
  controls: ['AC-17', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_232', 'trivy:AWS-0105'],
  guarded: single('SSH', 22),
  message: 'This entry lets anyone on the internet ({cidr}) through to SSH (22).',
  remediation: 'Name the networks that administrators come from, or deny port 22 with a lower number.',
})
