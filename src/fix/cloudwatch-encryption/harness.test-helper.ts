import { parse } from '@cdktf/hcl2json'
import { expect } from 'vitest'
import { RULES as ALL } from '../../rules/index.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

export const RULES: readonly Rule[] = ALL.filter(({ id }) => fixer.covers.includes(id))
/** What is added has to pass these as well. */
const BESIDE = /^(?:kms|iam|cloudwatch|cloudtrail-(?:kms|cloudwatch)|sns)-/
export const WIDER: readonly Rule[] = ALL.filter(({ id }) => fixer.covers.includes(id) || BESIDE.test(id))

export function planned(
  files: Readonly<Record<string, string>>,
  approve: 'none' | 'C' | 'B',
  values: FixValues = {},
  rules: readonly Rule[] = RULES,
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

export function left(plan: FixPlan): readonly string[] {
  return [
    ...plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`),
    ...plan.held.map(({ finding, remedy }) => {
      const assessment = remedy.kind === 'fixer' ? remedy.assessment : undefined
      return `held ${finding.rank} ${finding.ruleId}: ${assessment?.reason ?? ''}`
    }),
  ]
}

/** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
export async function fixed(
  files: Readonly<Record<string, string>>,
  values: FixValues = {},
  approve: 'none' | 'C' | 'B' = 'B',
): Promise<Record<string, string>> {
  const plan = planned(files, approve, values)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(left(plan)).toEqual([])
  expect(plan.before.result.findings).not.toEqual([])
  expect(plan.after.result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  expect(plan.after.estate.diagnostics).toEqual([])
  const after = Object.fromEntries(plan.files)
  for (const [path, text] of Object.entries(after)) {
    if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
  }
  expect(planned(after, 'B', values).changes).toEqual([])
  // What is new passes the rules of its own service.
  const wide = (texts: Readonly<Record<string, string>>): string[] =>
    planned(texts, 'none', values, WIDER).before.result.findings.map(
      ({ ruleId, resource }) => `${ruleId} ${resource.address}`,
    )
  const had = wide(files)
  expect(wide(after).filter((one) => !had.includes(one))).toEqual([])
  return after
}
