import { type IamAction, isWildcard, matchingActions, namedTypes } from '../../resources/aws/iam-actions.ts'
import { EVERY_RESOURCE, isEveryOf, textOf } from '../../resources/aws/iam-resources.ts'
import { type Estate, oncePerEstateAnd } from '../../resources/estate.ts'
import { asString, Place } from '../../resources/place.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { folderOf } from '../../resources/terraform/paths.ts'
import { type PolicyStatement, readPolicy } from '../../resources/terraform/policy.ts'
import { dependents } from '../shared/references.ts'
import {
  arnOf,
  declared,
  type DeclaredArn,
  declaredArns,
  serviceOfTerraform,
  SERVICES,
  TERRAFORM_TYPES,
  terraformType,
  typesOf,
  uncounted,
} from './arns.ts'
import { arn, type Grant, type Item, text } from './items.ts'
import type { WrittenStatement } from './statement.ts'

/** What the declared resources prove a statement to need; or why they do not. */
export type Narrowing =
  | {
      readonly kind: 'grants'
      readonly grants: readonly Grant[]
      readonly rank: 'D' | 'C' | 'B'
      readonly reason: string | undefined
    }
  | { readonly kind: 'unproven'; readonly rank: 'C' | 'B'; readonly reason: string }

const EVERY_ACTION = /^\*+(?::\*+)?$/
/** Rights over identities: what is declared says nothing of who should have them. */
const IDENTITY_SERVICES = new Set(['iam', 'sts', 'organizations', 'sso', 'account'])
const PASS_ROLE = 'iam:PassRole'
/** What makes something new, which the declared one need not be all of. */
const MAKING = /:(?:Create|Run|Allocate|Import|Register|Copy|Restore)/
/** Listing actions without resource that are kept beside a wildcard of their service, if they are this few. */
const MOST_LISTED = 6

/** Characters that AWS allows a policy, without white space; of inline policies for all of an identity together. */
const LIMITS: Readonly<Record<string, number>> = {
  aws_iam_user_policy: 2048,
  aws_iam_group_policy: 5120,
  aws_iam_policy: 6144,
  aws_iam_role_policy: 10_240,
  aws_iam_role: 10_240,
}
/** What one ARN takes, with quotes and comma. */
const ARN_LENGTH = 80

interface Request {
  readonly estate: Estate
  readonly policy: TerraformResource
  readonly statement: PolicyStatement
  readonly written: WrittenStatement
}

interface Collected {
  readonly actions: Item[]
  readonly arns: Map<string, DeclaredArn>
  /** Terraform's types that the ARNs are to be all of. */
  readonly types: Set<string>
  /** Actions that take no resource. */
  readonly anywhere: Item[]
  readonly unproven: string[]
  readonly reasons: string[]
  rank: 'D' | 'C'
}

/** Narrows a statement to what its module declares, without guessing. Worked out once for all findings of a statement. */
export function narrowing(request: Request): Narrowing {
  return narrowed(request.estate, request)
}

const narrowed = oncePerEstateAnd(
  (_, request: Request) => narrow(request),
  ({ policy, statement }) => `${policy.root}\u0000${policy.address}\u0000${statement.place.pathText}`,
)

function narrow(request: Request): Narrowing {
  const { statement, written } = request
  const patterns = statement.actions.known
  if (statement.actions.not || statement.resources.not) {
    return unproven('it allows everything but some, and nothing shows what is needed of it', 'B')
  }
  const isAdmin = patterns.some((pattern) => EVERY_ACTION.test(pattern))
  const kept = keptResources(statement, written, patterns)
  if (kept === undefined)
    return unproven('its resources are computed, so that what of them is named would be lost', 'C')
  if (kept.length === statement.resources.items.length) {
    return isAdmin ? everyActionOn(request) : unproven('it names resources already', 'C')
  }
  const found: Collected = {
    actions: [],
    arns: new Map(),
    types: new Set(),
    anywhere: [],
    unproven: [],
    reasons: [],
    rank: 'D',
  }
  if (isAdmin) return adminNarrowing(request, found, kept)
  for (const pattern of patterns) {
    const matched = matchingActions(pattern)
    const own = text(pattern)
    const [action] = matched
    if (action === undefined) found.unproven.push(pattern)
    else if (isWildcard(pattern)) collectWildcard(request, pattern, matched, found)
    else if (!action.takesResource) found.anywhere.push(own)
    else if (collectAction(request, action, found)) found.actions.push(own)
    else found.unproven.push(pattern)
  }
  if (found.unproven.length > 0) {
    const identity = found.unproven.some((pattern) => /^(?:iam|sts|organizations):/i.test(pattern))
    return unproven(`nothing in the module shows on what ${found.unproven.join(', ')} is needed`, identity ? 'B' : 'C')
  }
  const unseen = unseenPart(request, found.types)
  if (unseen !== undefined) return unproven(unseen, 'C')
  const tooLong = overLimit(request, found)
  if (tooLong !== undefined) return tooLong
  const resources = [...kept, ...inOrder(found)]
  const splits = found.anywhere.length > 0
  const grants: Grant[] = [{ actions: splits ? found.actions : undefined, resources }]
  if (splits) grants.push({ actions: found.anywhere, resources: undefined })
  const reason = found.reasons.length > 0 ? `${[...new Set(found.reasons)].join('; ')}.` : undefined
  return { kind: 'grants', grants, rank: found.rank, reason }
}

function unproven(reason: string, rank: 'C' | 'B'): Narrowing {
  return { kind: 'unproven', reason: `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`, rank }
}

/** The resources of a statement that are names and not wildcards, as they are written; undefined if they are computed. */
function keptResources(
  { resources }: PolicyStatement,
  written: WrittenStatement,
  patterns: readonly string[],
): readonly Item[] | undefined {
  const services = new Set(patterns.map((pattern) => pattern.split(':')[0]?.toLowerCase() ?? ''))
  const element = written.elements.get('Resource')
  const spans = element?.items ?? (element === undefined ? [] : [element.value])
  if (spans.length !== resources.items.length || resources.place.mayHaveMore()) return undefined
  return resources.items.flatMap(({ value }, index): Item[] => {
    const span = spans[index]
    const known = textOf(value)
    const wide =
      known !== undefined && (EVERY_RESOURCE.test(known) || [...services].some((one) => isEveryOf(one, known)))
    return wide || span === undefined
      ? []
      : [{ kind: 'written', source: written.file.text.slice(span.start, span.end) }]
  })
}

/** `*` on named resources: every action of the services that they belong to, which is the same. */
function everyActionOn({ statement, estate }: Request): Narrowing {
  const services = new Set<string>()
  for (const { value } of statement.resources.items) {
    const referred = (value?.refs ?? []).flatMap((reference) => estate.resolve(reference))
    const [, , written] = (textOf(value) ?? '').split(':')
    const service = serviceOfTerraform(referred[0]?.type ?? '') ?? written
    if (service === undefined || !/^[a-z0-9-]+$/.test(service) || IDENTITY_SERVICES.has(service)) {
      return unproven('its resources do not show which services it is about', 'C')
    }
    services.add(service)
  }
  const actions = [...services].toSorted().map((service) => text(`${service}:*`))
  const reason =
    'Every action of the services of these resources stays allowed on them; write down those that are used.'
  return { kind: 'grants', grants: [{ actions, resources: undefined }], rank: 'C', reason }
}

/** `*` on `*`: the services of which the module declares something, on what it declares; never identities. */
function adminNarrowing(request: Request, found: Collected, kept: readonly Item[]): Narrowing {
  const { estate, policy } = request
  for (const service of SERVICES.toSorted()) {
    const arns = typesOf(service).flatMap((type) => declaredArns(estate, policy, type))
    if (arns.length === 0) continue
    found.actions.push(text(`${service}:*`))
    for (const one of arns) found.arns.set(one.expression + one.suffix, one)
  }
  if (found.actions.length === 0) return unproven('nothing in the module shows what it is needed for', 'B')
  const unseen = unseenPart(request, TERRAFORM_TYPES)
  if (unseen !== undefined) return unproven(unseen, 'B')
  const tooLong = overLimit(request, found)
  if (tooLong !== undefined) return { ...tooLong, rank: 'B' }
  const reason =
    'Whoever has it loses everything but the services and resources that this module declares, identities and rights ' +
    'among them; that may be who applies this.'
  const resources = [...kept, ...inOrder(found)]
  return { kind: 'grants', grants: [{ actions: found.actions, resources }], rank: 'B', reason }
}

/** Why what is known of the module's resources is not all of them. */
function unseenPart({ estate, policy }: Request, types: Iterable<string>): string | undefined {
  const beside = policy.source === undefined ? [] : estate.moduleDocuments(folderOf(policy.source.document.path))
  const unread = beside.find(({ diagnostics }) => diagnostics.length > 0)
  if (unread !== undefined)
    return `what the module declares is not all known, since ${unread.path} cannot be parsed completely`
  for (const type of types) {
    const one = uncounted(estate, policy, type)
    if (one !== undefined) return `it is not known how many of ${one.address} there are, so that they cannot be listed`
  }
  return undefined
}

/** AWS refuses a policy that is too long, so that a list of everything declared is no proposal then. */
function overLimit({ estate, policy }: Request, { arns, actions }: Collected): Narrowing | undefined {
  const holders = [policy.type, ...dependents(estate, policy).map(({ type }) => type)]
  const limit = Math.min(...holders.map((type) => LIMITS[type] ?? Number.POSITIVE_INFINITY))
  const length = arns.size * ARN_LENGTH + actions.length * 20
  return length <= limit
    ? undefined
    : unproven(`all that the module declares would not fit into a policy of ${limit} characters`, 'C')
}

/** A bucket and its objects beside each other. */
function inOrder({ arns }: Collected): readonly Item[] {
  const key = ({ expression, suffix }: DeclaredArn): string => `${expression}\u0000${suffix}`
  return [...arns.values()].toSorted((a, b) => (key(a) < key(b) ? -1 : 1)).map(arn)
}

function collectWildcard(
  { estate, policy }: Request,
  pattern: string,
  matched: readonly IamAction[],
  found: Collected,
): void {
  const services = new Set(matched.map(({ service }) => service))
  const lost = matched.filter(({ takesResource }) => !takesResource)
  const looks = matched.every(({ level }) => level === 'list' || level === 'read')
  const types = new Set(matched.flatMap((action) => namedTypes(action).map(({ type }) => `${action.service}:${type}`)))
  const arns = [...types].toSorted().flatMap((type) => declaredArns(estate, policy, type))
  for (const type of types) addType(found, terraformType(type))
  // `ec2:Describe*` on one resource would hardly allow anything.
  const isLost = looks && lost.length * 2 > matched.length
  if (arns.length === 0 || isLost || [...services].some((service) => IDENTITY_SERVICES.has(service))) {
    found.unproven.push(pattern)
    return
  }
  for (const one of arns) found.arns.set(one.expression + one.suffix, one)
  found.actions.push(text(pattern))
  found.rank = 'C'
  const listing = lost.filter(({ level }) => level === 'list')
  if (listing.length <= MOST_LISTED) found.anywhere.push(...listing.map(({ name }) => text(name)))
  const ended = listing.length <= MOST_LISTED ? lost.filter(({ level }) => level !== 'list') : lost
  const example = ended.find(({ level }) => level === 'list' || level === 'read') ?? ended[0]
  found.reasons.push(
    `${pattern} stays allowed on what this module declares, and ends elsewhere` +
      (example === undefined ? '' : `, as do its actions that take no resource, such as ${example.name}`),
  )
}

/** Adds what an action needs; false if the module does not show it. */
function collectAction(request: Request, action: IamAction, found: Collected): boolean {
  const { estate, policy } = request
  if (action.name === PASS_ROLE) return collectRoles(request, found)
  if (IDENTITY_SERVICES.has(action.service)) return false
  const types = namedTypes(action).map((one) => ({ ...one, type: `${action.service}:${one.type}` }))
  const required = types.filter((one) => one.required)
  const owners = new Set(required.map(({ type }) => terraformType(type)))
  if (owners.has(undefined)) return false
  const wanted = required.length === 0 ? types : types.filter(({ type }) => owners.has(terraformType(type)))
  const arns = wanted.flatMap(({ type }) => declaredArns(estate, policy, type))
  for (const { type } of wanted) addType(found, terraformType(type))
  const have = new Set(arns.map(({ resource }) => resource.type))
  if (arns.length === 0 || [...owners].some((owner) => owner !== undefined && !have.has(owner))) return false
  for (const one of arns) found.arns.set(one.expression + one.suffix, one)
  const everywhere = [...have].flatMap((type) => estate.terraform(type, policy.root).filter(({ dormant }) => !dormant))
  if (everywhere.length > have.size || have.size > Math.max(1, owners.size)) {
    found.rank = 'C'
    found.reasons.push(
      `${action.name} is limited to all that fits in this module, where it may need only some, or others`,
    )
  } else if (MAKING.test(action.name)) {
    found.rank = 'C'
    found.reasons.push(`${action.name} makes new resources, perhaps others than the one declared`)
  }
  return true
}

function addType({ types }: Collected, type: string | undefined): void {
  if (type !== undefined) types.add(type)
}

/** Roles can be passed that a service may assume. */
function collectRoles({ estate, policy }: Request, found: Collected): boolean {
  // A role that may pass itself on keeps whatever it has for ever.
  const own = new Set((policy.value.entries.get('role')?.refs ?? []).flatMap((reference) => estate.resolve(reference)))
  const roles = declared(estate, policy, 'aws_iam_role').filter((role) => trustsService(role) && !own.has(role))
  addType(found, 'aws_iam_role')
  for (const resource of roles) {
    const expression = arnOf(resource)
    found.arns.set(expression, { resource, expression, suffix: '' })
  }
  found.rank = 'C'
  found.reasons.push(`${PASS_ROLE} is limited to the roles of this module that services may take on`)
  return roles.length > 0
}

function trustsService(role: TerraformResource): boolean {
  const trust = readPolicy(Place.of(role).get('assume_role_policy'))
  if (trust.kind !== 'known') return false
  return trust.statements.some(({ principals }) =>
    principals.entries.some(({ type, place }) => {
      const items = place.value?.kind === 'list' ? place.items() : [place]
      return (
        type === 'Service' &&
        items.some(({ value }) => /amazonaws/.test(value === undefined ? '' : (asString(value) ?? textOf(value) ?? '')))
      )
    }),
  )
}
