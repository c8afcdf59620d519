import { readdirSync } from 'node:fs'
import { parse } from '@cdktf/hcl2json'
import { expect } from 'vitest'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

const FOLDERS = ['rds', 'docdb', 'neptune', 'redshift', 'elasticache'].map(
  (name) => new URL(`../../rules/terraform/aws/${name}/`, import.meta.url),
)

async function loadRules(): Promise<Rule[]> {
  const rules: Rule[] = []
  for (const folder of FOLDERS) {
    for (const path of readdirSync(folder, { encoding: 'utf8' }).toSorted()) {
      if (!path.endsWith('.ts') || path.endsWith('.test.ts')) continue
      const module: { default?: Rule } = await import(new URL(path, folder).href)
      if (module.default !== undefined && fixer.covers.includes(module.default.id)) rules.push(module.default)
    }
  }
  return rules
}

/** Every rule that the fixer covers, read from the folders so that none is forgotten. */
export const RULES: readonly Rule[] = await loadRules()

export function only(...ids: readonly string[]): readonly Rule[] {
  return RULES.filter(({ id }) => ids.includes(id))
}

export function planned(
  files: Record<string, string>,
  rules: readonly Rule[] = RULES,
  approve: 'none' | 'C' | 'B' = 'B',
  values: FixValues = {},
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

/** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
export async function fixed(
  files: Record<string, string>,
  rules: readonly Rule[] = RULES,
  values: FixValues = {},
): Promise<Record<string, string>> {
  const plan = planned(files, rules, 'B', values)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(plan.before.result.findings.length).toBeGreaterThan(0)
  expect(reasons(plan)).toEqual([])
  expect(plan.held).toEqual([])
  expect(plan.after.result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  const after = Object.fromEntries(plan.files)
  for (const [path, text] of plan.files) {
    if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
  }
  expect(planned(after, rules, 'B', values).changes).toEqual([])
  return after
}

export const reasons = (plan: FixPlan): string[] =>
  plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)
