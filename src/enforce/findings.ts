/** Violations as findings: at a place in a file, with a name that stays the same from run to run. */
import { createHash } from 'node:crypto'
import type { Finding, SeverityName } from '../engine/finding.ts'
import type { Action, Constraint, KubernetesObject, Part, PolicySet, ReviewedViolation } from '../gatekeeper/index.ts'
import type { Range } from '../text/span.ts'

/** A finding of a policy; `ruleId` is the policy. */
export interface PolicyFinding extends Finding {
  /** The kind of the constraint. */
  readonly policy: string
  /** Its name. */
  readonly constraint: string
  readonly action: Action
}

/** Annotations of a template or a constraint. */
export const ANNOTATION = { severity: 'secops.dev/severity', exceptions: 'secops.dev/exceptions' } as const

const SEVERITY: Readonly<Record<Action, SeverityName>> = { deny: 'HIGH', warn: 'MEDIUM', dryrun: 'LOW' }
const NAMES: Readonly<Record<string, SeverityName>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFO',
}

/** The annotation of the constraint, else of its template. */
export function annotationOf(constraint: Constraint, policies: PolicySet, name: string): string | undefined {
  const template = policies.template(constraint.kind)?.template.object
  return constraint.object.annotations.get(name) ?? template?.annotations.get(name)
}

/** Numbers equal violations of one object, so that each has a fingerprint of its own. */
export class FindingMaker {
  readonly #policies: PolicySet
  readonly #seen = new Map<string, number>()

  constructor(policies: PolicySet) {
    this.#policies = policies
  }

  make(violation: ReviewedViolation, object: KubernetesObject): PolicyFinding {
    const { constraint, message, action } = violation
    const template = this.#policies.template(constraint.kind)?.template.object
    const severity = NAMES[annotationOf(constraint, this.#policies, ANNOTATION.severity)?.toLowerCase() ?? '']
    const address = object.address
    return {
      fingerprint: this.#fingerprint([constraint.kind, constraint.name, address, message]),
      ruleId: constraint.kind,
      policy: constraint.kind,
      constraint: constraint.name,
      action,
      aliases: [],
      severity: severity ?? SEVERITY[action],
      confidence: 'HIGH',
      rank: 'S',
      title: template?.annotations.get('metadata.gatekeeper.sh/title') ?? constraint.kind,
      message: oneLine(message),
      remediation: oneLine(template?.annotations.get('description') ?? ''),
      resource: { kind: 'kubernetes', type: object.kind, address, root: folderOf(object.file) },
      location: { file: object.file, range: rangeOf(violation, object) },
      controls: [],
      requirements: [],
      status: 'open',
      sources: [],
    }
  }

  #fingerprint(parts: readonly string[]): string {
    const content = parts.join('\0')
    const ordinal = this.#seen.get(content) ?? 0
    this.#seen.set(content, ordinal + 1)
    return createHash('sha256').update(`${content}\0${ordinal}`).digest('hex').slice(0, 32)
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

export function folderOf(file: string): string {
  const slash = file.lastIndexOf('/')
  return slash < 0 ? '' : file.slice(0, slash)
}

/** Keys below a review's object that say what is looked at, not what is wrong with it. */
const IDENTITY = new Set(['apiVersion', 'kind'])

/**
 * The most telling part of the object. Policies also read what they name in the message, and what tells one kind of object from
 * another; these come last.
 */
function rangeOf({ parts, generated, review }: ReviewedViolation, object: KubernetesObject): Range {
  const candidates = parts.flatMap((part) => located(part, review.sources, generated?.source, object) ?? [])
  return candidates[0] ?? object.locate(['metadata', 'name']).range
}

function located(
  { path, missing }: Part,
  sources: ReadonlyMap<string, KubernetesObject>,
  generatedFrom: readonly string[] | undefined,
  object: KubernetesObject,
): Range | undefined {
  const [head, ...inside] = path
  if (typeof head !== 'string' || inside.length + missing.length === 0) return undefined
  if (inside.length === 1 && missing.length === 0 && IDENTITY.has(String(inside[0]))) return undefined
  if (generatedFrom !== undefined) {
    // Name, namespace and owner of a generated resource stand nowhere.
    if (inside[0] === 'metadata' && inside[1] !== 'labels' && inside[1] !== 'annotations') return undefined
    return head === 'object' ? object.locate([...generatedFrom, ...inside]).range : undefined
  }
  return sources.get(head)?.locate(inside).range
}
