import type { Estate } from '../../resources/estate.ts'
import { mentions } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { BALANCERS, STORES } from './peers.ts'

/** What a group is for, told by what has it. */
export type Tier =
  | { readonly kind: 'balancer' | 'store' | 'backend'; readonly port: number }
  /** A load balancer with listeners on several ports. */
  | { readonly kind: 'several' }

const COMPUTE: ReadonlySet<string> = new Set([
  'aws_instance',
  'aws_ecs_service',
  'aws_launch_template',
  'aws_launch_configuration',
])

const ENGINE_PORTS: readonly (readonly [RegExp, number])[] = [
  [/postgres/, 5432],
  [/mysql|mariadb|^aurora$/, 3306],
  [/sqlserver/, 1433],
  [/oracle/, 1521],
  [/redis|valkey/, 6379],
  [/memcached/, 11_211],
  [/docdb/, 27_017],
  [/neptune/, 8182],
]

const TYPE_PORTS: Readonly<Record<string, number>> = {
  aws_docdb_cluster: 27_017,
  aws_neptune_cluster: 8182,
  aws_redshift_cluster: 5439,
  aws_elasticache_replication_group: 6379,
  aws_memorydb_cluster: 6379,
}

/** The tier of a group; undefined if its members are of several tiers, or do not say which port they answer on. */
export function tierOf(estate: Estate, members: readonly TerraformResource[]): Tier | undefined {
  if (members.length === 0) return undefined
  const all = (types: ReadonlySet<string>): boolean => members.every(({ type }) => types.has(type))
  if (all(STORES)) return onePort(members.map(storePort), 'store')
  if (all(BALANCERS)) {
    const ports = new Set(members.flatMap((balancer) => listenerPorts(estate, balancer)))
    if (ports.size > 1) return { kind: 'several' }
    return onePort([...ports], 'balancer')
  }
  return all(COMPUTE) ? onePort(targetPorts(estate, members), 'backend') : undefined
}

function onePort(ports: readonly (number | undefined)[], kind: 'balancer' | 'store' | 'backend'): Tier | undefined {
  const [port] = ports
  return port !== undefined && ports.every((other) => other === port) ? { kind, port } : undefined
}

function storePort(store: TerraformResource): number | undefined {
  const place = Place.of(store)
  const port = place.get('port').number()
  if (port.kind === 'known') return port.value
  if (port.kind === 'unknown') return undefined
  const engine = place.get('engine').string()
  if (engine.kind !== 'known') return engine.kind === 'absent' ? TYPE_PORTS[store.type] : undefined
  return ENGINE_PORTS.find(([pattern]) => pattern.test(engine.value))?.[1]
}

function listenerPorts(estate: Estate, balancer: TerraformResource): readonly number[] {
  const own = Place.of(balancer)
    .get('listener')
    .items()
    .map((listener) => listener.get('lb_port').number())
  const listeners = ['aws_lb_listener', 'aws_alb_listener']
    .flatMap((type) => estate.terraform(type, balancer.root))
    .filter((listener) => mentions(listener.value, balancer))
    .map((listener) => Place.of(listener).get('port').number())
  return [...own, ...listeners].flatMap((port) => (port.kind === 'known' ? [port.value] : []))
}

/** The ports of the target groups that the members are registered in. */
function targetPorts(estate: Estate, members: readonly TerraformResource[]): readonly number[] {
  const [first] = members
  if (first === undefined) return []
  const attachments = estate
    .terraform('aws_lb_target_group_attachment', first.root)
    .filter((attachment) => members.some((member) => mentions(attachment.value, member)))
  return estate
    .terraform('aws_lb_target_group', first.root)
    .filter((group) => [...attachments, ...members].some((user) => mentions(user.value, group)))
    .flatMap((group) => {
      const port = Place.of(group).get('port').number()
      return port.kind === 'known' ? [port.value] : []
    })
}
