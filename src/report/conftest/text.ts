import type { CheckResult, PolicyMessage, VerifyResult } from '../../enforce/conftest/index.ts'
import { visibleLines } from '../escape.ts'
import { styleFor } from '../style.ts'
import { placeOf } from '../words.ts'
import { totalsOf, totalsText } from './words.ts'

export interface ConftestTextOptions {
  readonly colour: boolean
  /** Only what is not well. */
  readonly quiet: boolean
  readonly suppressExceptions: boolean
  readonly showSkipped: boolean
}

/** `FAIL - file:line:column - package - message`, and the totals. */
export function renderConftestText(results: readonly CheckResult[], options: ConftestTextOptions): string {
  const style = styleFor(options.colour)
  const lines: string[] = []
  const say = (
    word: string,
    { file, range, message }: Pick<PolicyMessage, 'file' | 'range' | 'message'>,
    namespace: string,
  ): void => {
    const place = placeOf({ file, ...(range !== undefined && { range }) })
    lines.push(`${word} - ${visibleLines(`${place} - ${namespace} - ${message}`)}`)
  }
  for (const { prints } of results)
    for (const line of prints) lines.push(`${style.place('PRNT')}  ${visibleLines(line)}`)
  for (const { file, namespace, warnings, failures, exceptions, skipped, errors } of results) {
    for (const message of errors) say(style.bad('ERROR'), { file, message }, namespace)
    for (const one of warnings) say(style.warning('WARN'), one, namespace)
    for (const one of failures) say(style.bad('FAIL'), one, namespace)
    if (!options.suppressExceptions) for (const one of exceptions) say(style.place('EXCP'), one, namespace)
    if (options.showSkipped) for (const one of skipped) say(style.warning('SKIP'), one, namespace)
  }
  const totals = totalsOf(results)
  const colour =
    totals.failures + totals.errors > 0
      ? style.bad
      : totals.warnings > 0
        ? style.warning
        : totals.exceptions > 0
          ? style.place
          : style.good
  const summary = totalsText(totals) + (options.showSkipped ? `, ${totals.skipped} skipped` : '')
  if (options.quiet && totals.failures + totals.errors + totals.warnings === 0) return ''
  return [...lines, '', colour(summary), ''].join('\n')
}

/** Each test with its verdict, by file, as `opa test --verbose` has it; coverage by file, if it was asked for. */
export function renderVerifyReport({ tests, coverage }: VerifyResult): string {
  const lines: string[] = []
  let file = ''
  for (const test of tests) {
    if (test.file !== file) lines.push(...(file === '' ? [] : ['']), `${test.file}:`)
    file = test.file
    lines.push(
      `${test.package}.${test.name}: ${test.status.toUpperCase()}${test.status === 'pass' ? '' : ` (line ${test.line})`}`,
    )
    for (const text of test.output) for (const line of text.split('\n')) lines.push(`  ${visibleLines(line)}`)
  }
  const count = (status: string): number => tests.filter((test) => test.status === status).length
  lines.push('-'.repeat(80))
  for (const status of ['pass', 'fail', 'error', 'skip']) {
    const number = count(status)
    if (number > 0) lines.push(`${status.toUpperCase()}: ${number}/${tests.length}`)
  }
  return [...lines, ...coverageLines(coverage), ''].join('\n')
}

export function coverageLines(coverage: VerifyResult['coverage']): readonly string[] {
  if (coverage.length === 0) return []
  const lines = coverage.map(({ file, covered, notCovered }) => {
    const missing = notCovered.length === 0 ? '' : `, not covered: ${ranges(notCovered)}`
    return `  ${percent(covered.length, covered.length + notCovered.length)}  ${file}${missing}`
  })
  const covered = coverage.reduce((sum, one) => sum + one.covered.length, 0)
  const all = covered + coverage.reduce((sum, one) => sum + one.notCovered.length, 0)
  return ['', 'Coverage, by lines', ...lines, `  ${percent(covered, all)}  all`]
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 100 : Math.floor((part * 1000) / whole) / 10).toFixed(1)}%`.padStart(6)
}

/** `3-5, 9`. */
function ranges(lines: readonly number[]): string {
  const parts: { first: number; last: number }[] = []
  for (const line of lines) {
    const last = parts.at(-1)
    if (last !== undefined && line === last.last + 1) last.last = line
    else parts.push({ first: line, last: line })
  }
  return parts.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(', ')
}
