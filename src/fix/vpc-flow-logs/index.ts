import {
  addTopBlocks,
  attribute,
  block,
  type BlockSpec,
  type ItemSpec,
  raw,
  resource,
  template,
} from '../../edit/hcl/index.ts'
import { type Complaint, defineFixer, type FixContext, type NextStep } from '../fixer.ts'
import { attemptEach, builtFrom } from '../shared/attempt.ts'
import { keyFor, type KeyPurpose } from '../shared/key.ts'
import type { FixSession } from '../shared/session.ts'
import { planSteps, uniqueSteps } from '../shared/steps.ts'
import {
  freeName,
  metaArguments,
  providerOf,
  referenceTo,
  rootAttribute,
  type TerraformTarget,
  terraformTarget,
  unreachable,
} from '../shared/target.ts'

const GROUPS = '/aws/vpc/flow-logs'
/** A year, as PCI DSS asks for logs; then what CloudWatch knows beyond it. */
const PERIODS = [365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]

const REASON =
  'CloudWatch takes $0.50 for each GB of records (us-east-1, list price of 2025), and the key costs $1 a month. Busy networks write some GB a day.'

export default defineFixer({
  name: 'vpc-flow-logs',
  title: 'VPC flow logs, with a log group, a key and a role',
  covers: ['vpc-flow-logs'],

  assess({ at }, { estate }) {
    const target = terraformTarget(estate, at.resource)
    if (target === undefined) return unreachable(at.resource)
    const { document, block: own } = target
    return {
      rank: 'D',
      title: 'Record the traffic of the VPC in a flow log',
      minutes: 10,
      reason: REASON,
      group: document.syntax === 'json' ? document.path : `${document.path}#${own.span.start}`,
    }
  },

  build(complaints, context) {
    const attempt = attemptEach(complaints, context, (session, { at }) => {
      const target = terraformTarget(context.estate, at.resource)
      if (target === undefined) return unreachable(at.resource)
      addFlowLog(session, target)
      return undefined
    })
    return builtFrom(attempt)
  },

  nextSteps,
})

/** A flow log below its VPC, with what it needs. */
function addFlowLog(session: FixSession, target: TerraformTarget): void {
  const { edits, done, values } = session
  const { document, block: vpc, resource: own, dir } = target
  const key = `flow log ${document.path} ${vpc.span.start}`
  if (done.has(key)) return
  done.add(key)
  const provider = providerOf(target)
  const region = regionOf(session, dir, provider)
  const meta = metaArguments(target)
  const index = indexText(target)
  const group = freeName(target, 'aws_cloudwatch_log_group', `${own.name}_flow_logs`, 'group')
  const name = freeName(target, 'aws_flow_log', own.name, 'vpc')
  const role = freeName(target, 'aws_iam_role', `${own.name}_flow_logs`, 'role')
  const place = { dir, root: own.root, modulePath: own.modulePath, provider }
  const days = Math.max(365, values.retentionDays ?? 0)
  const specs: readonly BlockSpec[] = [
    resource('aws_flow_log', name, [
      ...meta,
      attribute('vpc_id', raw(`${referenceTo(target)}.id`)),
      attribute('traffic_type', 'ALL'),
      attribute('log_destination', raw(`aws_cloudwatch_log_group.${group}${index}.arn`)),
      attribute('iam_role_arn', raw(`aws_iam_role.${role}${index}.arn`)),
    ]),
    resource('aws_cloudwatch_log_group', group, [
      ...meta,
      attribute('name', template(`${GROUPS}/\${${referenceTo(target)}.id}`)),
      attribute('retention_in_days', PERIODS.find((period) => period >= days) ?? 3653),
      attribute('kms_key_id', keyFor(session, purposeIn(region), place)),
    ]),
    resource('aws_iam_role', role, [
      ...meta,
      attribute('name_prefix', 'vpc-flow-logs-'),
      attribute('assume_role_policy', raw(TRUST)),
    ]),
    resource('aws_iam_role_policy', role, [
      ...meta,
      attribute('name_prefix', 'vpc-flow-logs-'),
      attribute('role', raw(`aws_iam_role.${role}${index}.id`)),
      attribute('policy', raw(writePolicy(`aws_cloudwatch_log_group.${group}${index}.arn`))),
    ]),
  ]
  for (const spec of specs) edits.addBlockAfter(document, vpc, spec)
}

function indexText(target: TerraformTarget): string {
  if (rootAttribute(target, 'for_each') !== undefined) return '[each.key]'
  return rootAttribute(target, 'count') === undefined ? '' : '[count.index]'
}

const TRUST = `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect    = "Allow"
    Principal = { Service = "vpc-flow-logs.amazonaws.com" }
    Action    = "sts:AssumeRole"
  }]
})`

function writePolicy(arn: string): string {
  return `jsonencode({
  Version = "2012-10-17"
  Statement = [{
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogGroups", "logs:DescribeLogStreams"]
    Resource = ["\${${arn}}", "\${${arn}}:*"]
  }]
})`
}

/** The key policy lets CloudWatch use the key for these log groups only, told by their names, as their ARNs would make a cycle. */
function purposeIn(region: string): KeyPurpose {
  return {
    name: 'flow_logs',
    description: 'VPC flow logs in CloudWatch',
    pattern: /flow[-_ ]?logs?/i,
    statements: (root) => {
      const account = root.replace(/^arn:aws:iam::/, '').replace(/:root$/, '')
      return [
        `{
    Sid       = "CloudWatchLogs"
    Effect    = "Allow"
    Principal = { Service = "logs.\${${region}}.amazonaws.com" }
    Action    = ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"]
    Resource  = "*"
    Condition = {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:\${${region}}:${account}:log-group:${GROUPS}/*" }
    }
  }`,
      ]
    },
  }
}

/** The region that a provider works in, as an expression; declared if it is not there. `id` is its name in all versions. */
function regionOf(session: FixSession, dir: string, provider: string | undefined): string {
  const { edits, estate, done } = session
  for (const document of estate.moduleDocuments(dir)) {
    for (const item of document.body.items) {
      if (item.kind !== 'block' || item.type !== 'data' || item.labels[0]?.value !== 'aws_region') continue
      const theirs = providerOf({ document, block: item })
      if (theirs === provider) return `data.aws_region.${item.labels[1]?.value ?? 'current'}.id`
    }
  }
  const name = provider?.split('.')[1] ?? 'current'
  const key = `region ${dir} ${name}`
  if (!done.has(key)) {
    done.add(key)
    const items: readonly ItemSpec[] = provider === undefined ? [] : [attribute('provider', raw(provider))]
    addTopBlocks(edits, estate, dir, 'data.tf', [block('data', items, ['aws_region', name])])
  }
  return `data.aws_region.${name}.id`
}

function nextSteps(complaints: readonly Complaint[], { values }: FixContext): readonly NextStep[] {
  return uniqueSteps([
    ...planSteps(
      complaints.map(({ at }) => at.resource.root),
      'flow logs, log groups, roles and a key are added; the VPC does not change',
    ),
    ...(values.kmsKeyArn === undefined
      ? []
      : [
          {
            kind: 'rollout' as const,
            text: 'Before applying, let logs.REGION.amazonaws.com use the key of values.kmsKeyArn by its policy',
          },
        ]),
    {
      kind: 'prove',
      text: 'Records arrive, within a quarter of an hour',
      command:
        "aws ec2 describe-flow-logs --query 'FlowLogs[].[ResourceId,FlowLogStatus,DeliverLogsStatus]' --output table",
    },
    {
      kind: 'read',
      text: 'Watch the price for a week: aws logs describe-log-groups shows storedBytes. REJECT alone is much less, and shows less.',
    },
  ])
}
