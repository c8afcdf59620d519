import type { CheckResult, PolicyMessage } from '../../enforce/conftest/index.ts'
import { escapeHtml } from '../escape.ts'
import { placeOf } from '../words.ts'

interface Case {
  readonly name: string
  readonly file: string
  readonly line?: number
  readonly outcome?: { readonly element: 'failure' | 'error' | 'skipped'; readonly text: string }
}

/** JUnit: a suite for each package, `conftest.main`; warnings fail, as in Conftest; exceptions are skipped. */
export function conftestJunit(results: readonly CheckResult[]): string {
  const suites = new Map<string, Case[]>()
  for (const result of results) {
    const cases = suites.get(result.namespace) ?? []
    suites.set(result.namespace, cases)
    for (const one of result.warnings) cases.push(messageCase(one, 'failure'))
    for (const one of result.failures) cases.push(messageCase(one, 'failure'))
    for (const one of [...result.exceptions, ...result.skipped]) cases.push(messageCase(one, 'skipped'))
    for (const text of result.errors) {
      cases.push({
        name: `${result.file} - ${text.split('\n')[0] ?? ''}`,
        file: result.file,
        outcome: { element: 'error', text },
      })
    }
    for (let index = 0; index < result.successes; index++) cases.push({ name: result.file, file: result.file })
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...[...suites].flatMap(([namespace, cases]) => suiteLines(`conftest.${namespace}`, cases)),
    '</testsuites>',
    '',
  ].join('\n')
}

function messageCase(one: PolicyMessage, element: 'failure' | 'skipped'): Case {
  const place = placeOf({ file: one.file, ...(one.range !== undefined && { range: one.range }) })
  const [summary = ''] = one.message.split('\n')
  return {
    name: `${place} - ${summary}`,
    file: one.file,
    ...(one.range !== undefined && { line: one.range.start.line }),
    outcome: { element, text: one.message },
  }
}

function suiteLines(name: string, cases: readonly Case[]): readonly string[] {
  const count = (element: string): number => cases.filter(({ outcome }) => outcome?.element === element).length
  const counts = `tests="${cases.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}"`
  return [
    `  <testsuite name="${attribute(name)}" ${counts} time="0">`,
    ...cases.flatMap(({ name: title, file, line, outcome }) => {
      const at = line === undefined ? '' : ` line="${line}"`
      const head = `    <testcase classname="${attribute(name)}" name="${attribute(title)}" file="${attribute(file)}"${at} time="0"`
      if (outcome === undefined) return [`${head}/>`]
      const { element, text } = outcome
      const [summary = ''] = text.split('\n')
      return [
        `${head}>`,
        `      <${element} message="${attribute(summary)}">${xml(text)}</${element}>`,
        '    </testcase>',
      ]
    }),
    '  </testsuite>',
  ]
}

function xml(text: string): string {
  return escapeHtml(text).replace(/[\ufffe\uffff]/g, '\ufffd')
}

function attribute(text: string): string {
  return xml(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')
}
