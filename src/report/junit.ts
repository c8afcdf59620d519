import type { AuditResult, Finding, RuleError, UndecidedVerdict, Verdict } from '../engine/finding.ts'
import { escapeHtml } from './escape.ts'
import { placeOf } from './words.ts'

export interface JunitOptions {
  readonly includePassed?: boolean
}

/** One test case: a rule at a resource. */
interface Case {
  readonly suite: string
  readonly name: string
  readonly file: string
  readonly line: number
  readonly outcome?: Outcome
}

interface Outcome {
  readonly element: 'failure' | 'error' | 'skipped'
  readonly message: string
  readonly type?: string
  readonly text?: string
}

/**
 * JUnit XML as continuous integration reads it: a suite per rule, a case per resource. Open findings fail; suppressed and
 * dormant ones, and checks that could not be decided, are skipped; a rule that failed inside is an error.
 */
export function renderJunit(audit: AuditResult, options: JunitOptions = {}): string {
  const cases = [
    ...audit.findings.map(findingCase),
    ...audit.undecided.map(undecidedCase),
    ...audit.errors.map(errorCase),
    ...(options.includePassed ? audit.passed.map(passedCase) : []),
  ]
  const suites = new Map<string, Case[]>()
  for (const one of cases) {
    const suite = suites.get(one.suite)
    if (suite === undefined) suites.set(one.suite, [one])
    else suite.push(one)
  }
  const names = [...suites.keys()].sort()
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: audit.tool.name, ...counts(cases) })}>`,
    ...names.flatMap((name) => suiteLines(name, suites.get(name) ?? [])),
    '</testsuites>',
    '',
  ].join('\n')
}

function findingCase(finding: Finding): Case {
  return { ...placed(finding), outcome: outcomeOf(finding) }
}

function outcomeOf(finding: Finding): Outcome {
  if (finding.status === 'open') {
    const text = [
      placeOf({ file: finding.location.file, range: finding.location.range }),
      finding.message,
      finding.remediation,
    ]
    return {
      element: 'failure',
      message: `${finding.severity}: ${finding.message}`,
      type: finding.severity,
      text: text.filter((line) => line !== '').join('\n'),
    }
  }
  const reason =
    finding.status === 'dormant' ? 'dormant: switched off' : `suppressed: ${finding.suppression?.reason ?? ''}`
  return { element: 'skipped', message: reason }
}

function undecidedCase(verdict: UndecidedVerdict): Case {
  return { ...placed(verdict), outcome: { element: 'skipped', message: `undecided: ${verdict.reason}` } }
}

function passedCase(verdict: Verdict): Case {
  return placed(verdict)
}

function errorCase({ ruleId, resource, message }: RuleError): Case {
  const outcome: Outcome = { element: 'error', message, type: 'rule-failed' }
  return { suite: ruleId, name: resource.address, file: '', line: 0, outcome }
}

function placed({ ruleId, resource, location }: Verdict): Case {
  const { line } = location.range.start
  return { suite: ruleId, name: `${resource.address} (${location.file}:${line})`, file: location.file, line }
}

function suiteLines(name: string, cases: readonly Case[]): string[] {
  return [`  <testsuite${attributes({ name, ...counts(cases) })}>`, ...cases.flatMap(caseLines), '  </testsuite>']
}

function caseLines({ suite, name, file, line, outcome }: Case): string[] {
  const place = file === '' ? {} : { file, line }
  const start = `    <testcase${attributes({ name, classname: suite, ...place, time: 0 })}`
  if (outcome === undefined) return [`${start}/>`]
  const { element, message, type, text } = outcome
  const head = `      <${element}${attributes({ message, ...(type !== undefined && { type }) })}`
  return [`${start}>`, text === undefined ? `${head}/>` : `${head}>${xmlText(text)}</${element}>`, '    </testcase>']
}

function counts(cases: readonly Case[]): Readonly<Record<string, number>> {
  const number = (element: Outcome['element']): number =>
    cases.filter(({ outcome }) => outcome?.element === element).length
  return { tests: cases.length, failures: number('failure'), errors: number('error'), skipped: number('skipped') }
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([key, value]) => ` ${key}="${xmlAttribute(String(value))}"`)
    .join('')
}

/** XML 1.0 has no way to write control characters, lone surrogates or U+FFFE: the first two are made visible. */
function xmlText(text: string): string {
  return escapeHtml(text).replace(/[\ufffe\uffff]/g, '\ufffd')
}

/** A line feed or tab in an attribute would be read as a space. */
function xmlAttribute(text: string): string {
  return xmlText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
