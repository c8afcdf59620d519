import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Rule } from '../../../rules/rule.ts'
import type { Code, PlainCase, RuleCases } from '../../../testing/index.ts'
import { judgeTerraform } from '../../generate/judge-terraform.ts'
import { TERRAFORM_POLICIES } from './index.ts'

const ELSEWHERE = 'the value comes from a variable, a local, a function or another file'
const CONDITION = 'a statement with a condition is not judged, whatever the condition lets through'
const DECLARED = 'what decides for all is declared, be it for a part only'

/** Rules of whose bad cases a policy leaves some undecided, and why. */
const UNDECIDED: Readonly<Record<string, string>> = {
  'alb-listener-https': 'a listener without protocol may be that of a gateway',
  'cloudtrail-multi-region': ELSEWHERE,
  'ebs-volume-encrypted': DECLARED,
  'ecr-scan-on-push': DECLARED,
  'eks-control-plane-logs': ELSEWHERE,
  'iam-no-admin-policy': `${ELSEWHERE}; ${CONDITION}`,
  'iam-no-credentials-exposure': CONDITION,
  'iam-no-data-exfiltration': 'a NotAction is not read',
  'iam-no-privilege-escalation': CONDITION,
  'iam-no-wildcard-actions': CONDITION,
  'iam-role-no-account-trust': CONDITION,
  'kms-key-policy': 'a module that gets the key may give it a policy',
  'provider-no-credentials': ELSEWHERE,
  'rds-deletion-protection': ELSEWHERE,
  'rds-no-hardcoded-password': ELSEWHERE,
  'rds-not-public': ELSEWHERE,
  'rds-performance-insights': 'the smallest classes are not judged',
  'rds-snapshot-not-public': ELSEWHERE,
  's3-access-logging': ELSEWHERE,
  's3-bucket-kms-encryption': ELSEWHERE,
  's3-no-force-destroy': ELSEWHERE,
  's3-no-public-policy': 'a NotPrincipal is not read',
  's3-public-access-block': DECLARED,
  'secretsmanager-rotation-period': 'a schedule is not read',
  'security-group-no-public-http': 'a group that a load balancer may use is not judged',
  'security-group-no-public-ssh': ELSEWHERE,
  'subnet-no-public-ip': ELSEWHERE,
}

const FOUND: { readonly rule: Rule; readonly cases: RuleCases }[] = []

vi.mock('../../../testing/index.ts', async (original) => ({
  ...(await original<object>()),
  testRule: (rule: Rule, cases: RuleCases) => void FOUND.push({ rule, cases }),
}))

const FOLDER = join(import.meta.dirname, '../../../rules/terraform')
for (const path of readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).sort()) {
  if (path.endsWith('.test.ts')) await import(/* @vite-ignore */ join(FOLDER, path))
}

/** The cases that the policy for a rule denies, and the others; without those of a parameter of the rule. */
function judged(
  rule: Rule,
  cases: readonly (Code | PlainCase)[],
): { readonly denied: number; readonly others: number } {
  const policy = TERRAFORM_POLICIES.find(({ rules }) => rules.includes(rule.id))
  const verdicts =
    policy === undefined
      ? []
      : cases
          .filter((one) => !('params' in one))
          .map((one) => judgeTerraform(policy, filesOf('code' in one && typeof one.code === 'object' ? one.code : one)))
  const denied = verdicts.filter((messages) => messages.length > 0).length
  return { denied, others: verdicts.length - denied }
}

function filesOf(code: object): ReadonlyMap<string, string> {
  if ('path' in code && 'text' in code) return new Map([[String(code.path), String(code.text)]])
  return new Map(Object.entries(code).map(([path, text]) => [path, String(text)]))
}

test('policies deny what the tests of their rules say is wrong', () => {
  const all = FOUND.map(({ rule, cases }) => ({ id: rule.id, ...judged(rule, cases.invalid) }))
  expect(all.reduce((sum, { denied }) => sum + denied, 0)).toBeGreaterThan(200)
  expect(all.flatMap(({ id, others }) => (others > 0 ? [id] : [])).sort()).toEqual(Object.keys(UNDECIDED))
})

test('they deny nothing that those tests say is right, or not known', () => {
  // A policy for several rules is as strict as all of them.
  const alone = FOUND.filter(({ rule }) =>
    TERRAFORM_POLICIES.some(({ rules: [only, more] }) => only === rule.id && !more),
  )
  expect(alone.length).toBeGreaterThan(100)
  const wrong = alone.filter(({ rule, cases }) => judged(rule, [...cases.valid, ...(cases.undecided ?? [])]).denied > 0)
  expect(wrong.map(({ rule }) => rule.id)).toEqual([])
})
