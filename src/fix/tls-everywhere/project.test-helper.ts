import { parse } from '@cdktf/hcl2json'
import { parse as parseCode } from '@babel/parser'
import { expect } from 'vitest'
import { RULES } from '../../rules/index.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

export const OWN_RULES: readonly Rule[] = RULES.filter(({ id }) => fixer.covers.includes(id))
/** What new resources must pass as well. */
const COMPANIONS = RULES.filter(({ id }) => /^(?:waf-|kms-|cloudwatch-log-|security-group-)/.test(id))

export const VALUES: FixValues = {
  domainName: 'pay.example.com',
  hostedZone: 'example.com',
  logBucket: 'central-logs',
}

export function planned(
  files: Record<string, string>,
  approve: 'none' | 'C' | 'B',
  values: FixValues = VALUES,
  rules: readonly Rule[] = OWN_RULES,
): FixPlan {
  return planProject({ files, rules: [...rules, ...COMPANIONS], fixers: [fixer], values }, approve)
}

export function refusals(plan: FixPlan): string[] {
  return plan.refused
    .filter(({ judged }) => fixer.covers.includes(judged.finding.ruleId))
    .map(({ judged, reason }) => `${judged.finding.ruleId} ${judged.finding.resource.address}: ${reason}`)
}

/** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
export async function fixed(
  files: Record<string, string>,
  values: FixValues = VALUES,
  rules: readonly Rule[] = OWN_RULES,
): Promise<Record<string, string>> {
  const plan = planned(files, 'B', values, rules)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(refusals(plan)).toEqual([])
  expect(plan.held.map(({ finding }) => finding.ruleId)).toEqual([])
  const left = plan.after.result.findings.filter(({ ruleId }) => fixer.covers.includes(ruleId))
  expect(left.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  const after = Object.fromEntries(plan.files)
  await acceptedElsewhere(after)
  expect(planned(after, 'B', values, rules).changes).toEqual([])
  return after
}

async function acceptedElsewhere(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (/\.tf(?:vars)?$/.test(path)) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
    if (/\.[cm]?[jt]s$/.test(path)) {
      expect(() => parseCode(text, { sourceType: 'unambiguous', plugins: ['typescript'] })).not.toThrow()
    }
  }
}
