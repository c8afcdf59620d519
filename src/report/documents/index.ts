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

/** The documents of `secops report --kind`, by their names. */
export const DOCUMENTS: ReadonlyMap<string, (input: DocumentInput) => Document> = new Map([
  ['executive', executive],
  ['engineer', engineer],
  ['gap-analysis', gapAnalysis],
  ['checklist', checklist],
  ['savepoint', savepoint],
  ['quick-start', quickStart],
  ['admission-analysis', admissionAnalysis],
  ['audit-readiness', auditReadiness],
])

export type { AdmissionObject, DocumentInput } from './input.ts'
export { documentHtml } from './html.ts'
export { documentMarkdown } from './markdown.ts'
