import { asString, decide, type Place } from '../../../../resources/place.ts'
import type { PolicyStatement } from '../../../../resources/terraform/policy.ts'
import { type Outcome, undecided } from '../../../rule.ts'
import { limits } from '../../../shared/terraform-iam-conditions.ts'
import { unknownIn } from '../../../shared/terraform-iam-grants.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

const EVERY_ACTION = /^\*+(?::\*+)?$/

/** A statement whose action is `*`: whatever the resource can do, and whatever AWS adds to it. */
export const wildcardActions: PolicyConcern<'everyAction'> = {
  severity: 'high',
  severityReason:
    'A stolen identity can do everything to what the statement names: read, destroy, share and hide the traces; on every ' +
    'resource it is the account itself. It takes that identity first.',
  controls: ['AC-3', 'AC-6'],
  messages: { everyAction: 'This statement allows every action that there is, on {resources}.' },
  remediation:
    'Write down the actions that are needed; IAM Access Analyzer drafts the list from what CloudTrail has seen being used.',
  *judge({ statements }) {
    for (const statement of statements) yield* judgeStatement(statement)
  },
}

function* judgeStatement(statement: PolicyStatement): Iterable<Outcome<'everyAction'>> {
  const { actions, resources, place } = statement
  if (actions.not) return
  const allows = decide(statement.effect, (effect) => effect === 'Allow')
  const limited = limits(statement.conditions)
  if (allows === 'no' || limited === 'yes') return
  const at = actions.items.find(isEverything)
  if (at === undefined) {
    if (actions.contains('*') === 'unknown') yield undecided(unknownIn(actions.place))
  } else if (allows === 'unknown') yield undecided(place.get('Effect'))
  else if (limited === 'unknown') yield undecided(place.get('Condition'))
  else if (!place.certain) yield undecided(place, 'whether the policy has this statement is not known')
  else {
    const everywhere = resources.not || resources.known.includes('*')
    const data = { resources: everywhere ? 'every resource' : 'the resources that it names' }
    yield { at, message: 'everyAction', data, severity: everywhere ? 'high' : 'medium' }
  }
}

function isEverything({ value }: Place): boolean {
  const text = value === undefined ? undefined : asString(value)
  return text !== undefined && EVERY_ACTION.test(text)
}
