import type { AuditResult } from '../engine/finding.ts'
import { compareRequirementIds, type Framework, qualified } from './framework.ts'

/** The requirements, qualified and sorted, that a rule speaks to in some frameworks; superseded ones left out. */
export function requirementsOf(
  ruleId: string,
  controls: readonly string[],
  frameworks: readonly Framework[],
): string[] {
  return frameworks
    .flatMap((framework) => {
      const { byRule, byControl } = speakersOf(framework)
      const spokenTo = [byRule.get(ruleId) ?? [], ...controls.map((control) => byControl.get(control) ?? [])]
      return [...new Set(spokenTo.flat())]
    })
    .sort(compareRequirementIds)
}

/** Requirements, qualified, by what speaks to them. */
interface Speakers {
  readonly byRule: ReadonlyMap<string, readonly string[]>
  readonly byControl: ReadonlyMap<string, readonly string[]>
}

const speakers = new WeakMap<Framework, Speakers>()

function speakersOf(framework: Framework): Speakers {
  const known = speakers.get(framework)
  if (known !== undefined) return known
  const byRule = new Map<string, string[]>()
  const byControl = new Map<string, string[]>()
  const add = (to: Map<string, string[]>, name: string, id: string): void => {
    const ids = to.get(name)
    if (ids === undefined) to.set(name, [id])
    else ids.push(id)
  }
  for (const requirement of framework.requirements.filter(({ superseded }) => superseded === undefined)) {
    const id = qualified(framework, requirement)
    for (const { rule } of requirement.rules) add(byRule, rule, id)
    for (const { control } of requirement.controls ?? []) add(byControl, control, id)
  }
  speakers.set(framework, { byRule, byControl })
  return { byRule, byControl }
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
