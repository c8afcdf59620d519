import { attribute, containerOf, type EditRefusal, findAttribute, raw } from '../../edit/hcl/index.ts'
import { Place } from '../../resources/place.ts'
import type { PolicyStatement } from '../../resources/terraform/policy.ts'
import { callerIdentity } from '../shared/account.ts'
import { confinePrincipal } from '../shared/confine.ts'
import { dependents, dependsOn } from '../shared/references.ts'
import { once } from '../shared/session.ts'
import { arnOf } from './arns.ts'
import { groupOf, type Plan, statementOf, type Subject } from './concern.ts'
import { hclValue, type Item, itemOfValue } from './items.ts'
import { addCondition, rewriteStatement } from './rewrite.ts'
import { needFor, valuesFor } from './values.ts'

/** What a role's trust lets others do. */
const ASSUMING = /^(?:\*+|sts:(?:\*+|AssumeRole\w*|Assume\*))$/i
/** Conditions by which an account's identities are told apart. */
const NAMING =
  /^(?:aws:(?:PrincipalArn|PrincipalTag\/.+|PrincipalOrgPaths|SourceIdentity|userid|username)|sts:(?:ExternalId|SourceIdentity))$/i
/** The tag by which identities may take a role that was open to everybody. */
export const TAG = 'may-assume'

/** Confines a statement that lets everybody in to those of `values.iam`, else to the own account. */
export function confine(subject: Subject): Plan | EditRefusal {
  const found = statementOf(subject)
  if ('refused' in found) return found
  const { target, context } = subject
  const { statement, place, written } = found
  const principal = place.get('Principal')
  if (principal.absent) return { refused: 'the statement lets in everybody but some: say who is to be let in' }
  if (written.form.kind === 'file') {
    return {
      refused: `${written.file.path} is read as it is and cannot refer to the account: write the policy with jsonencode first`,
    }
  }
  const who = valuesFor(context.values, target.resource).flatMap(({ principals = [] }) => principals)
  const isTrust = statement.actions.known.some((action) => ASSUMING.test(action))
  const group = groupOf(written)
  const to = who.length > 0 ? 'those whom values.iam names' : 'the own account'
  const label = target.resource.name
  // Within the own account a tag tells who: else everybody with the right to assume roles would take this one.
  const byTag = isTrust && who.length === 0 && !isNamed(statement)
  return {
    rank: isTrust ? 'B' : 'C',
    title: `Confine the statement to ${to}`,
    minutes: 30,
    reason: isTrust
      ? `Everybody in the world may take this role today, and the code cannot show who does: all but ${to} are locked out` +
        (byTag ? `, and there all but identities with the tag ${TAG} = ${label}.` : '.')
      : 'Everybody is let in today, and the code cannot show who comes.',
    needs: [],
    group,
    runbook: isTrust ? 'trust' : 'resource-policy',
    ...(byTag && { tag: label }),
    apply: (session) =>
      once(session, `principal ${group}`, () => {
        const texts = who.length === 0 ? undefined : who.map(insideOf)
        const refused = confinePrincipal(session, principal, texts)
        if (refused !== undefined) return refused
        const own = ownResource(subject, statement)
        if (own !== undefined) rewriteStatement(session.edits, written, [{ actions: undefined, resources: [own] }])
        if (!byTag) return undefined
        return addCondition(session.edits, written, {
          operator: 'StringEquals',
          key: `aws:PrincipalTag/${TAG}`,
          value: label,
        })
      }),
  }
}

/** What a policy document is the policy of, where it says `"*"` for that: the policies of domains take any text there. */
function ownResource({ target, context: { estate } }: Subject, { resources }: PolicyStatement): Item | undefined {
  const { resource } = target
  if (resource.type !== 'data.aws_iam_policy_document' || resources.not || resources.known.join() !== '*')
    return undefined
  const [user, ...others] = dependents(estate, resource)
  if (
    user?.kind !== 'terraform' ||
    others.length > 0 ||
    !/^aws_(?:elasticsearch|opensearch)_domain_policy$/.test(user.type)
  ) {
    return undefined
  }
  const named = (user.value.entries.get('domain_name')?.refs ?? []).flatMap((reference) => estate.resolve(reference))
  const [domain, ...more] = named.filter(({ modulePath }) => modulePath === resource.modulePath)
  if (domain === undefined || more.length > 0 || dependsOn(estate, domain, resource)) return undefined
  return { kind: 'reference', expression: arnOf(domain), suffix: '/*' }
}

function isNamed({ conditions }: PolicyStatement): boolean {
  return conditions !== 'unknown' && conditions.some(({ key }) => NAMING.test(key))
}

/** The inside of a Terraform string that means a principal of `secops.yaml`. */
function insideOf(value: string): string {
  const item = hclValue(itemOfValue(value))
  if (typeof item === 'string') {
    return JSON.stringify(item.replace(/[$%]\{/g, (sign) => sign.charAt(0) + sign)).slice(1, -1)
  }
  if (typeof item === 'object' && 'template' in item) return item.template
  return typeof item === 'object' && 'raw' in item ? `\${${item.raw}}` : ''
}

/** Replaces a whole account, or tells apart whom of it a role is for. */
export function nameAssumer(subject: Subject): Plan | EditRefusal {
  const found = statementOf(subject)
  if ('refused' in found) return found
  const { target, context } = subject
  const { written } = found
  const who = valuesFor(context.values, target.resource).flatMap(({ principals = [] }) => principals)
  const group = groupOf(written)
  const { at } = subject.complaint
  return {
    rank: 'B',
    title: 'Let only those take the role whom values.iam names',
    minutes: 30,
    reason: 'Every identity of the account that may assume roles takes this one today; all others are locked out.',
    needs: who.length > 0 ? [] : [needFor(target.resource, 'principals')],
    group,
    runbook: 'trust',
    apply: (session) =>
      once(session, `principal ${at.pathText} ${group}`, () => {
        const origin = at.value?.origin
        if (origin === undefined || origin.language === 'yaml') return { refused: 'the principal is computed' }
        const span = origin.language === 'hcl' ? origin.node.span : origin.span
        if (span.start < written.span.start || span.end > written.span.end || written.form.kind === 'file') {
          return { refused: 'the principal is written elsewhere' }
        }
        const texts = who.map((one) => `"${insideOf(one)}"`)
        const inList = typeof at.path.at(-1) === 'number' || written.form.kind === 'block'
        const list = texts.length === 1 || inList ? texts.join(', ') : `[${texts.join(', ')}]`
        session.edits.replace(written.file, span, list)
        return undefined
      }),
  }
}

/** Lets a function be called by services of the own account only; identities of the account have IAM for that. */
export function confinePermission({ target }: Subject): Plan | EditRefusal {
  return {
    rank: 'B',
    title: 'Let the function be called from the own account only',
    minutes: 20,
    reason: 'The permission is replaced, and calls on behalf of other accounts end.',
    needs: [],
    group: `${target.document.path}#${target.block.span.start}`,
    runbook: 'permission',
    apply: (session) =>
      once(session, `permission ${target.block.span.start}`, () => {
        const there = containerOf(Place.of(target.resource))
        if (there === undefined || findAttribute(target.block, 'source_account') !== undefined) {
          return { refused: 'its source account is computed' }
        }
        const name = callerIdentity(session, target.dir)
        const { name: key, value } = attribute('source_account', raw(`data.aws_caller_identity.${name}.account_id`))
        session.edits.setAttribute(there.document, there.container, key, value)
        return undefined
      }),
  }
}
