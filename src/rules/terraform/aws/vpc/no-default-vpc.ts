import { defineRule, pass } from '../../../rule.ts'
import { isThere } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'no-default-vpc',
  title: 'Nothing is built on the default VPC',
  severity: 'low',
  severityReason:
    'All its subnets are public and its default group is open among its members, so a slip is on the internet at once; ' +
    'nothing is exposed by the VPC alone.',
  controls: ['SC-7', 'CM-2', 'CM-6'],
  sameAs: ['checkov:CKV_AWS_148', 'trivy:AWS-0101'],
  kind: 'terraform',
  resources: ['aws_default_vpc'],
  messages: { used: 'This takes over the default VPC, in which every subnet is public.' },
  remediation:
    'Build a VPC of your own with private subnets, move what is there, and delete the default VPC of each region by hand.',
  *check(vpc, context) {
    const groups = context.companions('aws_default_security_group', 'vpc_id', ['id']).certain
    if (groups.some((group) => ['ingress', 'egress'].every((name) => isThere(group.get(name)) === 'no'))) {
      yield pass('it is taken over to be closed: its default security group has no rules')
    } else yield { at: vpc, message: 'used' }
  },
})
