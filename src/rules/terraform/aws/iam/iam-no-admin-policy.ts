import { asString, decide, type Place, type Tri } from '../../../../resources/place.ts'
import {
  type PolicyCondition,
  type PolicyElement,
  type PolicyStatement,
  readPolicy,
} from '../../../../resources/terraform/policy.ts'
import { defineRule, notApplicable, type Outcome, pass, undecided } from '../../../rule.ts'
import { policiesOf, POLICY_DOCUMENT, POLICY_HOLDERS, useOf } from '../../../shared/terraform-iam-policies.ts'

const EVERY_ACTION = /^\*+(?::\*+)?$/
const EVERY_RESOURCE = /^(?:\*+|arn(?::\*+|:aws[a-z-]*)?:[*:]*\*)$/
/** Conditions on how a request is made say nothing of what it may do. */
const NOT_NARROWING = new Set([
  'aws:securetransport',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:currenttime',
  'aws:epochtime',
  'aws:useragent',
])

export default defineRule({
  id: 'iam-no-admin-policy',
  title: 'No policy allows every action on every resource',
  severity: 'high',
  severityReason:
    'Whoever gets hold of one such identity owns the account, its data, logs and backups; it takes that identity first, so ' +
    'it is not critical by itself.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_62', 'checkov:CKV_AWS_1', 'trivy:AWS-0057'],
  kind: 'terraform',
  resources: [...POLICY_HOLDERS, POLICY_DOCUMENT],
  messages: { admin: 'This statement allows every action on every resource.' },
  remediation:
    'List the actions that the job needs and the ARNs it works on. IAM Access Analyzer drafts such a policy from what was ' +
    'really used.',
  *check(resource, { estate }) {
    const inline = resource.get('inline_policy')
    if (resource.resource.type === 'aws_iam_role' && inline.absent) {
      yield notApplicable('the role has no inline policy')
      return
    }
    const outcomes = policiesOf(resource).flatMap(judgePolicy)
    if (inline.mayHaveMore()) outcomes.push(undecided(inline, 'there may be more inline policies than can be read'))
    const use =
      resource.resource.type === POLICY_DOCUMENT && outcomes.length > 0 ? useOf(resource.resource, estate) : 'none'
    if (use === 'identity') yield notApplicable('it is judged where an identity gets it')
    else if (use === 'other') yield notApplicable('no identity gets it')
    else if (outcomes.length > 0) yield* outcomes
    else yield pass('no statement can allow every action on every resource')
  },
})

function judgePolicy(policy: Place): Outcome<'admin'>[] {
  const reading = readPolicy(policy)
  if (reading.kind === 'absent') return []
  if (reading.kind === 'unknown') return [undecided(policy, reading.reason)]
  const outcomes = reading.statements.flatMap((statement) => judgeStatement(statement, policy))
  if (outcomes.length > 0 || reading.complete) return outcomes
  return [undecided(policy, 'there may be more statements than can be read')]
}

function judgeStatement(statement: PolicyStatement, policy: Place): Outcome<'admin'>[] {
  const { actions, resources, principals } = statement
  // A statement with a principal belongs to a resource: a key, a queue, a role's trust.
  if (actions.not || resources.not || principals.kind !== 'none') return []
  const parts = [
    { at: statement.place.get('Effect'), verdict: decide(statement.effect, (effect) => effect === 'Allow') },
    { at: actions.place, verdict: holds(actions, EVERY_ACTION) },
    { at: resources.place, verdict: holds(resources, EVERY_RESOURCE) },
  ]
  if (parts.some(({ verdict }) => verdict === 'no')) return []
  const limited = isLimited(statement.conditions)
  if (limited === 'yes') return []
  const open = parts.find(({ verdict }) => verdict === 'unknown')
  if (open !== undefined) return [undecided(unknownIn(open.at))]
  if (limited === 'unknown') return [undecided(statement.place.get('Condition'))]
  if (!statement.place.certain)
    return [undecided(statement.place, 'whether the policy has this statement is not known')]
  const wildcard = actions.items.find((item) => matches(item, EVERY_ACTION))
  // What was read from a file of its own is shown where the file is named.
  const written = [wildcard, statement.place].find((place) => place?.value?.origin !== undefined)
  return [{ at: written ?? policy, message: 'admin' }]
}

/** The item that is unknown, where a list holds it. */
function unknownIn(place: Place): Place {
  return place.items().find(({ unknown }) => unknown !== undefined) ?? place
}

function holds(element: PolicyElement, pattern: RegExp): Tri {
  return element.items.some((item) => matches(item, pattern)) ? 'yes' : element.contains('*')
}

function matches({ value }: Place, pattern: RegExp): boolean {
  const text = value === undefined ? undefined : asString(value)
  return text !== undefined && pattern.test(text)
}

/** Whether any of the conditions limits what the statement allows. */
function isLimited(conditions: readonly PolicyCondition[] | 'unknown'): Tri {
  if (conditions === 'unknown') return 'unknown'
  const verdicts = conditions.map(({ key, operator, values }): Tri => {
    if (NOT_NARROWING.has(key.toLowerCase())) return 'no'
    const anything = /like/i.test(operator) && !/not/i.test(operator)
    const narrows = decide(values, (texts) => !anything || texts === undefined || !texts.includes('*'))
    return anything ? narrows : 'yes'
  })
  if (verdicts.includes('yes')) return 'yes'
  return verdicts.includes('unknown') ? 'unknown' : 'no'
}
