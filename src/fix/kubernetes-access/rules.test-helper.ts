import { planProject, type TestProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import { KUBERNETES_RULES } from '../deployment-security/rules.test-helper.ts'
import fixer from './index.ts'

export function plan(files: TestProject['files'], approve: 'none' | 'C' | 'B' = 'B'): FixPlan {
  return planProject({ files, rules: KUBERNETES_RULES, fixers: [fixer] }, approve)
}

/** What the fixer covers and has not settled, with the reason. */
export function refusals({ refused }: FixPlan): string[] {
  return refused
    .filter(({ judged }) => fixer.covers.includes(judged.finding.ruleId))
    .map(({ judged, reason }) => `${judged.finding.ruleId}: ${reason}`)
}

export function left({ after }: FixPlan, rules: RegExp): string[] {
  return after.judged.filter(({ finding }) => rules.test(finding.ruleId)).map(({ finding }) => finding.ruleId)
}

export function role(rules: string, kind = 'ClusterRole'): string {
  const namespace = kind === 'Role' ? '\n  namespace: shop' : ''
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata:
  name: worker${namespace}
rules:
${rules}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}Binding
metadata:
  name: worker${namespace}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ${kind}, name: worker}
subjects:
  - {kind: ServiceAccount, name: worker, namespace: shop}
`
}
