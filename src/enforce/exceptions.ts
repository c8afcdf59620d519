/** Exceptions from policies: what somebody answers for, until a day. */
import { createHash } from 'node:crypto'
import type { Exception } from '../compliance/exceptions.ts'
import { whyExceptionFails } from '../compliance/exceptions.ts'
import { matchesGlob } from '../engine/exceptions.ts'
import type { Constraint, PolicySet } from '../gatekeeper/index.ts'
import type { Range } from '../text/span.ts'
import { ANNOTATION, annotationOf, folderOf, type PolicyFinding } from './findings.ts'

export interface PlacedException {
  readonly exception: Exception
  readonly file: string
  readonly range: Range
}

/** Findings with those suppressed that an exception covers, and findings about the exceptions themselves. */
export function applyExceptions(
  findings: readonly PolicyFinding[],
  exceptions: readonly PlacedException[],
  policies: PolicySet,
  asOf: string,
): readonly PolicyFinding[] {
  const mine = exceptions.filter(({ exception }) => exception.policy !== undefined)
  const used = new Set<PlacedException>()
  const refused = new Set<PlacedException>()
  const constraints = new Map(policies.constraints.map((one) => [`${one.kind}\0${one.name}`, one]))
  const judged = findings.map((finding): PolicyFinding => {
    const constraint = constraints.get(`${finding.policy}\0${finding.constraint}`)
    const covering = mine.filter(({ exception }) => covers(exception, finding))
    if (covering.length === 0) return finding
    if (constraint !== undefined && takesNone(constraint, policies)) {
      for (const one of covering) refused.add(one)
      return finding
    }
    for (const one of covering) used.add(one)
    const valid = covering.find(({ exception }) => whyExceptionFails(exception, asOf) === undefined)
    if (valid === undefined) return finding
    const { reason, owner, expires } = valid.exception
    return { ...finding, status: 'suppressed', suppression: { reason, owner, expires } }
  })
  return [...judged, ...mine.flatMap((one) => aboutException(one, used.has(one), refused.has(one), asOf))]
}

/** A policy is named by the kind of its constraints, the name of its template, of a constraint, or as `Kind/name`. */
function covers(exception: Exception, { policy, constraint, resource, location }: PolicyFinding): boolean {
  const names = [policy, policy.toLowerCase(), constraint, `${policy}/${constraint}`]
  if (exception.policy === undefined || !names.includes(exception.policy)) return false
  return matchesGlob(exception.target, resource.address) || matchesGlob(exception.target, location.file)
}

/** `secops.dev/exceptions: none` on the template or the constraint. */
function takesNone(constraint: Constraint, policies: PolicySet): boolean {
  return annotationOf(constraint, policies, ANNOTATION.exceptions)?.trim().toLowerCase() === 'none'
}

function aboutException(placed: PlacedException, used: boolean, refused: boolean, asOf: string): PolicyFinding[] {
  const { exception } = placed
  const { policy = '', target, owner } = exception
  const about = `The exception of ${owner} from ${policy} for ${target}`
  const found: PolicyFinding[] = []
  const why = whyExceptionFails(exception, asOf)
  if (refused) {
    found.push(
      finding(
        placed,
        'exception-not-allowed',
        'MEDIUM',
        'A policy that takes no exceptions has one',
        `${about} does not count: the policy takes no exceptions.`,
        'Remove the exception, and fix what the policy found.',
      ),
    )
  } else if (why !== undefined) {
    found.push(
      finding(
        placed,
        'exception-expired',
        'MEDIUM',
        'An exception does not count any more',
        `${about} does not count: ${why}.`,
        'Fix what it covers, or have its owner renew it with a new reason and day.',
      ),
    )
  }
  if (!used && !refused) {
    found.push(
      finding(
        placed,
        'exception-unused',
        'LOW',
        'An exception covers nothing',
        `${about} covers no violation of these files.`,
        'Remove it, or correct its policy or target.',
      ),
    )
  }
  return found
}

function finding(
  { exception, file, range }: PlacedException,
  policy: string,
  severity: 'MEDIUM' | 'LOW',
  title: string,
  message: string,
  remediation: string,
): PolicyFinding {
  const address = `${exception.policy ?? ''}@${exception.target}`
  return {
    fingerprint: createHash('sha256').update([policy, address, exception.owner].join('\0')).digest('hex').slice(0, 32),
    ruleId: policy,
    policy,
    constraint: '',
    action: 'warn',
    aliases: [],
    severity,
    confidence: 'HIGH',
    rank: 'S',
    title,
    message,
    remediation,
    resource: { kind: 'kubernetes', type: 'exception', address, root: folderOf(file) },
    location: { file, range },
    controls: [],
    requirements: [],
    status: 'open',
    sources: [],
  }
}
