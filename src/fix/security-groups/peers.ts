import { addTopBlocks, attribute, attributeOf, block, findAttribute, folderOf, raw } from '../../edit/hcl/index.ts'
import { usersOf } from '../../resources/aws/security-group-users.ts'
import { type Estate, oncePerEstateAnd } from '../../resources/estate.ts'
import { mentions } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import type { FixValues } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import { freeName } from '../shared/target.ts'

/** What runs the code that uses databases. */
const APPLICATIONS: ReadonlySet<string> = new Set([
  'aws_instance',
  'aws_launch_template',
  'aws_launch_configuration',
  'aws_ecs_service',
  'aws_lambda_function',
  'aws_eks_cluster',
  'aws_apprunner_vpc_connector',
  'aws_batch_compute_environment',
  'aws_elastic_beanstalk_environment',
])

export const BALANCERS: ReadonlySet<string> = new Set(['aws_lb', 'aws_alb', 'aws_elb'])

/** Databases, caches and search clusters, with the attribute or the engine that tells their port. */
export const STORES: ReadonlySet<string> = new Set([
  'aws_db_instance',
  'aws_rds_cluster',
  'aws_docdb_cluster',
  'aws_neptune_cluster',
  'aws_redshift_cluster',
  'aws_elasticache_cluster',
  'aws_elasticache_replication_group',
  'aws_memorydb_cluster',
])

/** What has the group. */
export const membersOf = oncePerEstateAnd((estate, group: TerraformResource) => usersOf([group], estate, group.root))

/** A group that a rule can let in, as an expression of the rule's module. */
export interface Peer {
  readonly expression: string
  /** For people: its address, or its id. */
  readonly shown: string
  /** What has it. */
  readonly users: readonly TerraformResource[]
}

/** The single group of the applications that may use what is behind `group`; several if that cannot be told. */
export function applicationGroups(estate: Estate, from: TerraformResource, group?: TerraformResource): readonly Peer[] {
  const all = peers(estate, from, group, (user) => APPLICATIONS.has(user.type))
  if (all.length < 2 || group === undefined) return all
  const stores = membersOf(estate, group)
  const naming = all.filter(({ users }) => users.some((user) => stores.some((store) => mentions(user.value, store))))
  return naming.length === 1 ? naming : all
}

/** The groups of load balancers that are meant to be reached from the internet. */
export function balancerGroups(estate: Estate, from: TerraformResource, group?: TerraformResource): readonly Peer[] {
  return peers(estate, from, group, (user) => {
    const internal = Place.of(user).get('internal').bool()
    return BALANCERS.has(user.type) && !(internal.kind === 'known' && internal.value)
  })
}

function peers(
  estate: Estate,
  { root, modulePath }: TerraformResource,
  group: TerraformResource | undefined,
  fits: (user: TerraformResource) => boolean,
): readonly Peer[] {
  const network = group === undefined ? undefined : networkText(group)
  return estate
    .terraform('aws_security_group', root)
    .filter((other) => other.modulePath === modulePath && other !== group && !other.dormant && isSingle(other))
    .filter((other) => network === undefined || networkText(other) === network)
    .map((other) => ({
      expression: `aws_security_group.${other.name}.id`,
      shown: other.address,
      users: membersOf(estate, other).filter(fits),
    }))
    .filter(({ users }) => users.length > 0)
}

function isSingle({ source }: TerraformResource): boolean {
  if (source === undefined) return false
  return findAttribute(source.block, 'count') === undefined && findAttribute(source.block, 'for_each') === undefined
}

function networkText(group: TerraformResource): string | undefined {
  const own = attributeOf(Place.of(group).get('vpc_id'))
  return own === undefined ? undefined : own.document.text.slice(own.value.start, own.value.end)
}

/** The group that `secops.yaml` names for the applications: an id, or a group that is declared in the same module. */
export function givenGroup(
  estate: Estate,
  { applicationSecurityGroup }: FixValues,
  from: TerraformResource,
): Peer | undefined {
  if (typeof applicationSecurityGroup !== 'string') return undefined
  const given = applicationSecurityGroup.trim()
  if (/^sg-[0-9a-f]+$/.test(given)) return { expression: JSON.stringify(given), shown: given, users: [] }
  const name = /^aws_security_group\.([\w-]+)(?:\.id)?$/.exec(given)?.[1]
  const declared = estate
    .terraform('aws_security_group', from.root)
    .find((group) => group.name === name && group.modulePath === from.modulePath && isSingle(group))
  if (declared === undefined) return undefined
  return {
    expression: `aws_security_group.${declared.name}.id`,
    shown: declared.address,
    users: membersOf(estate, declared),
  }
}

/** How the range of a group's VPC is written where the group is. */
export interface Network {
  readonly expression: string
  /** A data source to add first, by its label, with its arguments. */
  readonly lookup?: { readonly name: string; readonly argument: string; readonly value: string }
}

/** The range of the VPC that a group is in; undefined where its VPC is another one for each instance. */
export function networkOf(
  estate: Estate,
  group: TerraformResource | undefined,
  from: TerraformResource,
): Network | undefined {
  if (group?.source === undefined || group.modulePath !== from.modulePath || group.root !== from.root) return undefined
  const dir = folderOf(group.source.document.path)
  if (from.source === undefined || folderOf(from.source.document.path) !== dir) return undefined
  const place = Place.of(group).get('vpc_id')
  const own = attributeOf(place)
  const written = own?.document.text.slice(own.value.start, own.value.end)
  const text = written?.replace(/^"\$\{\s*([^"{}]+?)\s*\}"$/, '$1')
  const direct = text === undefined ? undefined : /^((?:data\.)?aws_(?:default_)?vpc\.[\w-]+)\.id$/.exec(text)?.[1]
  if (direct !== undefined) return { expression: `${direct}.cidr_block` }
  if (text !== undefined && (/\b(?:each|count)\./.test(text) || text.includes('\n') || text.startsWith('"'))) {
    return undefined
  }
  const name = freeName({ estate, dir }, 'aws_vpc', text === undefined ? 'default' : group.name, 'network')
  return {
    expression: `data.aws_vpc.${name}.cidr_block`,
    lookup: { name, argument: text === undefined ? 'default' : 'id', value: text ?? 'true' },
  }
}

/** Adds the data source that a network is looked up with, once. */
export function lookUp({ edits, estate, done }: FixSession, from: TerraformResource, { lookup }: Network): void {
  if (lookup === undefined || from.source === undefined) return
  const dir = folderOf(from.source.document.path)
  const key = `network ${dir} ${lookup.name}`
  if (done.has(key)) return
  done.add(key)
  addTopBlocks(edits, estate, dir, 'data.tf', [
    block('data', [attribute(lookup.argument, raw(lookup.value))], ['aws_vpc', lookup.name]),
  ])
}
