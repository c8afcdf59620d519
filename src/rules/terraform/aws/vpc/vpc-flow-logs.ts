import { defineRule } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenCompanion } from '../../../shared/terraform-hidden-modules.ts'

const FLOW_LOG_MODULE = /flow[-_]?log|baseline/i

export default defineRule({
  id: 'vpc-flow-logs',
  title: 'VPCs record their traffic in a flow log',
  severity: 'medium',
  severityReason:
    'Nothing becomes reachable, but after a break-in nobody can say where the attacker went and what left the network.',
  controls: ['AU-2', 'AU-12', 'SI-4'],
  sameAs: ['checkov:CKV2_AWS_11', 'trivy:AWS-0178'],
  kind: 'terraform',
  resources: ['aws_vpc'],
  messages: { missing: 'No flow log records the traffic of this VPC.' },
  remediation:
    'Add an `aws_flow_log` with `vpc_id` and `traffic_type = "ALL"`, to a log group or a bucket of the log account.',
  *check(vpc, context) {
    const { certain, possible } = context.companions('aws_flow_log', 'vpc_id', ['id'])
    const { likely, doubt } = hiddenCompanion(vpc.resource, context.estate, FLOW_LOG_MODULE)
    yield* requireSetting({ certain, possible: [...possible, ...likely] }, () => [], {
      at: vpc,
      message: 'missing',
      ...doubt,
    })
  },
})
