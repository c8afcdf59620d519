import { parse } from '@cdktf/hcl2json'
import { expect } from 'vitest'
import groupDescription from '../../rules/terraform/aws/ec2/security-group-description.ts'
import allPorts from '../../rules/terraform/aws/ec2/security-group-no-public-all-ports.ts'
import databasePorts from '../../rules/terraform/aws/ec2/security-group-no-public-database-ports.ts'
import http from '../../rules/terraform/aws/ec2/security-group-no-public-http.ts'
import rdp from '../../rules/terraform/aws/ec2/security-group-no-public-rdp.ts'
import ssh from '../../rules/terraform/aws/ec2/security-group-no-public-ssh.ts'
import egress from '../../rules/terraform/aws/ec2/security-group-no-unrestricted-egress.ts'
import ruleDescription from '../../rules/terraform/aws/ec2/security-group-rule-description.ts'
import defaultGroup from '../../rules/terraform/aws/vpc/vpc-default-security-group.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { FixValues } from '../fixer.ts'
import fixer from './index.ts'

export const RULES: readonly Rule[] = [
  allPorts,
  databasePorts,
  http,
  rdp,
  ssh,
  egress,
  groupDescription,
  ruleDescription,
  defaultGroup,
]
/** Without those that every snippet would have to please. */
const OPENINGS: readonly Rule[] = [allPorts, databasePorts, http, rdp, ssh, egress]
export const VALUES: FixValues = { adminCidrs: ['203.0.113.0/24'] }

export function planned(
  files: Record<string, string>,
  approve: 'none' | 'C' | 'B' = 'B',
  values: FixValues = VALUES,
  rules: readonly Rule[] = OPENINGS,
): FixPlan {
  return planProject({ files, rules, fixers: [fixer], values }, approve)
}

/** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
export async function fixed(
  files: Record<string, string>,
  values: FixValues = VALUES,
  rules: readonly Rule[] = OPENINGS,
): Promise<Record<string, string>> {
  const plan = planned(files, 'B', values, rules)
  expect(plan.before.result.errors).toEqual([])
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(plan.before.result.findings.length).toBeGreaterThan(0)
  expect(
    plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId} ${judged.finding.resource.address}: ${reason}`),
  ).toEqual([])
  expect(plan.held).toEqual([])
  expect(plan.after.result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)).toEqual([])
  const after = Object.fromEntries(plan.files)
  for (const [path, text] of plan.files) {
    if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
    if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
  }
  expect(planned(after, 'B', values, rules).changes).toEqual([])
  return after
}

export const reasons = (plan: FixPlan): string[] => plan.refused.map(({ reason }) => reason)

export const heldWith = (plan: FixPlan): (readonly [string | undefined, readonly string[]])[] =>
  plan.held.map(({ remedy }) =>
    remedy.kind === 'fixer'
      ? [remedy.assessment.reason, (remedy.assessment.needs ?? []).map(({ key }) => key)]
      : [undefined, []],
  )

export const ranks = (plan: FixPlan): Record<string, string | undefined> =>
  Object.fromEntries(plan.before.result.findings.map(({ ruleId, rank }) => [ruleId, rank]))
