import type { Estate } from '../../../../../resources/estate.ts'
import type { Place } from '../../../../../resources/place.ts'
import type { PolicyStatement } from '../../../../../resources/terraform/policy.ts'
import { defineRule, type Outcome, undecided } from '../../../../rule.ts'
import { isGithub } from '../../../../shared/terraform-iam-github.ts'
import { textOf } from '../../../../../resources/aws/iam-resources.ts'
import {
  concerns,
  judgeStatements,
  positiveConditions,
  principalItems,
} from '../../../../shared/terraform-iam-trust.ts'

/** Providers of everybody's accounts, whose audience is our application. */
const BY_AUDIENCE = /^(?:cognito-identity\.amazonaws\.com|accounts\.google\.com|graph\.facebook\.com|www\.amazon\.com)$/
/** What says who in the tokens of clusters, pipelines and applications. */
const NAMING_KEY = /:(?:sub|amr|app_id|oaud|project_path|project_id|namespace_path|namespace_id|workspace_id)$/i
const AUDIENCE_KEY = /:(?:aud|app_id)$/i
/** `*`, or every service account of a cluster. */
const ANYBODY = /^(?:[*?]+|system:serviceaccount:[*?]+(?::[*?]+)?)$/

export default defineRule({
  id: 'iam-web-identity-subject',
  title: 'A role that trusts an OIDC provider says whose tokens',
  severity: 'high',
  severityReason:
    'Every pod of the cluster, every project of the pipeline or every user of the application takes the role; it takes one ' +
    'of those first, where GitHub, which everybody can use, is critical and has a rule of its own.',
  controls: ['AC-3', 'AC-6', 'IA-9'],
  sameAs: [],
  kind: 'terraform',
  resources: ['aws_iam_role'],
  messages: {
    noSubject:
      'No condition says whose tokens of this provider are trusted: everybody who can get one takes this role.',
    anySubject: 'The subject "{subject}" fits everybody who can get a token of this provider.',
  },
  remediation:
    'Compare the subject with the one service account, project or user: `PROVIDER:sub` with ' +
    '`system:serviceaccount:NAMESPACE:NAME` for a cluster; `PROVIDER:aud` for providers of everybody.',
  *check(role, { estate }) {
    yield* judgeStatements(role.get('assume_role_policy'), (statement) => judge(statement, estate))
  },
})

function* judge(statement: PolicyStatement, estate: Estate): Iterable<Outcome<'noSubject' | 'anySubject'>> {
  const assumes = concerns(statement, 'sts:AssumeRoleWithWebIdentity')
  const [principal] = principalItems(statement, 'Federated')
  if (assumes === 'no' || principal === undefined || isGithub(principal, statement, estate) === 'yes') return
  const provider = textOf(principal.value)
  const keys = provider !== undefined && BY_AUDIENCE.test(provider) ? AUDIENCE_KEY : NAMING_KEY
  const conditions = positiveConditions(statement, keys)
  if (conditions === 'unknown') return yield undecided(statement.place.get('Condition'))
  if (assumes === 'unknown') return yield undecided(statement.actions.place)
  if (conditions.length === 0) return yield { at: principal, message: 'noSubject' }
  const judged = conditions.map(({ place }) => judgeSubjects(place))
  // Conditions must hold together: one that says who settles it.
  if (judged.some((outcome) => outcome === undefined)) return
  const [open] = judged.filter((outcome) => outcome?.outcome === 'undecided')
  if (open !== undefined) yield open
  else yield* judged.filter((outcome) => outcome !== undefined)
}

/** Undefined if none of the subjects fits everybody. */
function judgeSubjects(place: Place): Outcome<'anySubject'> | undefined {
  const subjects = place.value?.kind === 'list' ? place.items() : [place]
  const wide = subjects.find(({ value }) => ANYBODY.test(textOf(value) ?? ''))
  if (wide !== undefined) return { at: wide, message: 'anySubject', data: { subject: textOf(wide.value) ?? '' } }
  const unknown = subjects.find(({ value }) => textOf(value) === undefined)
  return unknown === undefined ? undefined : undecided(unknown)
}
