import { pathToFileURL } from 'node:url'
import type { CheckResult, PolicyMessage } from '../../enforce/conftest/index.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { VERSION } from '../../version.ts'
import { sarifLog } from '../sarif-log.ts'

type Level = 'error' | 'warning' | 'note'

/** SARIF 2.1.0: a rule for each of the policies' rules (`main/deny_root`); exceptions are suppressed results. */
export function conftestSarif(results: readonly CheckResult[], diagnostics: readonly Diagnostic[]): string {
  const rules = new Map<string, number>()
  const entries: object[] = []
  const add = (namespace: string, one: PolicyMessage, level: Level, suppressed = false): void => {
    const id = `${namespace}/${one.rule}`
    const index = rules.get(id) ?? rules.size
    rules.set(id, index)
    entries.push({
      ruleId: id,
      ruleIndex: index,
      level,
      message: { text: one.message },
      ...(one.file !== 'Combined' && { locations: [{ physicalLocation: physical(one) }] }),
      ...(suppressed && { suppressions: [{ kind: 'external', justification: one.message }] }),
    })
  }
  for (const { namespace, failures, warnings, exceptions } of results) {
    for (const one of failures) add(namespace, one, 'error')
    for (const one of warnings) add(namespace, one, 'warning')
    for (const one of exceptions) add(namespace, one, 'note', true)
  }
  const errors = results.flatMap(({ file, errors: texts }) =>
    texts.map((text) => ({ level: 'error', message: { text: `${file}: ${text}` } })),
  )
  const notifications = diagnostics.map(({ file, range, code, message }) => ({
    level: 'warning',
    descriptor: { id: code },
    message: { text: message },
    locations: [{ physicalLocation: physical({ file, ...(range !== undefined && { range }) }) }],
  }))
  return sarifLog({
    tool: {
      driver: {
        name: 'gp-copilot',
        semanticVersion: VERSION,
        rules: [...rules.keys()].map((id) => ({ id, shortDescription: { text: `Policy rule ${id}` } })),
      },
    },
    invocations: [
      { executionSuccessful: errors.length === 0, toolExecutionNotifications: [...errors, ...notifications] },
    ],
    columnKind: 'utf16CodeUnits',
    results: entries,
  })
}

function physical({ file, range }: Pick<PolicyMessage, 'file' | 'range'>): object {
  return {
    artifactLocation: { uri: uri(file) },
    ...(range !== undefined && {
      region: {
        startLine: range.start.line,
        startColumn: range.start.column,
        endLine: range.end.line,
        endColumn: range.end.column,
      },
    }),
  }
}

/** Relative paths stay relative; each part is escaped. */
function uri(file: string): string {
  if (file.startsWith('/')) return pathToFileURL(file).href
  return file.split(/[\\/]/).map(encodeURIComponent).join('/')
}
