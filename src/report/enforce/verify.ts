/** Results of suites: text, JSON, JUnit. */
import type { CaseFailure, CaseResult } from '../../gatekeeper/index.ts'
import { escapeHtml, visible } from '../escape.ts'
import { print } from '../json.ts'
import { styleFor } from '../style.ts'
import { count } from '../words.ts'

export interface SuiteReport {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly CaseFailure[]
  readonly suites: number
  readonly cases: readonly CaseResult[]
}

export function verifyJson({ passed, failed, skipped, failures }: SuiteReport): string {
  return print({ passed, failed, skipped, failures })
}

/** One line per suite, and what is wrong below it. */
export function renderVerifyText(report: SuiteReport, options: { readonly colour: boolean }): string {
  const style = styleFor(options.colour)
  const lines: string[] = []
  for (const [suite, cases] of bySuite(report.cases)) {
    const failed = cases.filter(({ outcome }) => outcome.kind === 'failed')
    const skipped = cases.filter(({ outcome }) => outcome.kind === 'skipped').length
    const said = [
      `${cases.length - failed.length - skipped} passed`,
      ...(failed.length > 0 ? [`${failed.length} failed`] : []),
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ]
    const mark = failed.length > 0 ? style.bad('FAIL') : style.good('ok  ')
    lines.push(`${mark} ${visible(suite)}  ${style.dim(said.join(', '))}`)
    for (const { outcome } of failed) {
      for (const failure of outcome.kind === 'failed' ? outcome.failures : []) {
        const what = failure.disagreement === undefined ? '' : ` (the engines disagree: ${failure.disagreement})`
        const engine = failure.engine === undefined ? '' : ` [${failure.engine}]`
        lines.push(`     ${visible(nameOf(failure))}${engine}${what}`)
        lines.push(`       want ${visible(failure.want)}`, `       got  ${visible(failure.got)}`)
      }
    }
  }
  const { passed, failed, skipped, suites } = report
  const summary = `${count(suites, 'suite')}: ${passed} passed, ${failed} failed, ${skipped} skipped`
  lines.push('', failed > 0 ? style.bad(summary) : summary)
  return `${lines.join('\n')}\n`
}

function nameOf(failure: { readonly test: string; readonly case: string }): string {
  return failure.case === '' ? failure.test : `${failure.test}//${failure.case}`
}

export function renderVerifyJunit(report: SuiteReport): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${counts('secops enforce verify', report.cases)}>`,
  ]
  for (const [suite, cases] of bySuite(report.cases)) {
    lines.push(`  <testsuite${counts(suite, cases)}>`)
    for (const one of cases) lines.push(...caseLines(one))
    lines.push('  </testsuite>')
  }
  return [...lines, '</testsuites>', ''].join('\n')
}

function caseLines({ suite, test, case: name, outcome }: CaseResult): string[] {
  const start = `    <testcase name="${attribute(name === '' ? test : name)}" classname="${attribute(test)}" file="${attribute(suite)}" time="0"`
  if (outcome.kind !== 'failed') {
    return outcome.kind === 'passed' ? [`${start}/>`] : [`${start}>`, '      <skipped/>', '    </testcase>']
  }
  return [
    `${start}>`,
    ...outcome.failures.map(
      ({ want, got }) =>
        `      <failure message="${attribute(`want ${want}`)}">${escapeHtml(`want ${want}\ngot ${got}`)}</failure>`,
    ),
    '    </testcase>',
  ]
}

function counts(name: string, cases: readonly CaseResult[]): string {
  const number = (kind: CaseResult['outcome']['kind']): number =>
    cases.filter(({ outcome }) => outcome.kind === kind).length
  return ` name="${attribute(name)}" tests="${cases.length}" failures="${number('failed')}" errors="0" skipped="${number('skipped')}"`
}

function attribute(text: string): string {
  return escapeHtml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}

function bySuite(cases: readonly CaseResult[]): ReadonlyMap<string, readonly CaseResult[]> {
  const suites = new Map<string, CaseResult[]>()
  for (const one of cases) {
    const known = suites.get(one.suite)
    if (known === undefined) suites.set(one.suite, [one])
    else known.push(one)
  }
  return suites
}
