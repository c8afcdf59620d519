import { asString, type Place } from '../../../../resources/place.ts'
import type { Value } from '../../../../resources/value.ts'
import { defineRule, notApplicable, type Problem } from '../../../rule.ts'

const PASSWORDS: Readonly<Record<string, readonly string[]>> = {
  aws_db_instance: ['password', 'password_wo'],
  aws_rds_cluster: ['master_password', 'master_password_wo'],
}

export default defineRule({
  id: 'rds-no-hardcoded-password',
  title: 'Database passwords are not written in code',
  severity: 'critical',
  severityReason:
    'Everyone who can read the repository, its history, a fork or a build log can sign in to the database as its master ' +
    'user, and the password is rarely changed.',
  controls: ['IA-5', 'SC-28'],
  sameAs: [],
  kind: 'terraform',
  resources: ['aws_db_instance', 'aws_rds_cluster'],
  messages: { literal: 'The master password (`{attribute}`) is written in code.' },
  remediation:
    'Set `manage_master_user_password = true`, so that RDS makes, keeps and rotates the password in Secrets Manager, and ' +
    'change the password that was written: it stays in the history of the repository.',
  *check(database) {
    const { resource } = database
    if (resource.kind === 'terraform' && resource.source === undefined) {
      yield notApplicable('a plan shows the password and not where it comes from')
      return
    }
    for (const attribute of PASSWORDS[resource.type] ?? []) {
      const at = database.get(attribute)
      // What is not known is not written here: a generated password, a secret that is read, a variable to be given.
      if (at.value !== undefined && holdsLiteral(at.value)) yield problem(database, at, attribute)
    }
  },
})

function problem(database: Place, at: Place, attribute: string): Problem<'literal'> {
  const data = { attribute }
  // A first password that is changed by hand and then ignored may be out of use.
  return ignoresChanges(database, attribute)
    ? { at, message: 'literal', data, confidence: 'medium' }
    : { at, message: 'literal', data }
}

function holdsLiteral(value: Value): boolean {
  if (value.kind === 'unknown') return value.candidates?.some(holdsLiteral) ?? false
  const text = asString(value)
  return text !== undefined && text !== ''
}

function ignoresChanges(database: Place, attribute: string): boolean {
  const ignored = database.get('lifecycle', 'ignore_changes')
  const names = ignored.value?.kind === 'list' ? ignored.items() : [ignored]
  return names.some(({ value }) => value !== undefined && [attribute, 'all'].includes(asString(value) ?? ''))
}
