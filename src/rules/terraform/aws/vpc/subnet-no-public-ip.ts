import { HclEdits, setOwnAttribute } from '../../../../edit/hcl/index.ts'
import { defineRule } from '../../../rule.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'subnet-no-public-ip',
  title: 'Subnets give out no public addresses by default',
  severity: 'medium',
  severityReason:
    'Whatever is started in the subnet is on the internet without anybody having said so; its security group still decides ' +
    'who gets through.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_130', 'trivy:AWS-0164'],
  kind: 'terraform',
  resources: ['aws_subnet', 'aws_default_subnet'],
  messages: { public: 'Instances that are started in this subnet get a public address by default.' },
  remediation:
    'Set `map_public_ip_on_launch = false` and give addresses where they are meant: to load balancers and NAT gateways.',
  *check(subnet, { estate }) {
    const at = subnet.get('map_public_ip_on_launch')
    const fallback = subnet.resource.type === 'aws_default_subnet'
    yield* withFix(requireFlag({ at, wanted: false, fallback, message: 'public' }), () => {
      const edits = new HclEdits()
      // What is written elsewhere (`each.value.public`) often decides over more than this, such as routes: it stays.
      const refusal = setOwnAttribute(edits, estate, at, false)
      return {
        fixer: 'vpc',
        rank: 'C',
        title: 'Give out no public addresses by default',
        minutes: 15,
        reason:
          'instances that are started later without an address of their own cannot reach or be reached from outside',
        edits: refusal ?? edits.finish(),
      }
    })
  },
})
