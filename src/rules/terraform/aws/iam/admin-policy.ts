import { asString, type Place } from '../../../../resources/place.ts'
import { type Outcome, undecided } from '../../../rule.ts'
import { type Grant, reaches, unknownIn } from '../../../shared/terraform-iam-grants.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

const EVERY_ACTION = /^\*+(?::\*+)?$/

/** A statement that allows every action on every resource: the account itself. */
export const adminPolicy: PolicyConcern<'admin'> = {
  severity: 'high',
  severityReason:
    'Whoever gets hold of one such identity owns the account, its data, logs and backups; it takes that identity first, so ' +
    'it is not critical by itself.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  messages: { admin: 'This statement allows every action on every resource.' },
  remediation:
    'List the actions that the job needs and the ARNs it works on. IAM Access Analyzer drafts such a policy from what was ' +
    'really used.',
  *judge({ grants, place }) {
    for (const grant of grants) yield* judgeGrant(grant, place)
  },
}

function* judgeGrant(grant: Grant, policy: Place): Iterable<Outcome<'admin'>> {
  const { actions, resources, place } = grant.statement
  if (actions.not || resources.not) return
  const wildcard = actions.items.find(isEverything)
  const every = wildcard === undefined ? actions.contains('*') : 'yes'
  const everywhere = reaches(grant, '', 'everything')
  if (every === 'no' || everywhere === 'no' || grant.stands === 'no' || grant.limited === 'yes') return
  if (every === 'unknown') yield undecided(unknownIn(actions.place))
  else if (everywhere === 'unknown') yield undecided(unknownIn(resources.place))
  else if (grant.limited === 'unknown') yield undecided(place.get('Condition'))
  else if (grant.stands === 'unknown') yield undecided(place, 'whether the policy has this statement is not known')
  else {
    // What was read from a file of its own is shown where the file is named.
    const written = [wildcard, place].find((one) => one?.value?.origin !== undefined)
    yield { at: written ?? policy, message: 'admin' }
  }
}

function isEverything({ value }: Place): boolean {
  const text = value === undefined ? undefined : asString(value)
  return text !== undefined && EVERY_ACTION.test(text)
}
