import type { Place } from '../../../../resources/place.ts'
import { defineRule, type Outcome, undecided } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenCompanion } from '../../../shared/terraform-hidden-modules.ts'

type Message = 'unmanaged' | 'open'
const GROUP = 'aws_default_security_group'
const GROUP_MODULE = /default[-_]?(?:security[-_]?group|sg)|baseline/i

export default defineRule<Message>({
  id: 'vpc-default-security-group',
  title: 'The default security group of a VPC lets nothing through',
  severity: 'low',
  severityReason:
    'Whatever is started without a group of its own can talk to all others like it and to the whole internet; it takes such ' +
    'a slip first.',
  controls: ['AC-4', 'SC-7', 'CM-6'],
  sameAs: ['checkov:CKV2_AWS_12', 'trivy:AWS-0173'],
  kind: 'terraform',
  resources: ['aws_vpc'],
  messages: {
    unmanaged: 'The default security group of this VPC keeps its rules: all traffic among its members, and all out.',
    open: 'The default security group of this VPC has a rule for {direction}.',
  },
  remediation:
    'Add an `aws_default_security_group` for the VPC without any rule, after giving its members groups of their own.',
  *check(vpc, context) {
    const { certain, possible } = context.companions(GROUP, 'vpc_id', ['id'])
    const { likely, doubt } = hiddenCompanion(vpc.resource, context.estate, GROUP_MODULE)
    yield* requireSetting<Message>({ certain, possible: [...possible, ...likely] }, withoutRules, {
      at: vpc,
      message: 'unmanaged',
      ...doubt,
    })
  },
})

function* withoutRules(group: Place): Iterable<Outcome<Message>> {
  for (const direction of ['ingress', 'egress']) {
    const rules = group.get(direction)
    const [first] = rules.items()
    if (first?.certain === true) yield { at: first, message: 'open', data: { direction }, key: direction }
    else if (rules.mayHaveMore() || first !== undefined) {
      yield undecided(first ?? rules, 'whether the group has rules is not known')
    }
  }
}
