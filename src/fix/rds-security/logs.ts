import { attributeOf, setOwnAttribute, valueText } from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import { literalText } from '../../edit/hcl/index.ts'
import { once } from '../shared/session.ts'
import type { Remedy } from './session.ts'

/** Logs worth having by engine, without those that hold every statement. By the RDS and Aurora user guides, 2026. */
const LOGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^postgres$/, ['postgresql', 'upgrade']],
  [/^aurora-postgresql$/, ['postgresql']],
  [/^(?:aurora|aurora-mysql)$/, ['audit', 'error', 'slowquery']],
  [/^(?:mysql|mariadb)$/, ['error', 'slowquery']],
  [/^(?:custom-)?oracle/, ['alert', 'audit', 'listener', 'trace']],
  [/^sqlserver-ex$/, ['error']],
  [/^sqlserver/, ['agent', 'error']],
  [/^db2/, ['diag.log', 'notify.log']],
]

/** A cluster without engine is of the engine that providers before version 5 took: `aurora`. */
export function engineOf(database: Place): string | undefined {
  const engine = database.get('engine').string()
  if (engine.kind === 'known') return engine.value
  return engine.kind === 'absent' && database.resource.type === 'aws_rds_cluster' ? 'aurora' : undefined
}

function logsOf(database: Place): readonly string[] | undefined {
  const engine = engineOf(database)
  return engine === undefined ? undefined : LOGS.find(([engines]) => engines.test(engine))?.[1]
}

export const exportLogs: Remedy = {
  judge: ({ at }) => {
    const logs = logsOf(Place.of(at.resource))
    if (logs === undefined)
      return { code: 'no-fix', refused: 'which logs there are depends on the engine, which is not known' }
    // An empty list that is written out is somebody's decision.
    if (!at.absent) return { code: 'no-fix', refused: 'somebody wrote an empty list of logs: name the logs there' }
    return {
      rank: 'E',
      title: `Send the ${logs.join(', ')} ${logs.length === 1 ? 'log' : 'logs'} to CloudWatch`,
      minutes: 1,
    }
  },
  apply: (session, { at }) => {
    const logs = logsOf(Place.of(at.resource)) ?? []
    return once(session, `logs ${session.target.block.span.start}`, () =>
      setOwnAttribute(session.edits, session.estate, at, logs),
    )
  },
}

/** The audit log beside the others; it stays empty until the parameter group switches it on. */
export const exportAuditLog: Remedy = {
  judge: ({ at }) => {
    const own = attributeOf(at)
    if (own !== undefined && own.expression.kind !== 'tuple')
      return { code: 'no-fix', refused: 'the list of logs is computed: add "audit" there' }
    return {
      rank: 'D',
      title: 'Send the audit log to CloudWatch',
      minutes: 10,
      reason:
        'It stays empty until `server_audit_logging` is 1 in the cluster parameter group, and is charged as log data then.',
    }
  },
  apply: (session, { at }) => {
    const { edits, estate, target } = session
    const own = attributeOf(at)
    if (own === undefined) {
      const logs = logsOf(Place.of(at.resource)) ?? ['audit']
      const wanted = logs.includes('audit') ? logs : ['audit', ...logs]
      return once(session, `logs ${target.block.span.start}`, () => setOwnAttribute(edits, estate, at, wanted))
    }
    if (own.expression.kind !== 'tuple') return { refused: 'the list of logs is computed: add "audit" there' }
    const last = own.expression.items.at(-1)
    if (last === undefined) edits.replace(own.document, own.value, valueText(own.document, ['audit']))
    else if (own.expression.items.every((item) => literalText(item) !== 'audit'))
      edits.insert(own.document, last.span.end, ', "audit"')
    return undefined
  },
}
