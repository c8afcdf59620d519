import type { AuditResult } from '../engine/finding.ts'
import { compareRequirementIds, type Framework, qualified, speaksTo } from './framework.ts'

/** The requirements, qualified and sorted, that a rule speaks to in some frameworks; superseded ones left out. */
export function requirementsOf(
  ruleId: string,
  controls: readonly string[],
  frameworks: readonly Framework[],
): string[] {
  return frameworks
    .flatMap((framework) =>
      framework.requirements
        .filter((requirement) => !requirement.superseded && speaksTo(requirement, ruleId, controls))
        .map((requirement): string => qualified(framework, requirement)),
    )
    .sort(compareRequirementIds)
}

/** The audit with the `requirements` of each finding filled in: the engine knows no framework. */
export function attachRequirements(audit: AuditResult, frameworks: readonly Framework[]): AuditResult {
  const known = new Map<string, string[]>()
  const findings = audit.findings.map((finding) => {
    const key = `${finding.ruleId} ${finding.controls.join(' ')}`
    const requirements = known.get(key) ?? requirementsOf(finding.ruleId, finding.controls, frameworks)
    known.set(key, requirements)
    return { ...finding, requirements }
  })
  return { ...audit, findings }
}
