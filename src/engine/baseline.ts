import { createHash } from 'node:crypto'
import type { Audit, JudgedFinding } from './audit.ts'
import type { Finding } from './finding.ts'

/** The findings that were known on a day, so that only new ones count. No path, no line, no message: nothing to go stale. */
export interface Baseline {
  readonly schemaVersion: '1.0'
  readonly findings: readonly BaselineEntry[]
}

interface BaselineEntry {
  readonly ruleId: string
  readonly address: string
  readonly root: string
  /** Hash of rule, address, attribute path and problem key. */
  readonly content: string
}

export function baselineOf(audit: Audit): Baseline {
  return {
    schemaVersion: '1.0',
    findings: audit.judged
      .filter(({ finding }) => finding.status === 'open')
      .map((judged) => ({
        ruleId: judged.finding.ruleId,
        address: judged.finding.resource.address,
        root: judged.finding.resource.root,
        content: contentHash(judged),
      })),
  }
}

/**
 * Marks each open finding `new` or `known`. A finding is matched in its own root first; what is left over, such as the
 * findings of a folder that was renamed, by content alone. Each entry of the baseline answers for one finding only.
 */
export function compareWithBaseline(audit: Audit, baseline: Baseline): Map<string, 'new' | 'known'> {
  const open = audit.judged.filter(({ finding }) => finding.status === 'open')
  const inRoot = count(baseline.findings.map(({ root, content }) => `${root}\u0000${content}`))
  const states = new Map<string, 'new' | 'known'>()
  const leftovers: JudgedFinding[] = []
  const used = new Map<string, number>()
  for (const judged of open) {
    const content = contentHash(judged)
    if (take(inRoot, `${judged.finding.resource.root}\u0000${content}`)) {
      states.set(judged.finding.fingerprint, 'known')
      used.set(content, (used.get(content) ?? 0) + 1)
    } else leftovers.push(judged)
  }
  const byContent = count(baseline.findings.map(({ content }) => content))
  for (const [content, number] of used) byContent.set(content, (byContent.get(content) ?? 0) - number)
  for (const judged of leftovers) {
    states.set(judged.finding.fingerprint, take(byContent, contentHash(judged)) ? 'known' : 'new')
  }
  return states
}

/** The findings with their `baseline` filled in. */
export function withBaseline(findings: readonly Finding[], states: ReadonlyMap<string, 'new' | 'known'>): Finding[] {
  return findings.map((finding) => {
    const baseline = states.get(finding.fingerprint)
    return baseline === undefined ? finding : { ...finding, baseline }
  })
}

/** The identity without its root. */
function contentHash({ identity }: JudgedFinding): string {
  const content = identity.slice(identity.indexOf('\u0000') + 1)
  return createHash('sha256').update(content).digest('hex').slice(0, 32)
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return counts
}

function take(counts: Map<string, number>, key: string): boolean {
  const left = counts.get(key) ?? 0
  if (left <= 0) return false
  counts.set(key, left - 1)
  return true
}

/** @returns undefined if the text is not a baseline */
export function parseBaseline(text: string): Baseline | undefined {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return undefined
  }
  return isBaseline(data) ? data : undefined
}

function isBaseline(data: unknown): data is Baseline {
  if (typeof data !== 'object' || data === null || Reflect.get(data, 'schemaVersion') !== '1.0') return false
  const findings: unknown = Reflect.get(data, 'findings')
  return (
    Array.isArray(findings) &&
    findings.every(
      (entry: unknown) =>
        typeof entry === 'object' &&
        entry !== null &&
        ['ruleId', 'address', 'root', 'content'].every((key) => typeof Reflect.get(entry, key) === 'string'),
    )
  )
}
