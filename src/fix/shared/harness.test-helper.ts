import { parse } from '@cdktf/hcl2json'
import { expect } from 'vitest'
import { RULES } from '../../rules/index.ts'
import type { Rule } from '../../rules/rule.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import type { Fixer, FixValues } from '../fixer.ts'

type Files = Readonly<Record<string, string>>
type Approval = 'none' | 'C' | 'B'

/** What the tests of a fixer that edits Terraform ask of it. */
export interface Harness {
  /** The rules that the fixer covers. */
  readonly rules: readonly Rule[]
  /** Those, and the rules that what it adds has to pass. */
  readonly wider: readonly Rule[]
  planned(files: Files, approve: Approval, values?: FixValues, rules?: readonly Rule[]): FixPlan
  /** Fixes everything, and checks what must hold of every fix: nothing is left, other readers accept it, it stays so. */
  fixed(files: Files, values?: FixValues, approve?: Approval): Promise<Record<string, string>>
}

/** @param beside ids of rules that the fixer does not cover, and that what it adds has to pass */
export function harness(fixer: Fixer, beside?: RegExp): Harness {
  const rules = RULES.filter(({ id }) => fixer.covers.includes(id))
  const wider = RULES.filter(({ id }) => fixer.covers.includes(id) || beside?.test(id))

  const planned: Harness['planned'] = (files, approve, values = {}, only = rules) =>
    planProject({ files, rules: only, fixers: [fixer], values }, approve)

  return {
    rules,
    wider,
    planned,
    async fixed(files, values = {}, approve = 'B') {
      const plan = planned(files, approve, values)
      expect(plan.before.result.errors).toEqual([])
      expect(plan.before.estate.diagnostics).toEqual([])
      expect(left(plan)).toEqual([])
      expect(plan.before.result.findings).not.toEqual([])
      expect(findingsOf(plan.after)).toEqual([])
      expect(plan.after.estate.diagnostics).toEqual([])
      const after = Object.fromEntries(plan.files)
      for (const [path, text] of Object.entries(after)) {
        if (path.endsWith('.tf')) await expect(parse(path, text)).resolves.toBeTruthy()
        if (path.endsWith('.json')) expect(() => void JSON.parse(text)).not.toThrow()
      }
      expect(planned(after, 'B', values).changes).toEqual([])
      const had = findingsOf(planned(files, 'none', values, wider).before)
      const has = findingsOf(planned(after, 'none', values, wider).before)
      expect(has.filter((one) => !had.includes(one))).toEqual([])
      return after
    },
  }
}

/** `rule: reason` of everything refused and, as `held`, of everything that no approval releases. */
export function left(plan: FixPlan): readonly string[] {
  return [
    ...plan.refused.map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`),
    ...plan.held.map(({ finding, remedy }) => {
      const assessment = remedy.kind === 'fixer' ? remedy.assessment : undefined
      return `held ${finding.rank} ${finding.ruleId}: ${assessment?.reason ?? ''}`
    }),
  ]
}

function findingsOf({ result }: FixPlan['before']): readonly string[] {
  return result.findings.map(({ ruleId, resource }) => `${ruleId} ${resource.address}`)
}
