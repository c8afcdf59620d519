import { readdirSync } from 'node:fs'
import type { Rule } from '../../rules/rule.ts'
import { type TestProject, planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import deploymentSecurity from './index.ts'

const FOLDER = new URL('../../rules/kubernetes/', import.meta.url)

async function loadRules(): Promise<Rule[]> {
  const rules: Rule[] = []
  for (const path of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue
    const module: { default?: Rule } = await import(new URL(path, FOLDER).href)
    if (module.default !== undefined) rules.push(module.default)
  }
  return rules
}

/** Every Kubernetes rule, read from the folder so that a new one is judged here too. */
export const KUBERNETES_RULES = await loadRules()

export function plan(
  files: Readonly<Record<string, string>>,
  approve: 'none' | 'C' | 'B' = 'none',
  values: TestProject['values'] = {},
): FixPlan {
  const result = planProject({ files, rules: KUBERNETES_RULES, fixers: [deploymentSecurity], values }, approve)
  // Other rules judge the result, but what they find, and what they fix by themselves, is not this fixer's.
  return { ...result, refused: result.refused.filter(({ judged }) => isCovered(judged.finding.ruleId)) }
}

function isCovered(rule: string): boolean {
  return deploymentSecurity.covers.includes(rule)
}

/** What is left of the rules that the fixer covers, as `rule: place`; digests, which only the registry knows, left out. */
export function remaining({ after }: FixPlan): string[] {
  return after.judged
    .filter(({ finding }) => isCovered(finding.ruleId) && finding.ruleId !== 'k8s-image-digest')
    .map(({ complaint }) => `${complaint.ruleId}: ${complaint.at.pathText}`)
}

export function ranks({ before }: FixPlan): Record<string, string> {
  return Object.fromEntries(
    before.judged.map(({ finding, complaint }) => [
      `${finding.ruleId} ${String(complaint.data['container'] ?? '')}`.trim(),
      finding.rank,
    ]),
  )
}
