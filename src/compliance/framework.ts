/**
 * A framework is data: requirements, and which rules speak to each. Texts are paraphrases of our own, since the
 * standards are copyrighted; numbers are bare in here and qualified (`pci-dss-3.2.1:8.2.1`) wherever they leave.
 */
export interface Framework {
  /** Version included, such as `pci-dss-3.2.1`. */
  readonly id: string
  readonly title: string
  readonly version: string
  /** ISO date since when nobody is assessed against it. */
  readonly retired?: string
  readonly requirements: readonly Requirement[]
}

/** `pci-dss-3.2.1:8.2.1` */
export type QualifiedId = `${string}:${string}`

/** A: configuration can show it. P: partly. M: manual, a dated attestation is what shows it. */
export type RequirementKind = 'A' | 'P' | 'M'

export interface Requirement {
  /** Bare number, unique in its framework. */
  readonly id: string
  readonly subject: string
  /** An M with rules is partly visible in configuration ("M/P"): like P, it passes only with an attestation. */
  readonly kind: RequirementKind
  /** What configuration cannot show; required for P and M. */
  readonly note?: string
  readonly rules: readonly RuleEdge[]
  /** Hub controls: every rule that names one of them speaks to this requirement too. */
  readonly controls?: readonly ControlEdge[]
  readonly successors?: readonly QualifiedId[]
  readonly predecessors?: readonly QualifiedId[]
  /** What an assessor wants to see; required for P and M. */
  readonly evidenceWanted?: string
  /** Replaced inside its own framework: listed, but neither judged nor scored. */
  readonly superseded?: { readonly by: QualifiedId; readonly since: string }
}

export interface RuleEdge {
  readonly rule: string
  /** Why a pass of this rule says something about the requirement. */
  readonly rationale: string
}

export interface ControlEdge {
  readonly control: string
  readonly rationale: string
}

interface AutomatedShape {
  readonly kind: 'A'
}

/** A requirement that configuration alone cannot show has to say what is missing and what an assessor wants. */
interface AttestedShape {
  readonly kind: 'P' | 'M'
  readonly note: string
  readonly evidenceWanted: string
}

type FrameworkDefinition = Framework & {
  readonly requirements: readonly (Requirement & (AutomatedShape | AttestedShape))[]
}

/** Checks the shape of a framework where the type system can; adds nothing at run time. */
export function defineFramework(definition: FrameworkDefinition): Framework {
  return definition
}

export function qualified(framework: Framework, requirement: Requirement): QualifiedId {
  return `${framework.id}:${requirement.id}`
}

/** One rationale for several rules, which say the same thing from different sides. */
export function because(rationale: string, ...rules: readonly string[]): RuleEdge[] {
  return rules.map((rule) => ({ rule, rationale }))
}

/** True if a rule, by its id or by a hub control it names, speaks to the requirement. */
export function speaksTo(requirement: Requirement, ruleId: string, controls: readonly string[]): boolean {
  return (
    requirement.rules.some((edge) => edge.rule === ruleId) ||
    (requirement.controls ?? []).some((edge) => controls.includes(edge.control))
  )
}

/** Orders `10.2.1.1` after `2.3` and `AC-17` after `AC-2`: numbers by their value; ids of two frameworks by framework first. */
export function compareRequirementIds(a: string, b: string): number {
  const left = a.match(PARTS) ?? []
  const right = b.match(PARTS) ?? []
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const x = left[i] ?? ''
    const y = right[i] ?? ''
    if (x === y) continue
    const byNumber = Number(x) - Number(y)
    if (Number.isFinite(byNumber) && byNumber !== 0 && x !== '' && y !== '') return byNumber
    return x < y ? -1 : 1
  }
  return 0
}

const PARTS = /\d+|\D+/g
