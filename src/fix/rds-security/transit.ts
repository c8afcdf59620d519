import {
  attribute,
  block,
  type BlockSpec,
  containerOf,
  type EditRefusal,
  notEditable,
  raw,
  resource,
  setOwnAttribute,
  setPlace,
  template,
} from '../../edit/hcl/index.ts'
import { asString, Place } from '../../resources/place.ts'
import { type FixSession, once } from '../shared/session.ts'
import { freeName, metaArguments, rootAttribute } from '../shared/target.ts'
import { nameText } from './encryption.ts'
import { engineOf } from './logs.ts'
import type { Remedy, Session } from './session.ts'

const GROUPS: Readonly<Record<string, { readonly via: string; readonly type: string }>> = {
  aws_db_instance: { via: 'parameter_group_name', type: 'aws_db_parameter_group' },
  aws_rds_cluster: { via: 'db_cluster_parameter_group_name', type: 'aws_rds_cluster_parameter_group' },
}

/** Engines that can demand TLS, with the parameter, and their families by version. */
const ENGINES: readonly (readonly [RegExp, string, (version: string, engine: string) => string | undefined])[] = [
  [
    /^(?:aurora-)?postgresq?l?$/,
    'rds.force_ssl',
    (version, engine) => joined(engine, /^(?:9\.\d+|\d+)/.exec(version)?.[0]),
  ],
  [/^sqlserver-/, 'rds.force_ssl', (version, engine) => joined(`${engine}-`, /^\d+/.exec(version)?.[0], '.0')],
  [
    /^(?:mysql|mariadb)$/,
    'require_secure_transport',
    (version, engine) => joined(engine, /^\d+\.\d+/.exec(version)?.[0]),
  ],
  [/^aurora-mysql$/, 'require_secure_transport', (version, engine) => joined(engine, /^\d+\.\d+/.exec(version)?.[0])],
]

function joined(engine: string, version: string | undefined, tail = ''): string | undefined {
  return version === undefined ? undefined : `${engine}${version}${tail}`
}

/** Families that do not know the parameter yet, by the RDS user guide. */
const TOO_OLD = /^(?:mysql5\.[1-6]|mariadb10\.[0-4]|postgres9\.[0-5])$/

/** The family of a new parameter group; undefined where the version is not stated, or too old for the parameter. */
function familyOf(database: Place): string | undefined {
  const engine = engineOf(database)
  const version = database.get('engine_version').string()
  if (engine === undefined || version.kind !== 'known') return undefined
  const family = ENGINES.find(([engines]) => engines.test(engine))?.[2](version.value, engine)
  return family === undefined || TOO_OLD.test(family) ? undefined : family
}

export const demandTls: Remedy = {
  judge: ({ at }) => {
    const place = Place.of(at.resource)
    const creates = GROUPS[at.resource.type] !== undefined && at.path.length > 0
    if (creates && familyOf(place) === undefined) {
      const refused = 'it needs a parameter group of its family, which the engine and its version do not tell'
      return { code: 'no-fix', refused }
    }
    return {
      rank: 'C',
      title: creates
        ? 'Refuse connections without TLS, by a parameter group of its own'
        : 'Refuse connections without TLS',
      minutes: 30,
      reason: `Clients that connect without TLS are shut out, and the code does not show whether there are any.${creates ? ' The group counts from the next restart on.' : ''}`,
      steps: [
        'Look who connects without TLS: PostgreSQL `select usename, client_addr from pg_stat_ssl join pg_stat_activity using (pid) where not ssl`, MySQL `show status` and `performance_schema`, SQL Server `sys.dm_exec_connections`.',
        'Give them the trust bundle of RDS, and switch TLS on in their connection strings.',
        'Approve, apply, and restart the database where the parameter is static or the group is new.',
        'Prove it: a connection with `sslmode=disable` must fail.',
        'To go back, revert the commit, apply and restart.',
      ],
    }
  },
  apply: (session, { at, data }) => {
    const parameter = typeof data['parameter'] === 'string' ? data['parameter'] : 'rds.force_ssl'
    if (at.path.at(-1) === 'value') return setPlace(session.edits, session.estate, at, '1', { orReplace: true })
    if (GROUPS[at.resource.type] === undefined) return addParameter(session, at, parameter)
    return giveGroup(session, at, parameter)
  },
}

/** Static parameters wait for a restart: the provider's default, to change them at once, fails. */
function parameterBlock(name: string, engine: string | undefined): BlockSpec {
  const waits = engine?.startsWith('sqlserver') === true
  return block('parameter', [
    attribute('name', name),
    attribute('value', '1'),
    ...(waits ? [attribute('apply_method', 'pending-reboot')] : []),
  ])
}

function addParameter({ edits, estate, done }: FixSession, group: Place, parameter: string): EditRefusal | undefined {
  const unable = notEditable(group)
  if (unable !== undefined) return unable
  const target = containerOf(group)
  if (target === undefined || !estate.isOwn(target.document.path))
    return { refused: 'its parameter group is not written in this project' }
  const family = group.get('family').value
  return once({ done }, `parameter ${target.document.path} ${target.container.span.start}`, () => {
    edits.addBlock(target.document, target.container, parameterBlock(parameter, family && asString(family)))
    return undefined
  })
}

/** A parameter group of the right family, below the database that gets it. */
function giveGroup(session: Session, at: Place, parameter: string): EditRefusal | undefined {
  const { edits, estate, target, database } = session
  const group = GROUPS[target.resource.type]
  const family = familyOf(database)
  if (group === undefined || family === undefined) return { refused: 'the family of its parameters is not known' }
  const { document, block: own } = target
  const name = freeName(target, group.type, target.resource.name, 'database')
  const index = indexText(session)
  const refused = setOwnAttribute(edits, estate, at, raw(`${group.type}.${name}${index}.name`))
  if (refused !== undefined) return refused
  return once(session, `group ${document.path} ${own.span.start}`, () => {
    const prefix = nameText(session)
    edits.addBlockAfter(
      document,
      own,
      resource(group.type, name, [
        ...metaArguments(target),
        attribute('name_prefix', template(`${prefix}-`)),
        attribute('family', family),
        parameterBlock(parameter, engineOf(database)),
        block('lifecycle', [attribute('create_before_destroy', true)]),
      ]),
    )
    return undefined
  })
}

function indexText({ target }: Session): string {
  if (rootAttribute(target, 'for_each') !== undefined) return '[each.key]'
  return rootAttribute(target, 'count') === undefined ? '' : '[count.index]'
}
