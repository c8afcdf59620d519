import type { AuditResult, Finding } from '../engine/finding.ts'
import { visibleLines } from './escape.ts'

/** The columns, in the order in which they stand; new ones are added at the end. */
const COLUMNS: readonly (readonly [name: string, cell: (finding: Finding) => string])[] = [
  ['fingerprint', (finding) => finding.fingerprint],
  ['rule', (finding) => finding.ruleId],
  ['aliases', (finding) => finding.aliases.join(' ')],
  ['severity', (finding) => finding.severity],
  ['confidence', (finding) => finding.confidence],
  ['rank', (finding) => finding.rank],
  ['status', (finding) => finding.status],
  ['file', (finding) => finding.location.file],
  ['line', (finding) => String(finding.location.range.start.line)],
  ['column', (finding) => String(finding.location.range.start.column)],
  ['address', (finding) => finding.resource.address],
  ['title', (finding) => finding.title],
  ['message', (finding) => finding.message],
  ['fixer', (finding) => finding.fix?.fixer ?? ''],
  ['requirements', (finding) => finding.requirements.join(' ')],
]

/** RFC 4180: a header, CRLF, and quotes around every cell that holds what any spreadsheet takes for a separator. One row per finding, whatever its status. */
export function renderCsv(audit: AuditResult): string {
  const rows = [
    COLUMNS.map(([name]) => name),
    ...audit.findings.map((finding) => COLUMNS.map(([, cell]) => cell(finding))),
  ]
  return rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

/**
 * A cell that no spreadsheet takes for a formula: one that begins as a formula may is led by an apostrophe, as is one that
 * begins with an apostrophe, so that taking one away gives the text back.
 */
export function csvCell(text: string): string {
  const shown = visibleLines(text)
  const safe = /^[=+\-@\t\n'\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
