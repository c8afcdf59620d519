import type { AuditResult, Finding, SeverityName } from '../engine/finding.ts'
import { visible, visibleLines } from './escape.ts'

export interface GithubOptions {
  /** Folder of the project root below the git top level, with `/` at its end; empty if they are one. */
  readonly uriPrefix: string
}

/** `error` marks a line red, whether the job fails is for the exit code to say. */
const COMMAND: Readonly<Record<SeverityName, 'error' | 'warning' | 'notice'>> = {
  CRITICAL: 'error',
  HIGH: 'error',
  MEDIUM: 'warning',
  LOW: 'notice',
  INFO: 'notice',
}

/**
 * Workflow commands that GitHub Actions shows as annotations of the changed files: one line per open finding, worst first,
 * because GitHub shows ten of each kind for a step and drops the rest.
 * Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function renderGithub(audit: AuditResult, options: GithubOptions): string {
  const open = audit.findings.filter(({ status }) => status === 'open')
  const broken = audit.diagnostics.map(({ file, range, code, message }) =>
    command('warning', { file: `${options.uriPrefix}${file}`, line: range?.start.line, title: code }, message),
  )
  return [...open.map((finding) => annotation(finding, options)), ...broken].map((line) => `${line}\n`).join('')
}

function annotation({ severity, location, title, message, ruleId }: Finding, { uriPrefix }: GithubOptions): string {
  const { start, end } = location.range
  // GitHub takes columns only on a single line.
  const columns = start.line === end.line ? { col: start.column, endColumn: Math.max(start.column, end.column) } : {}
  const place = { file: `${uriPrefix}${location.file}`, line: start.line, endLine: end.line, ...columns }
  return command(COMMAND[severity], { ...place, title: `${severity} ${ruleId}: ${title}` }, message)
}

function command(
  name: 'error' | 'warning' | 'notice',
  properties: Readonly<Record<string, string | number | undefined>>,
  message: string,
): string {
  const pairs = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  )
  return `::${name} ${pairs.join(',')}::${escapeData(message)}`
}

/** A line feed would end the command; the other controls are made visible. */
function escapeData(text: string): string {
  return visibleLines(text).replaceAll('%', '%25').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return visible(text).replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll(',', '%2C')
}
