import { type Finding, SEVERITIES } from '../engine/finding.ts'
import { compareFindings, compareText } from '../engine/summary.ts'
import { compareRequirementIds } from '../compliance/framework.ts'

export type GroupBy = 'rule' | 'file' | 'requirement'

export interface FindingGroup {
  /** Rule id, file or qualified requirement; empty for findings without any requirement. */
  readonly key: string
  /** Worst first, never empty. */
  readonly findings: readonly Finding[]
}

/** Open findings in groups: rules and files worst first, requirements in their order. */
export function groupFindings(findings: readonly Finding[], by: GroupBy): FindingGroup[] {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings.filter(({ status }) => status === 'open').sort(compareFindings)) {
    for (const key of keysOf(finding, by)) {
      const group = groups.get(key)
      if (group) group.push(finding)
      else groups.set(key, [finding])
    }
  }
  const list = [...groups].map(([key, members]) => ({ key, findings: members }))
  if (by === 'requirement') {
    return list.sort((a, b) => Number(a.key === '') - Number(b.key === '') || compareRequirementIds(a.key, b.key))
  }
  return list.sort((a, b) => worst(a) - worst(b) || compareText(a.key, b.key))
}

function keysOf(finding: Finding, by: GroupBy): readonly string[] {
  if (by === 'rule') return [finding.ruleId]
  if (by === 'file') return [finding.location.file]
  return finding.requirements.length === 0 ? [''] : finding.requirements
}

function worst(group: FindingGroup): number {
  return Math.min(...group.findings.slice(0, 1).map(({ severity }) => SEVERITIES.indexOf(severity)))
}
