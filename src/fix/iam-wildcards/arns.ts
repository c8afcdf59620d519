import type { Estate } from '../../resources/estate.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { dependsOn } from '../shared/references.ts'
import { rootAttribute } from '../shared/target.ts'

/** The ARN of a declared resource, or what lies below it. */
export interface DeclaredArn {
  readonly resource: TerraformResource
  /** As expressions of the policy's module say it: `aws_s3_bucket.logs["a"].arn`. */
  readonly expression: string
  /** `/*` for the objects of a bucket. */
  readonly suffix: string
}

interface ArnSource {
  readonly terraform: string
  readonly suffixes: readonly string[]
}

function of(terraform: string, ...suffixes: readonly string[]): ArnSource {
  return { terraform, suffixes: suffixes.length === 0 ? [''] : suffixes }
}

/**
 * Which Terraform resource has the ARN of a type of AWS's Service Authorization Reference. A log group's ARN needs `:*`
 * for all but its tags, a search domain's `/*` for what is in it.
 */
const SOURCES: ReadonlyMap<string, ArnSource> = new Map([
  ['acm:certificate', of('aws_acm_certificate')],
  ['backup:backupVault', of('aws_backup_vault')],
  ['cloudfront:distribution', of('aws_cloudfront_distribution')],
  ['cloudtrail:trail', of('aws_cloudtrail')],
  ['cloudwatch:alarm', of('aws_cloudwatch_metric_alarm')],
  ['codebuild:project', of('aws_codebuild_project')],
  ['codepipeline:pipeline', of('aws_codepipeline')],
  ['dynamodb:table', of('aws_dynamodb_table')],
  ['dynamodb:index', of('aws_dynamodb_table', '/index/*')],
  ['ec2:instance', of('aws_instance')],
  ['ec2:internet-gateway', of('aws_internet_gateway')],
  ['ec2:launch-template', of('aws_launch_template')],
  ['ec2:network-acl', of('aws_network_acl')],
  ['ec2:network-interface', of('aws_network_interface')],
  ['ec2:route-table', of('aws_route_table')],
  ['ec2:security-group', of('aws_security_group')],
  ['ec2:snapshot', of('aws_ebs_snapshot')],
  ['ec2:subnet', of('aws_subnet')],
  ['ec2:volume', of('aws_ebs_volume')],
  ['ec2:vpc', of('aws_vpc')],
  ['ec2:vpc-endpoint', of('aws_vpc_endpoint')],
  ['ecr:repository', of('aws_ecr_repository')],
  ['ecs:cluster', of('aws_ecs_cluster')],
  ['ecs:task-definition', of('aws_ecs_task_definition')],
  ['eks:cluster', of('aws_eks_cluster')],
  ['eks:nodegroup', of('aws_eks_node_group')],
  ['elasticache:cluster', of('aws_elasticache_cluster')],
  ['elasticache:replicationgroup', of('aws_elasticache_replication_group')],
  ['elasticfilesystem:file-system', of('aws_efs_file_system')],
  ['elasticloadbalancing:loadbalancer/app/', of('aws_lb')],
  ['elasticloadbalancing:loadbalancer/net/', of('aws_lb')],
  ['elasticloadbalancing:targetgroup', of('aws_lb_target_group')],
  ['es:domain', of('aws_elasticsearch_domain', '', '/*')],
  ['events:rule-on-default-event-bus', of('aws_cloudwatch_event_rule')],
  ['events:event-bus', of('aws_cloudwatch_event_bus')],
  ['firehose:deliverystream', of('aws_kinesis_firehose_delivery_stream')],
  ['kafka:cluster', of('aws_msk_cluster')],
  ['kinesis:stream', of('aws_kinesis_stream')],
  ['kms:key', of('aws_kms_key')],
  ['lambda:function', of('aws_lambda_function')],
  ['logs:log-group', of('aws_cloudwatch_log_group', '', ':*')],
  ['logs:log-stream', of('aws_cloudwatch_log_group', ':*')],
  ['rds:cluster', of('aws_rds_cluster')],
  ['rds:db', of('aws_db_instance')],
  ['rds:pg', of('aws_db_parameter_group')],
  ['rds:snapshot', of('aws_db_snapshot')],
  ['rds:subgrp', of('aws_db_subnet_group')],
  ['s3:bucket', of('aws_s3_bucket')],
  ['s3:object', of('aws_s3_bucket', '/*')],
  ['secretsmanager:Secret', of('aws_secretsmanager_secret')],
  ['sns:topic', of('aws_sns_topic')],
  ['sqs:queue', of('aws_sqs_queue')],
  ['ssm:document', of('aws_ssm_document')],
  ['ssm:parameter', of('aws_ssm_parameter')],
  ['states:statemachine', of('aws_sfn_state_machine')],
])

/** Terraform's type for one of AWS's, such as `aws_s3_bucket` for `s3:object`; undefined if none is known. */
export function terraformType(type: string): string | undefined {
  return SOURCES.get(type)?.terraform
}

/** Terraform's types that have an ARN of which something is known here. */
export const TERRAFORM_TYPES: readonly string[] = [...new Set([...SOURCES.values()].map(({ terraform }) => terraform))]

/** Services whose resources can be declared with an ARN. */
export const SERVICES: readonly string[] = [...new Set([...SOURCES.keys()].map(serviceOf))]

function serviceOf(type: string): string {
  return type.slice(0, type.indexOf(':'))
}

export function typesOf(service: string): readonly string[] {
  return [...SOURCES.keys()].filter((type) => serviceOf(type) === service)
}

/** The service whose actions work on a Terraform resource's ARN. */
export function serviceOfTerraform(terraform: string): string | undefined {
  for (const [type, source] of SOURCES) if (source.terraform === terraform) return serviceOf(type)
  return undefined
}

/**
 * The ARNs of everything of one type that the policy's own module declares, in order of the addresses. Left out is what
 * has no address of its own yet, and what depends on the policy itself: to name that would be a cycle.
 */
export function declaredArns(estate: Estate, policy: TerraformResource, type: string): readonly DeclaredArn[] {
  const source = SOURCES.get(type)
  if (source === undefined) return []
  return declared(estate, policy, source.terraform).flatMap((resource) =>
    source.suffixes.map((suffix) => ({ resource, expression: arnOf(resource), suffix })),
  )
}

/** Resources of a Terraform type that a policy of the same module can refer to. */
export function declared(estate: Estate, policy: TerraformResource, terraform: string): readonly TerraformResource[] {
  return estate
    .terraform(terraform, policy.root)
    .filter(
      (resource) =>
        resource.modulePath === policy.modulePath &&
        !resource.dormant &&
        hasOwnAddress(resource) &&
        !dependsOn(estate, resource, policy),
    )
    .toSorted((a, b) => (a.address < b.address ? -1 : 1))
}

/**
 * A resource of a type of which it is not known how many there are, so that no list of ARNs names them all. To leave it
 * out of such a list would take the right to it away without a word.
 */
export function uncounted(estate: Estate, policy: TerraformResource, terraform: string): TerraformResource | undefined {
  return estate
    .terraform(terraform, policy.root)
    .find(
      (resource) =>
        resource.modulePath === policy.modulePath &&
        !resource.dormant &&
        !hasOwnAddress(resource) &&
        !dependsOn(estate, resource, policy),
    )
}

export function arnOf({ address, modulePath }: TerraformResource): string {
  return `${modulePath === '' ? address : address.slice(modulePath.length + 1)}.arn`
}

/** False for a resource whose `count` or `for_each` is not known: it may be none or several. */
function hasOwnAddress({ source, address }: TerraformResource): boolean {
  if (source === undefined) return false
  const several = rootAttribute(source, 'count') ?? rootAttribute(source, 'for_each')
  return several === undefined || address.endsWith(']')
}
