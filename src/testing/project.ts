import { auditEstate, type Audit } from '../engine/audit.ts'
import type { Fixer, FixValues } from '../fix/fixer.ts'
import type { EstateFiles } from '../resources/estate.ts'
import { readEstate } from '../resources/read.ts'
import type { Rule } from '../rules/rule.ts'
import { EVERYTHING, NO_APPROVAL } from '../verify/approval.ts'
import { type FixPlan, type PlanInput, planFixes } from '../verify/plan.ts'

/** A project in memory, for tests. */
export interface TestProject {
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>
  readonly rules: readonly Rule[]
  readonly fixers?: readonly Fixer[]
  readonly values?: FixValues
  /** Parameters by rule id. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** The project audited. */
export function auditProject(project: TestProject): Audit {
  return auditorOf(project)(filesOf(project))
}

/** The project's fixes planned and verified in memory, with what `approve` releases. */
export function planProject(project: TestProject, approve: 'none' | 'C' | 'B' = 'none'): FixPlan {
  return planFixes(testPlanInput(project, approve))
}

/** What `planProject` hands to the planner. */
export function testPlanInput(project: TestProject, approve: 'none' | 'C' | 'B' = 'none'): PlanInput {
  const audit = auditorOf(project)
  const files = filesOf(project)
  return {
    files,
    before: audit(files),
    audit,
    rules: project.rules,
    values: project.values ?? {},
    approval: { ...NO_APPROVAL, rank: approve },
    scope: EVERYTHING,
  }
}

function filesOf(project: TestProject): EstateFiles {
  return { files: new Map(Object.entries(project.files)), vendored: new Map() }
}

function auditorOf(project: TestProject): (files: EstateFiles) => Audit {
  return (files) =>
    auditEstate(readEstate(files), {
      rules: project.rules,
      fixers: project.fixers ?? [],
      values: project.values ?? {},
      params: new Map(Object.entries(project.params ?? {})),
      asOf: '2026-01-01',
      tool: { name: 'gp-copilot', version: 'test' },
    })
}
