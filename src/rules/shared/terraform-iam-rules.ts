import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import { type PolicyStatement, readPolicy } from '../../resources/terraform/policy.ts'
import { notApplicable, type Outcome, pass, type RuleDefinition, undecided } from '../rule.ts'
import { type Grant, grantsOf } from './terraform-iam-grants.ts'
import { policiesOf, POLICY_DOCUMENT, POLICY_HOLDERS } from './terraform-iam-policies.ts'
import { mentions } from '../../resources/estate.ts'

/** One policy as a rule judges it. */
export interface IamPolicy {
  /** Everything that may be allowed to an identity. */
  readonly grants: readonly Grant[]
  /** The statements to report on, with those that have a principal. */
  readonly statements: readonly PolicyStatement[]
  readonly place: Place
}

/** What two rules have in common that look for one thing in identities' policies and in policy documents. */
export type PolicyConcern<M extends string> = Pick<
  RuleDefinition<M>,
  'severity' | 'severityReason' | 'confidence' | 'controls' | 'messages' | 'remediation'
> & {
  readonly judge: (policy: IamPolicy) => Iterable<Outcome<M>>
}

interface RuleNames {
  readonly id: string
  readonly title: string
  readonly sameAs: readonly string[]
}

/**
 * A rule over policies that are written in the resources which give them to identities. A policy that comes from a
 * declared policy document is judged at the document, by `policyDocumentRule`.
 */
export function identityPolicyRule<M extends string>(concern: PolicyConcern<M>, names: RuleNames): RuleDefinition<M> {
  const { judge, ...common } = concern
  return {
    ...common,
    ...names,
    kind: 'terraform',
    resources: POLICY_HOLDERS,
    check: (resource, { estate }) => judgeIdentity(resource, estate, judge),
  }
}

/** A rule over `aws_iam_policy_document`, wherever it is used. */
export function policyDocumentRule<M extends string>(concern: PolicyConcern<M>, names: RuleNames): RuleDefinition<M> {
  const { judge, ...common } = concern
  return {
    ...common,
    ...names,
    kind: 'terraform',
    resources: [POLICY_DOCUMENT],
    check: (resource, { estate }) => judgeDocument(resource, estate, judge),
  }
}

/** A rule over both. */
export function anyPolicyRule<M extends string>(concern: PolicyConcern<M>, names: RuleNames): RuleDefinition<M> {
  const { judge, ...common } = concern
  return {
    ...common,
    ...names,
    kind: 'terraform',
    resources: [...POLICY_HOLDERS, POLICY_DOCUMENT],
    check: (resource, { estate }) =>
      resource.resource.type === POLICY_DOCUMENT
        ? judgeDocument(resource, estate, judge)
        : judgeIdentity(resource, estate, judge),
  }
}

function* judgeIdentity<M extends string>(
  resource: Place,
  estate: Estate,
  judge: PolicyConcern<M>['judge'],
): Iterable<Outcome<M>> {
  const inline = resource.get('inline_policy')
  if (resource.resource.type === 'aws_iam_role' && inline.absent)
    return yield notApplicable('the role has no inline policy')
  if (isBoundary(resource.resource, estate)) return yield notApplicable('it is an upper bound, not a grant')
  const policies = policiesOf(resource)
  const own = policies.filter((policy) => !isFromDocument(policy))
  if (policies.length > 0 && own.length === 0 && !inline.mayHaveMore()) {
    return yield notApplicable('its policy document is judged by itself')
  }
  const outcomes = own.flatMap((policy) => judgePolicy(policy, judge, () => true))
  if (inline.mayHaveMore()) outcomes.push(undecided(inline, 'there may be more inline policies than can be read'))
  if (outcomes.length > 0) yield* outcomes
  else yield pass('no statement can be such a one')
}

function* judgeDocument<M extends string>(
  resource: Place,
  estate: Estate,
  judge: PolicyConcern<M>['judge'],
): Iterable<Outcome<M>> {
  const document = resource.resource
  if (document.kind !== 'terraform') return
  if (isCeiling(document, estate)) return yield notApplicable('it is an upper bound of an organisation, not a grant')
  const outcomes = judgePolicy(resource.get('json'), judge, (statement) => !isElsewhere(statement, document, estate))
  if (outcomes.length > 0) yield* outcomes
  else yield pass('no statement can be such a one')
}

function judgePolicy<M extends string>(
  place: Place,
  judge: PolicyConcern<M>['judge'],
  isOwn: (statement: PolicyStatement) => boolean,
): Outcome<M>[] {
  const reading = readPolicy(place)
  if (reading.kind === 'absent') return []
  if (reading.kind === 'unknown') return [undecided(place, reading.reason)]
  const statements = reading.statements.filter(isOwn)
  const outcomes = [...judge({ place, statements, grants: grantsOf(statements, reading.statements) })]
  if (!reading.complete && outcomes.length === 0) {
    outcomes.push(undecided(place, 'there may be more statements than can be read'))
  }
  return outcomes
}

/** Whether a policy is the text of a declared document. */
export function isFromDocument({ value }: Place): boolean {
  return (
    value?.refs?.some(
      ({ address, attribute }) =>
        /(?:^|\.)data\.aws_iam_policy_document\./.test(address) && /^(?:minified_)?json$/.test(attribute ?? ''),
    ) === true
  )
}

/** True for a statement that was merged in from another document, where it is judged. */
function isElsewhere(statement: PolicyStatement, document: TerraformResource, estate: Estate): boolean {
  if (isWithin(statement, document)) return false
  return estate.terraform(POLICY_DOCUMENT, document.root).some((other) => isWithin(statement, other))
}

function isWithin({ place }: PolicyStatement, { source }: TerraformResource): boolean {
  if (source === undefined) return false
  const { document, span } = place.location
  const block = source.block.span
  return document.path === source.document.path && span.start >= block.start && span.end <= block.end
}

/** Service and resource control policies bound what an organisation may do; they give nothing to anybody. */
function isCeiling(document: Resource, estate: Estate): boolean {
  return estate.terraform('aws_organizations_policy', document.root).some((policy) => mentions(policy.value, document))
}

const ATTACHMENTS = [
  'aws_iam_role_policy_attachment',
  'aws_iam_user_policy_attachment',
  'aws_iam_group_policy_attachment',
  'aws_iam_policy_attachment',
]

/** A policy that is set as a permissions boundary and attached nowhere only takes away. */
function isBoundary(policy: Resource, estate: Estate): boolean {
  if (policy.type !== 'aws_iam_policy') return false
  const bounded = ['aws_iam_role', 'aws_iam_user']
    .flatMap((type) => estate.terraform(type, policy.root))
    .some(({ value }) => namesIn(value.entries.get('permissions_boundary'), policy))
  if (!bounded) return false
  const attached = ATTACHMENTS.flatMap((type) => estate.terraform(type, policy.root)).some(({ value }) =>
    mentions(value, policy),
  )
  const managed = estate
    .terraform('aws_iam_role', policy.root)
    .some(({ value }) => namesIn(value.entries.get('managed_policy_arns'), policy))
  return !attached && !managed
}

function namesIn(value: Parameters<typeof mentions>[0] | undefined, policy: Resource): boolean {
  return value !== undefined && mentions(value, policy)
}
