import type { Rank } from '../edit/rank.ts'
import type { Companions, Estate } from '../resources/estate.ts'
import type { Place } from '../resources/place.ts'
import type { ResourceKind } from '../resources/resource.ts'
import type { WorkspaceEdit } from '../text/workspace-edit.ts'
import type { Control } from './controls.ts'

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info'
export type Confidence = 'high' | 'medium' | 'low'

/** What a rule's author declares. See CONTRIBUTING.md and `npm run new-rule`. */
export interface RuleDefinition<M extends string = string> {
  /** Kebab-case, unique, never reused: `s3-no-public-acl`. */
  readonly id: string
  /** What must be true, as a sentence without full stop. */
  readonly title: string
  readonly severity: Severity
  /** What an attacker or an accident gains: why this severity and not the next one. */
  readonly severityReason: string
  readonly confidence?: Confidence
  readonly controls: readonly Control[]
  /** The same check elsewhere: `checkov:CKV_AWS_20`, `trivy:AWS-0092`, `trivy:KSV-0017`. */
  readonly sameAs: readonly string[]
  readonly kind: ResourceKind
  /** Resource types (Terraform) or kinds (Kubernetes) that the rule is called for. */
  readonly resources: readonly string[]
  /** Message templates by key; `{name}` is filled from a problem's data. Never put a secret's value into data. */
  readonly messages: Readonly<Record<M, string>>
  /** What to do about it, in a sentence or two of our own. */
  readonly remediation: string
  /** Raised whenever a verdict can change; part of the evidence. Default `1`. */
  readonly version?: string
  /** Yields what is wrong, or one of `undecided`, `notApplicable`, `pass`; yielding nothing is a pass if no unknown was met. */
  check(resource: Place, context: RuleContext): Iterable<Outcome<M>>
}

/** A rule as the engine sees it. */
export type Rule = RuleDefinition

export interface RuleContext {
  readonly estate: Estate
  /** `rules.<id>.params` of secops.yaml. */
  readonly params: Readonly<Record<string, unknown>>
  /** Estate.companions for the resource being checked, with unknowns observed. */
  companions(type: string, via: string, names?: readonly string[]): Companions
}

export type Outcome<M extends string = string> = Problem<M> | Undecided | NotApplicable | Pass

/** One thing wrong. Several per resource are normal. */
export interface Problem<M extends string = string> {
  readonly outcome?: 'problem'
  readonly at: Place
  readonly message: M
  readonly data?: Readonly<Record<string, string | number | boolean>>
  /** Tells problems at one place apart across runs; the message key if left out. Never a secret. */
  readonly key?: string
  readonly severity?: Severity
  readonly confidence?: Confidence
  /** Those of the rule's `sameAs` that look at this problem too, where some of them look at less than the rule does. */
  readonly sameAs?: readonly string[]
  readonly fix?: LocalFix
}

/** A fix that is local to the problem and comes with the rule. */
export interface LocalFix {
  /** The service's name, such as `cloudtrail`. */
  readonly fixer: string
  readonly rank: Exclude<Rank, 'S'>
  readonly title: string
  /** A person's remaining minutes. */
  readonly minutes: number
  readonly edits: WorkspaceEdit | Refusal
  /** Why it is held, for rank C and B. */
  readonly reason?: string
}

/** An edit that cannot be made safely, and why. */
export interface Refusal {
  readonly refused: string
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value
}

export interface Undecided {
  readonly outcome: 'undecided'
  readonly at: Place
  readonly reason: string
}

export interface NotApplicable {
  readonly outcome: 'not-applicable'
  readonly reason: string
}

/** A pass in spite of an unknown that was met, with the reason why it does not matter. */
export interface Pass {
  readonly outcome: 'pass'
  readonly reason: string
}

/** The rule cannot tell: what it needs is unknown. The reason defaults to what the place says of its unknown. */
export function undecided(at: Place, reason?: string): Undecided {
  return { outcome: 'undecided', at, reason: reason ?? at.unknown?.reason ?? 'its value is not known' }
}

export function notApplicable(reason: string): NotApplicable {
  return { outcome: 'not-applicable', reason }
}

export function pass(reason: string): Pass {
  return { outcome: 'pass', reason }
}

/** Ties a definition's message keys together; adds nothing at run time. */
export function defineRule<M extends string>(definition: RuleDefinition<M>): RuleDefinition<M> {
  return definition
}
