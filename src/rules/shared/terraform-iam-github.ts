import type { Estate } from '../../resources/estate.ts'
import { asString, type Place, type Tri } from '../../resources/place.ts'
import { PolicyElement, type PolicyStatement } from '../../resources/terraform/policy.ts'
import { notApplicable, type Outcome, type RuleDefinition, type Severity, undecided } from '../rule.ts'
import { textOf, UNKNOWN_PART } from '../../resources/aws/iam-resources.ts'
import { concerns, judgeStatements, positiveConditions, principalItems } from './terraform-iam-trust.ts'

const ISSUER = 'token.actions.githubusercontent.com'
const SUBJECT = /^token\.actions\.githubusercontent\.com(?:\/[\w-]+)?:sub$/i
/** The subject of a provider that is not known: of the trusted one, or else the condition would never hold. */
const CLAIM = /^:sub$/
const AUDIENCE = /^token\.actions\.githubusercontent\.com(?:\/[\w-]+)?:aud$/i
/** Claims that name an owner or a repository, in the order in which a subject can have them. */
const OWNING =
  /(?:^|:)(?:repo|repository|repository_owner|repository_id|repository_owner_id|job_workflow_ref|enterprise):([^:]*)/

type Message = 'noSubject' | 'anyRepository' | 'ownerless' | 'wholeOwner'

type GithubRule = Pick<RuleDefinition, 'id' | 'version' | 'title' | 'sameAs'> & {
  readonly resource: string
  readonly policy: string
  readonly skip?: (policy: Place) => string | undefined
}

/** A rule over trust in GitHub's tokens: they must be of repositories that are named. */
export function githubTrustRule({ resource: type, policy, skip, ...names }: GithubRule): RuleDefinition<Message> {
  return {
    ...names,
    severity: 'critical',
    severityReason:
      'Anybody with a GitHub account can have such a token made by a workflow of theirs, and takes the role without ' +
      'stealing anything. Where only repositories of the owner get in it is medium.',
    controls: ['AC-3', 'AC-6', 'IA-9'],
    kind: 'terraform',
    resources: [type],
    messages: {
      noSubject: 'No condition on the subject: a workflow of any repository on GitHub can take this role.',
      anyRepository: 'The subject "{subject}" fits repositories of other owners: their workflows can take this role.',
      ownerless: 'The subject "{subject}" names no repository: what it names, every owner on GitHub can call the same.',
      wholeOwner:
        'The subject "{subject}" fits every repository of the owner, so whoever may create one can take this role.',
    },
    remediation:
      `Compare \`${ISSUER}:sub\` with \`repo:OWNER/REPOSITORY:ref:refs/heads/main\` or an environment of one ` +
      `repository, and \`${ISSUER}:aud\` with \`sts.amazonaws.com\`.`,
    *check(resource, { estate }) {
      const at = resource.get(policy)
      const skipped = skip?.(at)
      if (skipped !== undefined) return yield notApplicable(skipped)
      yield* judgeStatements(at, (statement) => judge(statement, estate))
    },
  }
}

function* judge(statement: PolicyStatement, estate: Estate): Iterable<Outcome<Message>> {
  const federated = principalItems(statement, 'Federated')
  const principal = federated.find((item) => isGithub(item, statement, estate) === 'yes')
  const unsure = federated.find((item) => isGithub(item, statement, estate) === 'unknown')
  const assumes = concerns(statement, 'sts:AssumeRoleWithWebIdentity')
  if (assumes === 'no') return
  const { place } = statement.principals
  if (place.unknown !== undefined) return yield undecided(place)
  if (principal === undefined && unsure === undefined) return
  const subjects = subjectsOf(statement)
  if (subjects === 'unknown') return yield undecided(statement.place.get('Condition'))
  const outcomes = [...judgeSubjects(statement, principal ?? statement.place)]
  if (principal !== undefined && assumes === 'yes') {
    // A condition on the audience says it again: IAM refuses tokens for others than the client ids of the provider.
    yield* outcomes
  } else if (outcomes.length > 0) {
    yield undecided(unsure ?? statement.actions.place, 'whether this trusts GitHub is not known')
  }
}

function* judgeSubjects(statement: PolicyStatement, principal: Place): Iterable<Outcome<Message>> {
  const conditions = subjectsOf(statement)
  if (conditions === 'unknown') return
  if (conditions.length === 0) return yield { at: principal, message: 'noSubject' }
  // Conditions must hold together: one that is tight enough settles it.
  const judged = conditions.map((condition) => {
    const literal = !/like/i.test(condition.operator)
    return new PolicyElement(condition.place, false).items.map((item) => judgeSubject(item, literal))
  })
  if (judged.some((outcomes) => outcomes.length > 0 && outcomes.every((outcome) => outcome === undefined))) return
  for (const outcome of judged.flat()) if (outcome !== undefined) yield outcome
  const unread = conditions.find(({ values }) => values.kind === 'unknown')
  if (judged.flat().length === 0 && unread !== undefined) yield undecided(unread.place)
}

function subjectsOf(statement: PolicyStatement): ReturnType<typeof positiveConditions> {
  const own = positiveConditions(statement, SUBJECT)
  return own === 'unknown' || own.length > 0 ? own : positiveConditions(statement, CLAIM)
}

/** Undefined for a subject that names its repositories. */
function judgeSubject(at: Place, literal: boolean): Outcome<Message> | undefined {
  const text = textOf(at.value)
  if (text === undefined) {
    at.string()
    return undecided(at)
  }
  const problem = (message: Message, severity: Severity): Outcome<Message> => ({
    at,
    message,
    severity,
    data: { subject: text.replaceAll(UNKNOWN_PART, '…') },
  })
  const owning = OWNING.exec(text)
  if (owning === null)
    return text.startsWith('*') && !literal ? problem('anyRepository', 'critical') : problem('ownerless', 'critical')
  if (literal) return undefined
  const [owner = '', repository] = (owning[1] ?? '').split('/')
  if (/[*?]/.test(text.slice(0, owning.index)) || /[*?]/.test(owner)) return problem('anyRepository', 'critical')
  if (owner === '') return problem('anyRepository', 'critical')
  if (owner.includes(UNKNOWN_PART)) return undecided(at, 'the owner of the repositories is not known')
  return repository !== undefined && /^[*?]+$/.test(repository) ? problem('wholeOwner', 'medium') : undefined
}

/** Whether a federated principal is GitHub Actions: by its ARN, by the conditions, or by the URL of the provider it refers to. */
export function isGithub({ value }: Place, { conditions }: PolicyStatement, estate: Estate): Tri {
  const text = textOf(value) ?? (value === undefined ? undefined : asString(value))
  if (text?.includes(ISSUER) === true) return 'yes'
  if (conditions !== 'unknown' && conditions.some(({ key }) => SUBJECT.test(key) || AUDIENCE.test(key))) return 'yes'
  if (value?.kind !== 'unknown' || isForServiceAccounts(conditions)) return 'no'
  const providers = (value.refs ?? []).flatMap((reference) => estate.resolve(reference))
  const urls = providers.map((provider) => textOf(provider.value.entries.get('url')))
  if (urls.some((url) => url?.includes(ISSUER) === true)) return 'yes'
  return urls.length > 0 && urls.every((url) => url !== undefined) ? 'no' : 'unknown'
}

/** The subject of a Kubernetes cluster's tokens: whatever the provider is called, it is not GitHub. */
function isForServiceAccounts(conditions: PolicyStatement['conditions']): boolean {
  if (conditions === 'unknown') return false
  return conditions.some(({ place }) =>
    new PolicyElement(place, false).items.some(
      ({ value }) => textOf(value)?.startsWith('system:serviceaccount:') === true,
    ),
  )
}
