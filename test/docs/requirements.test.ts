import { describe, expect, test } from 'vitest'
import { comply } from '../../src/compliance/comply.ts'
import { context } from '../../src/compliance/audit.testkit.ts'
import { speaksTo } from '../../src/compliance/framework.ts'
import { FRAMEWORKS } from '../../src/compliance/frameworks/index.ts'
import type { AuditResult } from '../../src/engine/finding.ts'
import { RULES } from '../../src/rules/index.ts'
import type { Rule } from '../../src/rules/rule.ts'
import { auditProject } from '../../src/testing/project.ts'
import { blocksOf, FILE_OF, readPage } from './examples.ts'

const RULE_OF = new Map(RULES.map((rule) => [rule.id, rule]))
const AUDITS = new Map<string, AuditResult>()

/** The audit of the first example of a kind on a rule's page. */
function auditOf(rule: Rule, verdict: 'bad' | 'good'): AuditResult {
  const key = `${rule.id} ${verdict}`
  const known = AUDITS.get(key)
  if (known !== undefined) return known
  const block = blocksOf(readPage(rule.id)).find((one) => one.verdict === verdict)
  const file = FILE_OF[block?.language ?? '']
  if (block === undefined || file === undefined) throw new Error(`no ${verdict} example of ${rule.id}`)
  const { result } = auditProject({ files: { [file]: block.code }, rules: [rule] })
  AUDITS.set(key, result)
  return result
}

const facts = (id: string): ReturnType<ReturnType<typeof context>['rule']> => {
  const rule = RULE_OF.get(id)
  return rule && { version: rule.version ?? '1', controls: rule.controls, kind: 'terraform' }
}

describe.each(FRAMEWORKS.map((framework) => [framework.id, framework] as const))('%s', (_id, framework) => {
  const checked = framework.requirements
    .filter(({ superseded }) => superseded === undefined)
    .flatMap((requirement) => {
      const rule = RULES.find(({ id, controls }) => speaksTo(requirement, id, controls))
      return rule === undefined ? [] : [[requirement.id, requirement, rule] as const]
    })

  test.each(checked)('%s fails on what a rule of it rejects, and not on what that rule accepts', (number, requirement, rule) => {
    const only = { ...framework, requirements: [requirement] }
    const judge = (audit: AuditResult) => comply(only, audit, { ...context(), rule: facts }).requirements[0]
    const failing = judge(auditOf(rule, 'bad'))
    const passing = judge(auditOf(rule, 'good'))
    expect(failing?.id).toBe(`${framework.id}:${number}`)
    expect(['FAIL', 'PARTIAL', 'READY']).toContain(failing?.status)
    expect(failing?.evidence.map(({ outcome }) => outcome)).toContain('failed')
    expect(passing?.evidence.map(({ outcome }) => outcome)).not.toContain('failed')
    expect(passing?.evidence.map(({ outcome }) => outcome)).toContain('passed')
    expect(passing?.status).toBe(requirement.kind === 'A' ? 'PASS' : 'PARTIAL')
  })
})
