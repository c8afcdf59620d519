import type { TerraformResource } from '../../resources/resource.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { dependents } from '../shared/references.ts'
import type { TerraformTarget } from '../shared/target.ts'
import { publishersOf } from './purposes.ts'
import { isDecidedElsewhere, periodOf } from './retention.ts'
import { runbookFor } from './runbook.ts'

type Judgement = Pick<Assessment, 'rank' | 'title' | 'minutes'> & Partial<Pick<Assessment, 'reason'>>

/** What one fix would be; the rank depends on who has to be allowed to use the key. */
export function assessComplaint(
  target: TerraformTarget,
  complaint: Complaint,
  context: FixContext,
): Assessment | FixRefusal {
  const judged = judge(target, complaint, context)
  const { rank, reason } = judged
  const users = rank === 'E' ? [] : dependents(context.estate, target.resource).map(({ address }) => address)
  return {
    ...judged,
    // One key serves all of a module, so that what needs it is built together.
    group: `${target.resource.root}#${target.dir}`,
    ...(users.length > 0 && { blastRadius: users }),
    ...(rank === 'C' && { runbook: runbookFor(target, complaint, reason ?? '') }),
  }
}

function judge({ resource }: TerraformTarget, complaint: Complaint, context: FixContext): Judgement {
  const { estate, values } = context
  switch (complaint.ruleId) {
    case 'cloudwatch-log-retention':
    case 'cloudwatch-log-retention-set':
      return judgeRetention(complaint, context)
    case 'cloudwatch-log-encryption':
      return values.kmsKeyArn === undefined
        ? {
            rank: 'D',
            title: 'Encrypt new log events with a key',
            minutes: 5,
            reason: 'Who reads logs by CloudWatch needs no right to the key; once the key is gone, so are the logs.',
          }
        : {
            rank: 'C',
            title: 'Encrypt new log events with the key of secops.yaml',
            minutes: 10,
            reason:
              'The code does not show whether the policy of that key lets CloudWatch Logs use it: if not, apply fails.',
          }
    case 'cloudtrail-kms-encryption':
      return {
        rank: values.kmsKeyArn === undefined ? 'D' : 'C',
        title: 'Encrypt new log files of the trail with a key',
        minutes: 10,
        reason: 'Whoever reads the log files needs kms:Decrypt on the key from now on.',
      }
    case 'cloudtrail-cloudwatch-logs':
      return {
        rank: 'D',
        title: 'Send the events of the trail to a log group',
        minutes: 10,
        reason: 'CloudWatch charges for what it takes in; management events are little, data events can be much.',
      }
    case 'sns-topic-encrypted':
      return judgeTopic(resource, context)
    case 'kinesis-stream-encrypted':
      return {
        rank: 'C',
        title: 'Encrypt the stream with a key',
        minutes: 15,
        reason: `Producers need kms:GenerateDataKey and consumers kms:Decrypt on the key${whoOf(context, resource)}.`,
      }
    case 'dynamodb-customer-managed-key':
      return {
        rank: 'C',
        title: 'Encrypt the table with a key of your own',
        minutes: 15,
        reason: `Whoever uses the table needs kms:Decrypt on the key${whoOf({ estate }, resource)}.`,
      }
    case 'secretsmanager-customer-managed-key':
    case 'ssm-parameter-customer-managed-key':
      return {
        rank: 'C',
        title: `Encrypt the ${complaint.ruleId.startsWith('ssm') ? 'parameter' : 'secret'} with a key of your own`,
        minutes: 15,
        reason: `Whoever reads it needs kms:Decrypt on the key${whoOf({ estate }, resource)}.`,
      }
    default:
      return {
        rank: 'C',
        title: 'Encrypt the environment of the function with a key',
        minutes: 10,
        reason: 'The role of the function needs kms:Decrypt on the key, or it no longer starts.',
      }
  }
}

function judgeRetention(complaint: Complaint, context: FixContext): Judgement {
  const days = periodOf(complaint, context)
  const title = days === 0 ? 'Keep the logs for ever' : `Keep the logs for ${days} days`
  if (complaint.key === 'unstated') {
    const reason = `Events older than ${days} days, which are kept so far, would be deleted; use 0 to keep them for ever.`
    return { rank: 'C', title, minutes: 10, reason }
  }
  if (!isDecidedElsewhere(context, complaint)) return { rank: 'E', title, minutes: 1 }
  return { rank: 'C', title, minutes: 5, reason: 'Somebody wrote a condition for the period, so somebody may mean it.' }
}

function judgeTopic(topic: TerraformResource, context: FixContext): Judgement {
  const services = publishersOf(context.estate, topic)
  const reason =
    'Whoever publishes needs kms:GenerateDataKey and kms:Decrypt on the key' +
    whoOf(context, topic) +
    (services.length === 0 ? '.' : `; its policy lets ${services.join(', ')} use it, which this module shows.`)
  return { rank: 'C', title: 'Encrypt messages of the topic with a key', minutes: 15, reason }
}

/** Policies of the project that name a resource: what they give needs the key too. */
function whoOf({ estate }: Pick<FixContext, 'estate'>, resource: TerraformResource): string {
  const who = dependents(estate, resource)
    .filter(({ type }) => /aws_iam_/.test(type))
    .map(({ address }) => address)
  return who.length === 0 ? '' : `: ${who.join(', ')}`
}
