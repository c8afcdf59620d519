import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type Baseline, baselineOf, compareWithBaseline, parseBaseline, withBaseline } from '../engine/baseline.ts'
import { type AuditResult, type Finding, SEVERITIES, type SeverityName } from '../engine/finding.ts'
import { summarize } from '../engine/summary.ts'
import { globMatcher } from './project/glob.ts'
import { UsageError } from './project/root.ts'
import type { Session } from './session.ts'

/** Which findings a person wants to see; the others are left out of the list and of the summary. */
export interface Selection {
  /** At or above. */
  readonly severity?: SeverityName | undefined
  /** Patterns as in `.gitignore`, relative to the project root. */
  readonly paths?: readonly string[] | undefined
  /** A git revision: only findings that touch lines changed since. */
  readonly changedSince?: string | undefined
  /** A baseline file: known findings are marked, and only new ones count in the summary. */
  readonly baseline?: string | undefined
}

/** @throws UsageError for a revision or baseline that cannot be read */
export function selectFindings(session: Session, selection: Selection): AuditResult {
  const { result } = session
  if (Object.values(selection).every((given) => given === undefined)) return result
  const states =
    selection.baseline === undefined
      ? undefined
      : compareWithBaseline(session.audit(), readBaseline(selection.baseline))
  const lowest = selection.severity === undefined ? SEVERITIES.length : SEVERITIES.indexOf(selection.severity)
  const inPaths = selection.paths === undefined ? () => true : globMatcher(selection.paths)
  const changed = selection.changedSince === undefined ? undefined : changedLines(session, selection.changedSince)

  const findings = withBaseline(result.findings, states ?? new Map()).filter(
    (finding) =>
      SEVERITIES.indexOf(finding.severity) <= lowest &&
      inPaths(finding.location.file) &&
      (changed === undefined || touches(finding, changed)),
  )
  const counted = findings.filter(({ baseline }) => baseline !== 'known')
  return { ...result, findings, summary: summarize(counted, result.summary.undecided) }
}

export function baselineText(session: Session): string {
  return `${JSON.stringify(baselineOf(session.audit()), null, 2)}\n`
}

function readBaseline(path: string): Baseline {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    throw new UsageError(`cannot read the baseline ${path}`)
  }
  const baseline = parseBaseline(text)
  if (baseline === undefined) throw new UsageError(`${path} is no baseline (write one with --write-baseline)`)
  return baseline
}

type ChangedLines = ReadonlyMap<string, readonly (readonly [number, number])[]>

function touches({ location }: Finding, changed: ChangedLines): boolean {
  const { start, end } = location.range
  return (changed.get(location.file) ?? []).some(([first, last]) => start.line <= last && first <= end.line)
}

/** Lines of the working tree that differ from a revision, by file; every line of a file that git does not track. */
function changedLines({ project }: Session, revision: string): ChangedLines {
  if (project.gitTop === undefined) throw new UsageError('--changed-since needs a git repository')
  if (revision.startsWith('-')) throw new UsageError(`--changed-since ${revision}: not a revision`)
  const changed = new Map<string, (readonly [number, number])[]>()
  const diff = git(project.root, [
    'diff',
    '--relative',
    '--unified=0',
    '--no-ext-diff',
    '--no-color',
    revision,
    '--',
    '.',
  ])
  let file = ''
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ ')) file = line.slice(4).replace(/^b\//, '').replace(/\t$/, '')
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line)
    if (hunk === null) continue
    const first = Number(hunk[1])
    const count = hunk[2] === undefined ? 1 : Number(hunk[2])
    if (count > 0) changed.set(file, [...(changed.get(file) ?? []), [first, first + count - 1]])
  }
  for (const path of git(project.root, ['ls-files', '--others', '--exclude-standard', '-z', '--', '.']).split('\0')) {
    if (path !== '') changed.set(path, [[1, Number.MAX_SAFE_INTEGER]])
  }
  return changed
}

function git(folder: string, args: readonly string[]): string {
  try {
    return execFileSync('git', ['-C', folder, '-c', 'core.quotePath=false', ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 60_000,
      maxBuffer: 256 * 1024 * 1024,
    })
  } catch (error) {
    const stderr: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'stderr') : ''
    throw new UsageError(`git: ${String(stderr).trim().split('\n')[0] ?? 'failed'}`)
  }
}
