import { matchesPattern } from '../../resources/aws/iam-actions.ts'
import { textOf } from '../../resources/aws/iam-resources.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { readPolicy } from '../../resources/terraform/policy.ts'
import type { KeyPlace, KeyPurpose, KeyScope } from '../shared/key.ts'
import { dependents } from '../shared/references.ts'
import { groupsFor, isWithin, logsStatement, servesLogs } from './log-groups.ts'

/** What a key of a module is for; services that use it are read from what the module declares. */
export function purposeOf(type: string, estate: Estate, place: KeyPlace): KeyPurpose {
  switch (type) {
    case 'aws_cloudwatch_log_group': {
      const names = groupsFor(estate, place)
      return {
        name: 'logs',
        description: 'CloudWatch log groups',
        pattern: /(?:^|[^a-z0-9])(?:logs?|log groups?|cloudwatch)(?:$|[^a-z0-9])/i,
        statements: (_root, scope) => [logsStatement(names, scope)],
        serves: (key) => servesLogs(key, names),
      }
    }
    case 'aws_sns_topic': {
      const services = publishersOf(estate, place)
      return {
        name: 'messages',
        description: 'Messages of SNS topics',
        pattern: /(?:^|[^a-z0-9])(?:messages?|sns|topics?|notifications?|alerts?)(?:$|[^a-z0-9])/i,
        statements: (_root, scope) => (services.length === 0 ? [] : [publishStatement(services, scope)]),
        serves: (key) => lets(key, services),
      }
    }
    case 'aws_cloudtrail':
      return {
        name: 'trail',
        description: 'Log files of CloudTrail',
        pattern: /(?:^|[^a-z0-9])(?:trail|cloudtrail)(?:$|[^a-z0-9])/i,
        statements: (_root, scope) => [trailStatement(scope)],
        serves: (key) => lets(key, ['cloudtrail.amazonaws.com']),
      }
    case 'aws_kinesis_stream':
      return { name: 'streams', description: 'Records of Kinesis streams', pattern: /\b(?:kinesis|streams?)\b/i }
    case 'aws_dynamodb_table':
      return { name: 'tables', description: 'DynamoDB tables', pattern: /\b(?:dynamodb|tables?)\b/i }
    case 'aws_secretsmanager_secret':
      return { name: 'secrets', description: 'Secrets of Secrets Manager', pattern: /\bsecrets?\b/i }
    case 'aws_ssm_parameter':
      return {
        name: 'parameters',
        description: 'Parameters of Systems Manager',
        pattern: /\b(?:ssm|parameters?)\b/i,
      }
    default:
      return {
        name: 'functions',
        description: 'Environments of Lambda functions',
        pattern: /\b(?:lambda|functions?)\b/i,
      }
  }
}

/** Types of resources that publish to a topic they name, and the service that does it. */
const PUBLISHERS: Readonly<Record<string, string>> = {
  aws_budgets_budget: 'budgets.amazonaws.com',
  aws_cloudtrail: 'cloudtrail.amazonaws.com',
  aws_cloudwatch_composite_alarm: 'cloudwatch.amazonaws.com',
  aws_cloudwatch_event_target: 'events.amazonaws.com',
  aws_cloudwatch_metric_alarm: 'cloudwatch.amazonaws.com',
  aws_codestarnotifications_notification_rule: 'codestar-notifications.amazonaws.com',
  aws_config_delivery_channel: 'config.amazonaws.com',
  aws_db_event_subscription: 'events.rds.amazonaws.com',
  aws_s3_bucket_notification: 's3.amazonaws.com',
  aws_ses_identity_notification_topic: 'ses.amazonaws.com',
}

/** The services that publish to topics of a module, as far as it shows. */
export function publishersOf(
  estate: Estate,
  { root, modulePath }: Pick<KeyPlace, 'root' | 'modulePath'>,
): readonly string[] {
  // A module that takes its key from here has its topics below.
  const topics = estate.terraform('aws_sns_topic', root).filter((topic) => isWithin(topic.modulePath, modulePath))
  const services = topics.flatMap((topic) => dependents(estate, topic).map(({ type }) => PUBLISHERS[type]))
  return [...new Set(services.filter((service) => service !== undefined))].toSorted()
}

function publishStatement(services: readonly string[], scope: KeyScope): string {
  const list = services.map((service) => `"${service}"`).join(', ')
  return `{
    Sid       = "Publishers"
    Effect    = "Allow"
    Principal = { Service = ${services.length === 1 ? list : `[${list}]`} }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceAccount" = ${scope.accountId().slice(2, -1)} } }
  }`
}

function trailStatement(scope: KeyScope): string {
  return `{
    Sid       = "CloudTrail"
    Effect    = "Allow"
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Action    = ["kms:DescribeKey", "kms:GenerateDataKey*"]
    Resource  = "*"
    Condition = { ArnLike = { "aws:SourceArn" = "arn:aws:cloudtrail:*:${scope.accountId()}:trail/*" } }
  }`
}

/** Whether a key's policy lets each of the services make data keys. */
function lets(key: TerraformResource, services: readonly string[]): boolean {
  const policy = readPolicy(Place.of(key).get('policy'))
  if (policy.kind !== 'known') return services.length === 0
  return services.every((service) =>
    policy.statements.some(({ effect, principals, actions }) => {
      const names = principals.entries
        .filter(({ type }) => type === 'Service')
        .flatMap(({ place }) => (place.value?.kind === 'list' ? place.items() : [place]))
        .map(({ value }) => textOf(value))
      const allows = effect.kind === 'known' && effect.value === 'Allow'
      return (
        allows && names.includes(service) && actions.known.some((one) => matchesPattern(one, 'kms:GenerateDataKey'))
      )
    }),
  )
}
