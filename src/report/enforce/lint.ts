import { FAULTS, type Fault } from '../../enforce/lint/fault.ts'
import type { LintResult } from '../../enforce/lint/index.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import { visible } from '../escape.ts'
import { print } from '../json.ts'
import { styleFor } from '../style.ts'
import { sarifLog } from '../sarif-log.ts'

export interface LintReport extends LintResult {
  readonly changed: readonly string[]
  readonly runId: string | undefined
  readonly uriPrefix: string
  readonly text: (file: string) => string | undefined
}

export function lintText(report: LintReport, colour: boolean): string {
  const style = styleFor(colour)
  const lines: string[] = []
  for (const fault of report.faults) {
    const { start } = fault.range
    const level = fault.level === 'error' ? style.bad('error') : style.warning('warning')
    lines.push(`${style.place(`${visible(fault.file)}:${start.line}:${start.column}`)}  ${level}  ${fault.id}`)
    lines.push(`    ${visible(fault.message)}${fault.fix === undefined ? '' : ` ${style.dim('(--fix)')}`}`)
    lines.push(...codeLine(report, fault).map((line) => style.dim(line)))
  }
  for (const diagnostic of report.diagnostics) lines.push(`${place(diagnostic)}: ${visible(diagnostic.message)}`)
  if (report.changed.length > 0) {
    lines.push(
      `Fixed: ${report.changed.map(visible).join(', ')}. Undo: secops rollback ${report.runId ?? ''}`.trimEnd(),
    )
  }
  const { errors, warnings, fixable } = counts(report.faults)
  lines.push(
    `${report.objects} objects in ${report.files} files: ${plural(errors, 'error')}, ${plural(warnings, 'warning')}; ${fixable} to mend with --fix${report.suppressed === 0 ? '' : `; ${report.suppressed} suppressed`}.`,
  )
  return `${lines.join('\n')}\n`
}

function codeLine({ text }: LintReport, { file, range }: Fault): string[] {
  const source = text(file)
  if (source === undefined) return []
  const line = new LineMap(source).lineText(range.start.line)
  // A line of Rego or of names: what may be a value of a Secret never has a fault.
  return line.trim() === '' ? [] : [`    ${String(range.start.line).padStart(4)} | ${visible(line.trimEnd())}`]
}

function place({ file, range }: Diagnostic): string {
  return range === undefined ? visible(file) : `${visible(file)}:${range.start.line}:${range.start.column}`
}

function counts(faults: readonly Fault[]): { errors: number; warnings: number; fixable: number } {
  const errors = faults.filter(({ level }) => level === 'error').length
  return {
    errors,
    warnings: faults.length - errors,
    fixable: faults.filter(({ fix }) => fix !== undefined).length,
  }
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

export function lintJson(report: LintReport): string {
  const { errors, warnings, fixable } = counts(report.faults)
  return print({
    schemaVersion: '1.0',
    summary: { errors, warnings, total: report.faults.length, fixable, suppressed: report.suppressed },
    files: report.files,
    objects: report.objects,
    findings: report.faults.map(({ id, level, message, file, range, object, fix }) => ({
      id,
      level,
      title: FAULTS[id].title,
      message,
      object,
      location: { file, range },
      ...(fix !== undefined && { fix: { title: fix.title } }),
    })),
    fixed: report.changed,
    diagnostics: report.diagnostics,
  })
}

export function lintSarif(report: LintReport, tool: { readonly name: string; readonly version: string }): string {
  const used = [...new Set(report.faults.map(({ id }) => id))].sort()
  return sarifLog({
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: used.map((id) => ({
          id,
          shortDescription: { text: FAULTS[id].title },
          defaultConfiguration: { level: FAULTS[id].level },
        })),
      },
    },
    columnKind: 'utf16CodeUnits',
    results: report.faults.map(({ id, level, message, file, range, object }) => ({
      ruleId: id,
      ruleIndex: used.indexOf(id),
      level,
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(report.uriPrefix + file) },
            region: {
              startLine: range.start.line,
              startColumn: range.start.column,
              endLine: range.end.line,
              endColumn: range.end.column,
            },
          },
          logicalLocations: [{ fullyQualifiedName: object }],
        },
      ],
    })),
  })
}
