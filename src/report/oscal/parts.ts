import type { ComplianceResult, RequirementResult } from '../../compliance/comply.ts'
import type { AuditResult } from '../../engine/finding.ts'

/** What OSCAL documents of one assessment have in common. */
export interface OscalInput {
  readonly result: ComplianceResult
  readonly audit: AuditResult
  /** The project's name. */
  readonly project: string
}

/** Names of properties that NIST does not define stand in a namespace. */
const NAMESPACE = 'https://gp-copilot.invalid/ns/oscal'

export const CATALOG_FILE = 'oscal-catalog.json'
export const PLAN_FILE = 'oscal-assessment-plan.json'
export const RESULTS_FILE = 'oscal-assessment-results.json'
export const COMPONENT_FILE = 'oscal-component-definition.json'

export interface Prop {
  readonly name: string
  readonly ns: string
  readonly value: string
}

/** OSCAL's strings have no space at the ends and are never empty. */
export function prop(name: string, value: string): Prop[] {
  const text = value.replaceAll(/\s+/g, ' ').trim()
  return text === '' ? [] : [{ name, ns: NAMESPACE, value: text }]
}

export function metadata({ result, audit }: OscalInput, title: string): object {
  return {
    title,
    'last-modified': timeOf(result.asOf),
    version: `${result.framework}+${audit.tool.name}-${audit.tool.version}`,
    'oscal-version': '1.1.3',
  }
}

/** The day of the assessment, as an instant: no clock is asked. */
export function timeOf(date: string): string {
  return `${date}T00:00:00Z`
}

/** An OSCAL token for a requirement: `pci-dss-4.0.1:1.3.1` as `req-1.3.1`, parentheses as `_`. */
export function controlId({ id }: Pick<RequirementResult, 'id'>): string {
  const number = id.slice(id.indexOf(':') + 1)
  return `req-${number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}`
}
