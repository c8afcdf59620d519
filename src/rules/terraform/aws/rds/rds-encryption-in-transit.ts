import type { Estate } from '../../../../resources/estate.ts'
import { asString, decide, Place, type Reading } from '../../../../resources/place.ts'
import { defineRule, notApplicable, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { engineOf, inCluster } from '../../../shared/terraform-databases.ts'

interface Parameter {
  readonly engines: RegExp
  readonly name: string
  /** Versions (`16.4`) and families (`postgres16`) whose own default is on. */
  readonly onByDefault: RegExp
  /** The version that AWS takes if none is stated is one of these. */
  readonly newestIsOn?: true
}

// Defaults by AWS's user guides for RDS and Aurora, read in 2026.
const PARAMETERS: readonly Parameter[] = [
  {
    engines: /^postgres$/,
    name: 'rds.force_ssl',
    onByDefault: /^(?:postgres)?(?:1[5-9]|[2-9]\d)(?:\.|$)/,
    newestIsOn: true,
  },
  {
    engines: /^aurora-postgresql$/,
    name: 'rds.force_ssl',
    onByDefault: /^(?:aurora-postgresql)?(?:1[7-9]|[2-9]\d)(?:\.|$)/,
  },
  { engines: /^sqlserver/, name: 'rds.force_ssl', onByDefault: /^never$/ },
  { engines: /^(?:mysql|aurora|aurora-mysql)$/, name: 'require_secure_transport', onByDefault: /^never$/ },
  { engines: /^mariadb$/, name: 'require_secure_transport', onByDefault: /^(?:mariadb)?(?:11\.[89]|1[2-9]\.)/ },
]
const GROUPS: Readonly<Record<string, { readonly via: string; readonly type: string }>> = {
  aws_db_instance: { via: 'parameter_group_name', type: 'aws_db_parameter_group' },
  aws_rds_cluster: { via: 'db_cluster_parameter_group_name', type: 'aws_rds_cluster_parameter_group' },
}
const ON: ReadonlySet<string> = new Set(['1', 'on', 'true'])

export default defineRule({
  id: 'rds-encryption-in-transit',
  version: '2',
  title: 'Databases refuse connections without TLS',
  severity: 'medium',
  severityReason:
    'Passwords and rows pass in the clear between client and database; reading them takes a foothold in the network, ' +
    'hence not high.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV2_AWS_69'],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  messages: { plain: 'Connections to {database} without TLS are accepted: `{parameter}` is not on.' },
  remediation:
    'Set the parameter (`rds.force_ssl` for PostgreSQL and SQL Server, `require_secure_transport` for MySQL and ' +
    'MariaDB) to 1 in a parameter group of your own. Check first that every client connects with TLS.',
  *check(database, context) {
    const { estate } = context
    const aurora = inCluster('parameters')(database, context)
    if (aurora !== undefined) return yield aurora
    const engine = engineOf(database)
    if (engine.kind !== 'known')
      return yield undecided(database.get('engine'), engine.kind === 'absent' ? 'no engine is stated' : engine.reason)
    const parameter = PARAMETERS.find(({ engines }) => engines.test(engine.value))
    if (parameter === undefined) return yield notApplicable(`${engine.value} has no parameter that demands TLS`)
    const data = { database: database.resource.name, parameter: parameter.name }
    const at = database.get(GROUPS[database.resource.type]?.via ?? '')
    const group = groupOf(at, database, estate)
    if (group === undefined) yield undecided(at, 'what its parameter group holds is not in the code')
    else if (group === 'default') yield* byDefault(at, database.get('engine_version').string())
    else yield* inGroup(group)

    function* byDefault(place: Place, version: Reading<string>) {
      const on = decide(version, (value) =>
        value === undefined ? parameter?.newestIsOn === true : parameter?.onByDefault.test(value) === true,
      )
      if (on === 'unknown') yield undecided(database.get('engine_version'))
      else if (on === 'no') yield { at: place, message: 'plain' as const, data }
    }

    function* inGroup(holder: Place) {
      const parameters = holder.get('parameter')
      const own = parameters.items().find((item) => named(item, data.parameter))
      if (own !== undefined) {
        const value = own.get('value')
        const holds = (text: string | undefined) => text !== undefined && ON.has(text.toLowerCase())
        yield* requireAttribute({ at: value, reading: value.string(), holds, message: 'plain', data })
      } else if (parameters.mayHaveMore() || parameters.items().some(({ certain }) => !certain)) {
        yield undecided(parameters, 'the parameter group may have more parameters')
      } else {
        const family = holder.get('family').string()
        yield* byDefault(holder, family)
      }
    }
  },
})

function named(item: Place, name: string): boolean {
  const reading = item.get('name').string()
  return reading.kind === 'known' && reading.value === name
}

/** The parameter group, if it is declared here; `default` for the one that AWS made. */
function groupOf(at: Place, database: Place, estate: Estate): Place | 'default' | undefined {
  const type = GROUPS[database.resource.type]?.type ?? ''
  if (at.absent) return 'default'
  const { resource } = database
  const [declared] = (at.value?.refs ?? [])
    .flatMap((reference) => estate.resolve(reference))
    .filter((one) => one.type === type)
  if (declared !== undefined) return Place.of(declared)
  const name = at.value === undefined ? undefined : asString(at.value)
  if (name === undefined || resource.kind !== 'terraform') return undefined
  if (name.startsWith('default.')) return 'default'
  const same = estate
    .terraform(type, resource.root)
    .map((one) => Place.of(one))
    .find((group) => named(group, name))
  return same
}
