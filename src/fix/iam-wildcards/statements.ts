import type { EditRefusal } from '../../edit/hcl/index.ts'
import { asString } from '../../resources/place.ts'
import { PolicyStatement } from '../../resources/terraform/policy.ts'
import type { Grant } from '../fixer.ts'
import { once } from '../shared/session.ts'
import { type Found, groupOf, type Plan, statementOf, type Subject } from './concern.ts'
import { grantsOfValue, text } from './items.ts'
import { narrowing } from './narrow.ts'
import { rewriteStatement } from './rewrite.ts'
import { writtenStatement } from './statement.ts'
import { grantsForStatement, needFor, objectionTo, valuesFor } from './values.ts'

const WHOLE = /^\*+(?::\*+)?$/
const IDENTITIES = /^(?:iam|sts|organizations|sso|account):.*\*/i

/** Narrows the statement that a complaint is about: to what `values.iam` gives, else to what the module declares. */
export function narrowStatement(subject: Subject): Plan | EditRefusal {
  const found = statementOf(subject)
  return 'refused' in found ? found : narrowFound(subject, found)
}

/**
 * As `narrowStatement`, for a way that statements open together, or each of them: the others of the policy are narrowed
 * too, as far as that can be done, since the way would else be found there.
 */
export function narrowPolicy(subject: Subject): Plan | EditRefusal {
  const found = statementOf(subject)
  if ('refused' in found) return found
  const plan = narrowFound(subject, found)
  if ('refused' in plan || plan.needs.length > 0) return plan
  const list = found.place.parent
  const all = typeof found.place.path.at(-1) === 'number' && list !== undefined ? list.items() : []
  const others = all.flatMap((place): readonly Plan[] => {
    const statement = new PolicyStatement(place)
    const { effect } = statement
    if (effect.kind !== 'known' || effect.value !== 'Allow' || place.path.at(-1) === found.place.path.at(-1)) return []
    const written = writtenStatement(subject.context.estate, place)
    const other = 'refused' in written ? written : narrowFound(subject, { place, statement, written })
    return 'refused' in other || other.needs.length > 0 ? [] : [other]
  })
  const ranks = [plan, ...others].map(({ rank }) => rank)
  return {
    ...plan,
    rank: ranks.includes('B') ? 'B' : ranks.includes('C') ? 'C' : 'D',
    reason: plan.reason ?? others.find(({ reason }) => reason !== undefined)?.reason,
    apply(session) {
      const refused = plan.apply(session)
      if (refused === undefined) for (const other of others) other.apply(session)
      return refused
    },
  }
}

function narrowFound(subject: Subject, found: Found): Plan | EditRefusal {
  const { target, context } = subject
  const { statement, written } = found
  if (statement.actions.values.kind === 'unknown') return { refused: 'its actions are not known' }
  const given = valuesFor(context.values, target.resource)
  const wanted = grantsForStatement(given, statement)
  if (wanted.length > 0) return grantGiven(found, wanted, given)
  const narrowed = narrowing({ estate: context.estate, policy: target.resource, statement, written })
  const title = 'Limit the statement to the resources that this module declares'
  const group = groupOf(written)
  if (narrowed.kind === 'grants') {
    const { rank, reason, grants } = narrowed
    return {
      rank,
      title,
      minutes: rank === 'D' ? 5 : 30,
      reason,
      needs: [],
      group,
      runbook: 'narrow',
      apply: (session) => once(session, `statement ${group}`, () => rewriteStatement(session.edits, written, grants)),
    }
  }
  const noMatch =
    given.length === 0
      ? ''
      : ` values.iam has entries for ${target.resource.address}, but none with resources and an action that this statement allows.`
  return {
    rank: narrowed.rank,
    title: 'Limit the statement to what is needed',
    minutes: 60,
    reason: narrowed.reason + noMatch,
    needs: [needFor(target.resource, 'actions')],
    group,
    runbook: 'narrow',
    apply: () => ({ refused: 'values.iam says nothing of this statement' }),
  }
}

function grantGiven(
  { statement, written }: Found,
  wanted: readonly Grant[],
  given: readonly Grant[],
): Plan | EditRefusal {
  for (const entry of wanted) {
    const objection = objectionTo(entry)
    if (objection !== undefined) return { refused: objection }
  }
  const group = groupOf(written)
  const isWhole =
    statement.actions.not || statement.actions.known.some((one) => WHOLE.test(one) || IDENTITIES.test(one))
  return {
    rank: isWhole ? 'B' : 'C',
    title: 'Limit the statement to what values.iam gives',
    minutes: 30,
    reason:
      (isWhole
        ? 'Whoever has it loses what is not listed, the right to undo this among it.'
        : 'What is not listed ends; the repository cannot show that nobody uses it.') + leftOutOf(wanted, given),
    needs: [],
    group,
    runbook: 'narrow',
    apply: (session) =>
      once(session, `statement ${group}`, () => rewriteStatement(session.edits, written, wanted.map(grantsOfValue))),
  }
}

/** Actions that values.iam lists and the statement does not allow today: a fix adds no right. */
function leftOutOf(wanted: readonly Grant[], given: readonly Grant[]): string {
  const used = new Set(wanted.flatMap(({ actions = [] }) => actions))
  const unused = given.flatMap(({ actions = [] }) => actions).filter((action) => !used.has(action))
  return unused.length === 0 ? '' : ` Left out, as this statement does not allow it: ${unused.join(', ')}.`
}

/** What readers and senders of a queue do; who administers it has IAM for that. */
const QUEUE_ACTIONS = [
  'sqs:SendMessage',
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
]

/** Lists the actions of a queue's policy: sending for services, which do nothing else, and using the messages for others. */
export function listQueueActions(subject: Subject): Plan | EditRefusal {
  const found = statementOf(subject)
  if ('refused' in found) return found
  const { statement, written } = found
  const { target, context } = subject
  const group = groupOf(written)
  const [own] = valuesFor(context.values, target.resource).filter(({ actions }) => actions !== undefined)
  const entries = statement.principals.entries
  const isService = entries.length > 0 && entries.every(({ type }) => type === 'Service')
  const names = own?.actions ?? (isService ? ['sqs:SendMessage'] : QUEUE_ACTIONS)
  const others = statement.actions.items.flatMap(({ value }) => {
    const known = value === undefined ? undefined : asString(value)
    return known === undefined || WHOLE.test(known) || /^sqs:\*+$/i.test(known) || names.includes(known) ? [] : [known]
  })
  return {
    rank: 'C',
    title: isService
      ? 'Let the service send, and nothing else'
      : 'List the actions on messages in the policy of the queue',
    minutes: 15,
    reason: isService
      ? 'Services send to a queue; whether anything else is done in their name is not in the code.'
      : 'Who is let in can go on using messages, but no longer purge or delete the queue or change its policy.',
    needs: [],
    group,
    runbook: 'resource-policy',
    apply: (session) =>
      once(session, `statement ${group}`, () =>
        rewriteStatement(session.edits, written, [{ actions: [...names, ...others].map(text), resources: undefined }]),
      ),
  }
}
