import { admissionAnalysis } from './admission-analysis.ts'
import { auditReadiness } from './audit-readiness.ts'
import { checklist } from './checklist.ts'
import { engineer } from './engineer.ts'
import { executive } from './executive.ts'
import { gapAnalysis } from './gap-analysis.ts'
import type { DocumentInput } from './input.ts'
import type { Document } from './model.ts'
import { quickStart } from './quick-start.ts'
import { savepoint } from './savepoint.ts'

interface DocumentKind {
  readonly make: (input: DocumentInput) => Document
  /** It shows what fixes would do: the plan has to be made, and its steps projected, which takes time. */
  readonly plans: boolean
}

/** The documents of `secops report --kind`, by their names. */
export const DOCUMENTS: ReadonlyMap<string, DocumentKind> = new Map([
  ['executive', { make: executive, plans: true }],
  ['engineer', { make: engineer, plans: true }],
  ['gap-analysis', { make: gapAnalysis, plans: false }],
  ['checklist', { make: checklist, plans: true }],
  ['savepoint', { make: savepoint, plans: true }],
  ['quick-start', { make: quickStart, plans: true }],
  ['admission-analysis', { make: admissionAnalysis, plans: false }],
  ['audit-readiness', { make: auditReadiness, plans: false }],
])

export type { AdmissionObject, DocumentInput } from './input.ts'
export { documentHtml } from './html.ts'
export { documentMarkdown } from './markdown.ts'
