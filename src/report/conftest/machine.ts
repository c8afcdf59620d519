/** JSON, TAP, a table: in the forms that Conftest's users' tools read, with the places added. */
import type { CheckResult, PolicyMessage, VerifyResult } from '../../enforce/conftest/index.ts'
import { toJson } from '../../rego/index.ts'
import { visible } from '../escape.ts'
import { print } from '../json.ts'
import { padEnd, textWidth } from '../table.ts'
import { placeOf } from '../words.ts'

/** A list of results. `loc` has the column too; `errors` are rules that ended in one. */
export function conftestJson(results: readonly CheckResult[], coverage?: VerifyResult['coverage']): string {
  const list = results.map((result) => ({
    filename: result.file === '-' ? '' : result.file,
    namespace: result.namespace,
    successes: result.successes,
    ...some('skipped', result.skipped.map(messageJson)),
    ...some('warnings', result.warnings.map(messageJson)),
    ...some('failures', result.failures.map(messageJson)),
    ...some('exceptions', result.exceptions.map(messageJson)),
    ...some('errors', result.errors),
  }))
  return print(coverage === undefined ? list : { results: list, coverage })
}

function some(name: string, items: readonly unknown[]): Readonly<Record<string, readonly unknown[]>> {
  return items.length === 0 ? {} : { [name]: items }
}

function messageJson({ message, file, range, metadata, query }: PolicyMessage): object {
  const loc =
    range === undefined
      ? { file }
      : {
          file,
          line: range.start.line,
          column: range.start.column,
          endLine: range.end.line,
          endColumn: range.end.column,
        }
  const more = toJson(metadata)
  return { msg: message, loc, metadata: { ...(typeof more === 'object' ? more : {}), query } }
}

type Section = readonly [header: string, status: 'ok' | 'not ok', messages: readonly string[]]

/** TAP: one plan for the whole run. */
export function conftestTap(results: readonly CheckResult[]): string {
  const lines: string[] = []
  let number = 0
  for (const result of results) {
    const placed = (messages: readonly PolicyMessage[]): readonly string[] =>
      messages.map((one) => `${place(one)} - ${result.namespace} - ${one.message}`)
    const here = (messages: readonly string[]): readonly string[] =>
      messages.map((message) => `${result.file} - ${result.namespace} - ${message}`)
    const sections: readonly Section[] = [
      ['', 'not ok', placed(result.failures)],
      ['errors', 'not ok', here(result.errors)],
      ['warnings', 'not ok', placed(result.warnings)],
      ['exceptions', 'ok', placed(result.exceptions)],
      ['skip', 'ok', placed(result.skipped).map((text) => `${text} # SKIP`)],
      ['successes', 'ok', here(Array.from({ length: result.successes }, () => 'SUCCESS'))],
    ]
    for (const [header, status, messages] of sections) {
      if (header !== '' && messages.length > 0) lines.push(`# ${header}`)
      for (const message of messages) lines.push(`${status} ${++number} - ${visible(message)}`)
    }
  }
  return number === 0 ? '' : [`1..${number}`, ...lines, ''].join('\n')
}

export function conftestTable(results: readonly CheckResult[]): string {
  const rows: (readonly string[])[] = []
  for (const result of results) {
    const { file, namespace } = result
    const add = (kind: string, messages: readonly PolicyMessage[]): void => {
      for (const one of messages) rows.push([kind, place(one), namespace, one.message])
    }
    for (let index = 0; index < result.successes; index++) rows.push(['success', file, namespace, 'SUCCESS'])
    add('exception', result.exceptions)
    add('warning', result.warnings)
    add('skipped', result.skipped)
    add('failure', result.failures)
    for (const error of result.errors) rows.push(['error', file, namespace, error])
  }
  if (rows.length === 0) return ''
  const cells = [['RESULT', 'FILE', 'NAMESPACE', 'MESSAGE'], ...rows.map((row) => row.map(visible))]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => textWidth(row[column] ?? ''))))
  const line = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width + 2)).join(middle) + right
  const text = (row: readonly string[]): string =>
    `│${row.map((cell, column) => ` ${padEnd(cell, widths[column] ?? 0)} `).join('│')}│`
  const [head = [], ...body] = cells
  return [line('┌', '┬', '┐'), text(head), line('├', '┼', '┤'), ...body.map(text), line('└', '┴', '┘'), ''].join('\n')
}

function place({ file, range }: PolicyMessage): string {
  return placeOf({ file, ...(range !== undefined && { range }) })
}
