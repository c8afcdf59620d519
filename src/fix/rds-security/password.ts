import { attributeOf, type EditRefusal, findAttribute, folderOf, raw, rewriteAttributes } from '../../edit/hcl/index.ts'
import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { type Estate, withoutIndex } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { Value } from '../../resources/value.ts'
import { variableName } from '../shared/callers.ts'
import { hasOldProvider } from '../shared/provider-version.ts'
import { dependents } from '../shared/references.ts'
import { once } from '../shared/session.ts'
import type { TerraformTarget } from '../shared/target.ts'
import type { Remedy, Session } from './session.ts'

const GIVEN = [
  'password',
  'password_wo',
  'password_wo_version',
  'master_password',
  'master_password_wo',
  'master_password_wo_version',
]
/** Shorter words stand in too many places to mean the password. */
const TELLING = 8

const STEPS: readonly string[] = [
  'List who signs in with the password: the places above, and connections in the database itself (`pg_stat_activity`, `show processlist`).',
  'Let each of them read the secret that RDS makes (`master_user_secret`), with `secretsmanager:GetSecretValue` on it and `kms:Decrypt` on its key, or sign in with IAM.',
  'Approve and apply outside of busy hours: RDS sets a new password at once, and changes it every seven days from then on.',
  'The old password stays in the history of the repository, in the state and in backups of both; it is worthless once it is changed. Prove that it is: signing in with it must fail.',
  'To go back, set a password that comes from a secret, never the old one.',
]

/** RDS makes, keeps and rotates the password of the master user. */
export const managePassword: Remedy = {
  judge: ({ at }, { estate }, target) => {
    const impossible = whyNot(estate, target)
    if (impossible !== undefined) return { code: 'no-fix', refused: impossible }
    const users = othersWith(estate, at, target)
    return {
      rank: 'B',
      title: 'Let RDS keep the master password in Secrets Manager, and rotate it',
      minutes: 60,
      reason: `The password changes at once: whoever signs in with the old one is locked out${users.length === 0 ? ', and the code does not show who does' : ''}. The secret costs $0.40 a month.`,
      blastRadius: users,
      steps: STEPS,
    }
  },
  apply: (session, { at }) => {
    const { target, estate, done } = session
    const impossible = whyNot(estate, target)
    if (impossible !== undefined) return { refused: impossible }
    return once({ done }, `password ${target.block.span.start}`, () => {
      const removes = new Set(GIVEN.filter((name) => findAttribute(target.block, name) !== undefined))
      const sets = new Map([['manage_master_user_password', raw('true')]])
      rewriteAttributes(session.edits, target.document, target.block, sets, removes)
      return forget(session, at)
    })
  },
}

function whyNot(estate: Estate, { resource, dir, document }: TerraformTarget): string | undefined {
  const database = Place.of(resource)
  if (document.syntax === 'json')
    return 'in JSON syntax the password cannot be taken out safely: set manage_master_user_password by hand'
  if (database.get('replicate_source_db').isSet() !== 'no')
    return 'a replica has the password of the database that it copies'
  if (hasOldProvider(estate, dir))
    return 'the pinned AWS provider is too old for manage_master_user_password, which came with version 4.61'
  const mode = database.get('engine_mode').string()
  if (mode.kind === 'known' && mode.value === 'serverless')
    return 'Aurora Serverless v1 cannot keep its password in Secrets Manager'
  const reader = dependents(estate, resource).find((user) => readsPassword(user.value, resource.baseAddress))
  return reader === undefined
    ? undefined
    : `${reader.address} takes the password from the database: let it read the secret first`
}

function readsPassword(value: Value, base: string): boolean {
  const reads = value.refs?.some(
    ({ address, attribute = '' }) => attribute.includes('password') && withoutIndex(address) === base,
  )
  if (reads === true) return true
  if (value.kind === 'list') return value.items.some((item) => readsPassword(item, base))
  return value.kind === 'map' && [...value.entries.values()].some((item) => readsPassword(item, base))
}

/** Where else the password stands, as `file:line`, and what refers to the database; never the password itself. */
function othersWith(estate: Estate, at: Place, { resource }: TerraformTarget): readonly string[] {
  const secret = at.value === undefined ? undefined : asString(at.value)
  const places: string[] = []
  if (secret !== undefined && secret.length >= TELLING) {
    const spellings = [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)]
    const own = attributeOf(at)
    const ownLine = own?.document.lines.position(own.value.start).line
    for (const [path, text] of [...estate.files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      for (const [i, line] of text.split('\n').entries()) {
        if (path === own?.document.path && i + 1 === ownLine) continue
        if (spellings.some((spelling) => line.includes(spelling)))
          places.push(`${path}:${i + 1} holds the same password`)
      }
    }
  }
  return [...places, ...dependents(estate, resource).map(({ address }) => address)]
}

/** A variable that held the password and nothing asks for any more goes with it, with its values. */
function forget(session: Session, at: Place): EditRefusal | undefined {
  const { estate, edits, target } = session
  const variable = variableName(attributeOf(at)?.expression)
  if (variable === undefined) return undefined
  const documents = estate.moduleDocuments(target.dir)
  const uses = documents.flatMap(({ text }) => text.match(/\bvar\.[\w-]+/g) ?? [])
  if (uses.filter((use) => use === `var.${variable}`).length > 1 || target.resource.modulePath !== '') return undefined
  const values = [...estate.documents.values()].filter(
    (document): document is HclDocument =>
      document.language === 'hcl' && document.path.endsWith('.tfvars') && folderOf(document.path) === target.dir,
  )
  for (const document of [...documents, ...values]) {
    if (document.syntax === 'json') continue
    for (const item of document.body.items) {
      const declares = item.kind === 'block' && item.type === 'variable' && item.labels[0]?.value === variable
      const assigns = item.kind === 'attribute' && item.name === variable && values.includes(document)
      if (declares || assigns) edits.replace(document, linesOf(document, item), '')
    }
  }
  return undefined
}

/** Whole lines of a top-level item, with one of the blank lines around it. */
function linesOf(document: HclDocument, item: Attribute | Block): { start: number; end: number } {
  const { lines, text } = document
  const first = lines.position(item.span.start).line
  const last = lines.position(item.span.end).line
  const start = lines.lineStart(first)
  const end = lines.lineStart(last + 1)
  const blankAfter = end < text.length && lines.lineText(last + 1).trim() === ''
  if (blankAfter && (first === 1 || lines.lineText(first - 1).trim() === ''))
    return { start, end: lines.lineStart(last + 2) }
  if (end >= text.length && first > 1 && lines.lineText(first - 1).trim() === '')
    return { start: lines.lineStart(first - 1), end }
  return { start, end }
}
