import { asString, type Place } from '../../../../resources/place.ts'
import { type Outcome, undecided } from '../../../rule.ts'
import { type IamAction, isWildcard, matchingActions } from '../../../../resources/aws/iam-actions.ts'
import { namesOf } from '../../../shared/terraform-iam-concerns.ts'
import { type Grant, hitsOf, reaches } from '../../../shared/terraform-iam-grants.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/** `"*"` for the resource of actions that could name one. */
export const wildcardResources: PolicyConcern<'everyResource'> = {
  severity: 'medium',
  severityReason:
    'A stolen identity reaches every such resource of the account in place of the few that the job needs; what it may do ' +
    'there is still limited by the actions. Where those only read or list, it is low.',
  controls: ['AC-3', 'AC-6'],
  messages: {
    everyResource: 'This "*" covers every resource there is, though {actions} can be limited to named ones.',
  },
  remediation:
    'Name the ARNs, best by reference to the resources declared beside the policy. Keep "*" in a statement of its own for ' +
    'actions that take no resource.',
  *judge({ grants }) {
    for (const grant of grants) yield* judgeGrant(grant)
  },
}

function takesResource(action: IamAction): boolean {
  return action.takesResource
}

function* judgeGrant(grant: Grant): Iterable<Outcome<'everyResource'>> {
  const { resources } = grant.statement
  const { hits, open } = hitsOf(grant, 'everything', takesResource)
  if (hits.length > 0) {
    const at = resources.not ? resources.place : (resources.items.find(isStar) ?? resources.place)
    const harmless = hits.every(({ actions }) => actions.every(({ level }) => level === 'read' || level === 'list'))
    const problem = { at, message: 'everyResource', data: { actions: namesOf(hits) } } as const
    yield harmless ? { ...problem, severity: 'low' } : problem
    return
  }
  if (open !== undefined) yield undecided(open)
  const unlisted = unlistedAction(grant)
  if (unlisted !== undefined)
    yield undecided(unlisted, 'AWS lists no such action, so whether it can name a resource is not known')
}

function isStar({ value }: Place): boolean {
  return value !== undefined && (asString(value) ?? '').endsWith('*')
}

function unlistedAction(grant: Grant): Place | undefined {
  const { actions } = grant.statement
  if (actions.not || grant.limited === 'yes' || reaches(grant, '', 'everything') !== 'yes') return undefined
  return actions.items.find(({ value }) => {
    const text = value === undefined ? undefined : asString(value)
    return text !== undefined && !isWildcard(text) && matchingActions(text).length === 0
  })
}
