import { attributeOf, type EditRefusal, raw, setOwnAttribute, template } from '../../edit/hcl/index.ts'
import { setSwitch } from '../shared/callers.ts'
import { keyFor, type KeyPurpose } from '../shared/key.ts'
import { providerOf, rootAttribute } from '../shared/target.ts'
import type { Remedy, Session } from './session.ts'

const DATABASE_KEY: KeyPurpose = {
  name: 'rds',
  description: 'Databases and their snapshots',
  pattern: /(?:^|[^a-z0-9])(?:rds|databases?|db|aurora|docdb|neptune)(?:$|[^a-z0-9])/i,
}

/** A key of the module for databases, as an expression there. */
function databaseKey({ target, ...session }: Session): ReturnType<typeof keyFor> {
  const { root, modulePath } = target.resource
  return keyFor(session, DATABASE_KEY, { dir: target.dir, root, modulePath, provider: providerOf(target) })
}

const COPY_STEPS: readonly string[] = [
  'Plan an interruption: what is written after the snapshot is not in the new database.',
  'Stop the writers, take a snapshot, and copy it with a key: `aws rds copy-db-snapshot --source-db-snapshot-identifier OLD --target-db-snapshot-identifier OLD-encrypted --kms-key-id KEY` (clusters: `copy-db-cluster-snapshot`).',
  'Restore the copy under a new name, and check it. Then rename the old database away and give the new one its name.',
  'Bring the new one into the state: `terraform state rm ADDRESS`, `terraform import ADDRESS NAME`. Never let `terraform apply` replace the database: what it makes is empty.',
  'Apply: the plan must show no replacement. Start the writers, and let each application read and write once.',
  'Keep the old database, stopped, and its snapshots for some days. To go back, give it its name back and revert the commit.',
]

/** Encryption that a database has from the start or never: a replacement. */
export function encrypted(title: string, what = 'the database'): Remedy {
  return {
    judge: () => ({
      rank: 'B',
      title,
      minutes: 240,
      reason: `Terraform replaces ${what}: without a restored copy its data is gone, and it is away meanwhile.`,
      steps: COPY_STEPS,
    }),
    apply: (session, { at }) => setSwitch(session, at, true) ?? keepFinalSnapshot(session),
  }
}

/** A key of one's own for a cluster; another key is a replacement as well. */
export const customerKey: Remedy = {
  judge: () => ({
    rank: 'B',
    title: 'Encrypt the cluster with a key of your own',
    minutes: 240,
    reason: 'Terraform replaces the cluster: without a restored copy its data is gone. The key costs about $1 a month.',
    steps: COPY_STEPS,
  }),
  apply: (session, { at }) => {
    const { edits, estate, database } = session
    const storage = database.get('storage_encrypted')
    const on = storage.bool()
    if (on.kind !== 'known' || !on.value) {
      const refused = setSwitch(session, storage, true)
      if (refused !== undefined) return refused
    }
    return setOwnAttribute(edits, estate, at, databaseKey(session)) ?? keepFinalSnapshot(session)
  },
}

/** A database that may be replaced by mistake leaves a snapshot behind. */
function keepFinalSnapshot(session: Session): EditRefusal | undefined {
  const { edits, estate, database } = session
  const skip = database.get('skip_final_snapshot')
  const skips = skip.bool()
  if (skips.kind !== 'known' || !skips.value) return undefined
  const refused = setSwitch(session, skip, false)
  if (refused !== undefined) return refused
  const name = database.get('final_snapshot_identifier')
  return name.absent ? setOwnAttribute(edits, estate, name, finalName(session)) : undefined
}

function finalName(session: Session): ReturnType<typeof template> {
  return template(`${nameText(session)}-final`)
}

/** What a database is called, as the inside of a quoted string. */
export function nameText({ database, target }: Session): string {
  for (const attribute of ['identifier', 'cluster_identifier']) {
    const own = attributeOf(database.get(attribute))
    if (own === undefined || own.document.syntax === 'json') continue
    const text = own.document.text.slice(own.value.start, own.value.end)
    if (!text.includes('\n')) return text.startsWith('"') ? text.slice(1, -1) : `\${${text}}`
  }
  const base = target.resource.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  if (rootAttribute(target, 'for_each') !== undefined) return `${base}-\${each.key}`
  return rootAttribute(target, 'count') === undefined ? base : `${base}-\${count.index}`
}

const KEY = 'performance_insights_kms_key_id'

/** Performance Insights, with a key at once: it cannot be changed later. */
export const performanceInsights: Remedy = {
  judge: () => ({
    rank: 'D',
    title: 'Switch Performance Insights on, with a key of your own',
    minutes: 5,
    reason:
      'It keeps texts of statements for seven days, free of charge; its key cannot be changed later. A key that is added costs about $1 a month.',
  }),
  apply: (session, { at }) => {
    const { edits, estate, database } = session
    const refused = setSwitch(session, at, true)
    if (refused !== undefined || !database.get(KEY).absent) return refused
    const storage = attributeOf(database.get('kms_key_id'))
    const text = storage === undefined ? undefined : storage.document.text.slice(storage.value.start, storage.value.end)
    const own = text !== undefined && !text.includes('alias/aws/') && storage?.document.syntax === 'native'
    return setOwnAttribute(edits, estate, database.get(KEY), own ? raw(text) : databaseKey(session))
  },
}

/** A key that is missing where it is on already. */
export const insightsKey: Remedy = {
  judge: () => ({
    code: 'no-fix',
    refused:
      'Performance Insights is on with the key of AWS, which cannot be changed: switch it off, apply, then switch it on with a key',
  }),
  apply: () => ({ refused: 'the key cannot be changed while it is on' }),
}
