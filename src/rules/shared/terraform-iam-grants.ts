import { asString, decide, type Place, type Tri } from '../../resources/place.ts'
import type { PolicyElement, PolicyStatement } from '../../resources/terraform/policy.ts'
import {
  type IamAction,
  isWildcard,
  matchesPattern,
  matchingActions,
  matchingNames,
} from '../../resources/aws/iam-actions.ts'
import { EVERY_OF_A_SERVICE, EVERY_RESOURCE, isEveryOf, textOf } from '../../resources/aws/iam-resources.ts'
import { allOf, limits } from './terraform-iam-conditions.ts'

/** A statement that may allow something to whoever gets the policy. */
export interface Grant {
  readonly statement: PolicyStatement
  /** Whether it is sure to be there and to allow. */
  readonly stands: Tri
  readonly limited: Tri
  readonly denies: readonly PolicyStatement[]
}

/** What one action text of a grant, or its NotAction, lets through. */
export interface Hit {
  readonly at: Place
  /** As written; undefined for a NotAction. */
  readonly pattern: string | undefined
  readonly actions: readonly IamAction[]
}

/** How wide a resource text must be to count: literally everything, or everything of the action's service too. */
export type Reach = 'everything' | 'service'

/** Statements with a principal belong to a resource: a key, a queue, a role's trust. */
export function grantsOf(statements: readonly PolicyStatement[], all: readonly PolicyStatement[]): readonly Grant[] {
  const denies = all.filter(deniesSurely)
  return statements
    .filter(({ principals, notPrincipals }) => principals.kind === 'none' && notPrincipals.kind === 'none')
    .map((statement) => ({
      statement,
      stands: allOf([
        decide(statement.effect, (effect) => effect === 'Allow'),
        statement.place.certain ? 'yes' : 'unknown',
      ]),
      limited: limits(statement.conditions),
      denies,
    }))
    .filter(({ stands }) => stands !== 'no')
}

/** A Deny that takes away for certain what it names, whatever the resource and the circumstances. */
function deniesSurely({ effect, place, conditions, resources, principals }: PolicyStatement): boolean {
  return (
    effect.kind === 'known' &&
    effect.value === 'Deny' &&
    place.certain &&
    principals.kind === 'none' &&
    conditions !== 'unknown' &&
    conditions.length === 0 &&
    !resources.not &&
    resources.known.some((text) => EVERY_RESOURCE.test(text))
  )
}

/** Whether an unconditional Deny takes an action away. */
export function isDenied(denies: readonly PolicyStatement[], action: string): boolean {
  return denies.some(({ actions: { not, known, values } }) => {
    const named = known.some((pattern) => matchesPattern(pattern, action))
    return not ? values.kind === 'known' && !named : named
  })
}

/** As `isDenied`, for many actions of AWS's list. */
function denier(denies: readonly PolicyStatement[]): (action: IamAction) => boolean {
  const tests = denies.map(({ actions: { not, known, values } }) => {
    const isNamed = meansAny(known)
    const isKnown = values.kind === 'known'
    return (action: IamAction) => (not ? isKnown && !isNamed(action) : isNamed(action))
  })
  return (action) => tests.some((denied) => denied(action))
}

function meansAny(patterns: readonly string[]): (action: IamAction) => boolean {
  const sets = patterns.map(matchingNames)
  return ({ name }) => sets.some((names) => names.has(name))
}

/** Whether a grant reaches every resource that an action of the service can be used on. */
export function reaches({ statement: { resources } }: Grant, service: string, reach: Reach): Tri {
  if (resources.place.absent) return 'no'
  // All but some is as good as all.
  if (resources.not)
    return decide(resources.values, (texts) => texts?.every((text) => !EVERY_RESOURCE.test(text)) ?? false)
  const wide = resources.items.some(({ value }) => {
    const text = textOf(value)
    return text !== undefined && (EVERY_RESOURCE.test(text) || (reach === 'service' && isEveryOf(service, text)))
  })
  return wide ? 'yes' : resources.contains('*')
}

/** What of the wanted actions a grant lets through on every resource, and the place that keeps it from being certain. */
export function hitsOf(
  grant: Grant,
  reach: Reach,
  wanted: (action: IamAction) => boolean,
): { readonly hits: readonly Hit[]; readonly open: Place | undefined } {
  const { actions } = grant.statement
  if (grant.limited === 'yes' || !mayReach(grant, reach)) return { hits: [], open: undefined }
  const everything = reaches(grant, '', 'everything')
  const verdicts = new Map<string, Tri>()
  const verdictOf = (service: string): Tri => {
    if (everything === 'yes' || reach === 'everything') return everything
    const verdict = verdicts.get(service) ?? reaches(grant, service, reach)
    verdicts.set(service, verdict)
    return verdict
  }
  const written = writtenHits(actions, wanted, grant.denies.length === 0 ? undefined : denier(grant.denies))
  const among = (verdict: Tri): readonly Hit[] =>
    written
      .map((hit) => ({ ...hit, actions: hit.actions.filter(({ service }) => verdictOf(service) === verdict) }))
      .filter((hit) => hit.actions.length > 0)
  const hits = among('yes')
  if (hits.length > 0) {
    const open = openIn(grant)
    return open === undefined ? { hits, open } : { hits: [], open }
  }
  if (among('unknown').length > 0) return { hits: [], open: unknownIn(grant.statement.resources.place) }
  return { hits: [], open: unknownActions(actions) }
}

function writtenHits(
  actions: PolicyElement,
  wanted: (action: IamAction) => boolean,
  denied: ((action: IamAction) => boolean) | undefined,
): readonly Hit[] {
  const left = (pattern: string): readonly IamAction[] => {
    const matching = wantedActions(pattern, wanted)
    return denied === undefined ? matching : matching.filter((action) => !denied(action))
  }
  if (!actions.not) {
    return actions.items.flatMap((at) => {
      const pattern = at.value === undefined ? undefined : asString(at.value)
      return pattern === undefined ? [] : [{ at, pattern, actions: left(pattern) }]
    })
  }
  if (actions.values.kind !== 'known') return []
  const excluded = meansAny(actions.values.value)
  return [{ at: actions.place, pattern: undefined, actions: left('*').filter((action) => !excluded(action)) }]
}

/** AWS has many thousand actions, and the same few texts grant them in every policy. */
const WANTED = new WeakMap<(action: IamAction) => boolean, Map<string, readonly IamAction[]>>()

function wantedActions(pattern: string, wanted: (action: IamAction) => boolean): readonly IamAction[] {
  let known = WANTED.get(wanted)
  if (known === undefined) {
    known = new Map()
    WANTED.set(wanted, known)
  }
  const found = known.get(pattern) ?? matchingActions(pattern).filter(wanted)
  known.set(pattern, found)
  return found
}

/** Only what could be used on everything matters, unknown actions too. */
function mayReach(grant: Grant, reach: Reach): boolean {
  if (reaches(grant, '', 'everything') !== 'no') return true
  const { resources } = grant.statement
  return (
    reach === 'service' &&
    resources.items.some(({ value }) => EVERY_OF_A_SERVICE.test(textOf(value)?.split(':').slice(5).join(':') ?? ''))
  )
}

export function unknownActions(actions: PolicyElement): Place | undefined {
  return actions.values.kind === 'unknown' ? unknownIn(actions.place) : undefined
}

/** What keeps a grant that has hits from being certain. */
export function openIn(grant: Grant): Place | undefined {
  const { statement } = grant
  if (grant.stands === 'unknown') return statement.place.certain ? statement.place.get('Effect') : statement.place
  return grant.limited === 'unknown' ? statement.place.get('Condition') : undefined
}

/** The item that is unknown, where a list holds it. */
export function unknownIn(place: Place): Place {
  return place.items().find(({ unknown }) => unknown !== undefined) ?? place
}

/** `s3:PutObject, s3:DeleteObject and 4 more` */
export function listed(names: readonly string[], shown = 3): string {
  const rest = names.length - shown
  return rest <= 0 ? names.join(', ') : `${names.slice(0, shown).join(', ')} and ${rest} more`
}

/** Services that people know, to be named first where a pattern means many. */
const WELL_KNOWN = ['iam', 'sts', 's3', 'secretsmanager', 'kms', 'ec2', 'lambda', 'rds', 'dynamodb', 'ssm']

/** What to call a hit: the action, or the pattern with some of what it means. */
export function hitName({ pattern, actions }: Hit): string {
  if (pattern !== undefined && !isWildcard(pattern)) return actions[0]?.name ?? pattern
  return `${pattern ?? 'all but a few'} (${bestKnown(actions)})`
}

function bestKnown(actions: readonly IamAction[]): string {
  const shown: IamAction[] = []
  for (const service of [...WELL_KNOWN, undefined]) {
    for (const action of actions) {
      if (shown.length === 2) break
      if (service === undefined ? !shown.includes(action) : action.service === service) shown.push(action)
    }
  }
  const rest = actions.length - shown.length
  const names = shown.map(({ name }) => name).join(', ')
  return rest === 0 ? names : `${names} and ${rest} more`
}
