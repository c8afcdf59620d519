import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { describe, expect, test } from 'vitest'
import { RULES } from '../../rules/index.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import deploymentSecurity from '../deployment-security/index.ts'
import eksSecurity from '../eks-security/index.ts'
import type { Fixer, FixValues } from '../fixer.ts'
import tlsEverywhere from './index.ts'

const ROOT = join(import.meta.dirname, '../../../examples/securebank')
const FILES = Object.fromEntries(
  readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
)
const VALUES: FixValues = {
  adminCidrs: ['203.0.113.0/24'],
  domainName: 'pay.securebank.example',
  hostedZone: 'securebank.example',
  logBucket: 'securebank-access-logs',
  retentionDays: 365,
}

function planned(fixer: Fixer, files: Record<string, string>, approve: 'none' | 'B'): FixPlan {
  // All rules: what the fixer adds must not offend others.
  return planProject({ files, rules: RULES, fixers: [fixer], values: VALUES }, approve)
}

describe.each([
  [
    tlsEverywhere,
    ['D lb-deletion-protection', 'D source-health-routes', 'D source-health-routes'],
    [
      'B alb-http-redirect',
      'B alb-listener-https',
      'B alb-target-group-https',
      'B alb-tls-minimum',
      'C alb-drop-invalid-headers',
      'C alb-waf',
      'C lb-access-logs',
      'C source-hsts',
    ],
  ],
  [
    eksSecurity,
    ['D eks-private-access', 'E eks-control-plane-logs'],
    ['B eks-private-endpoint', 'B eks-secrets-encryption', 'C eks-no-public-cidr'],
  ],
] as const)('securebank', (fixer, released, held) => {
  const own = (ids: readonly { readonly rank: string; readonly ruleId: string }[]): string[] =>
    ids
      .filter(({ ruleId }) => fixer.covers.includes(ruleId))
      .map(({ rank, ruleId }) => `${rank} ${ruleId}`)
      .toSorted()

  test(`${fixer.name} releases what is safe, and holds the rest with a reason and a runbook`, () => {
    const plan = planned(fixer, FILES, 'none')
    expect(own(plan.applied.map(({ judged }) => judged.finding))).toEqual(released)
    expect(own(plan.held.map(({ finding }) => finding))).toEqual(held)
    for (const { finding, remedy } of plan.held) {
      if (!fixer.covers.includes(finding.ruleId)) continue
      expect(remedy).toMatchObject({
        assessment: { reason: expect.stringMatching(/\w/), runbook: expect.stringMatching(/^1\. /m) },
      })
    }
  })

  test(`${fixer.name} leaves nothing once approved, and other readers accept it`, async () => {
    const plan = planned(fixer, FILES, 'B')
    expect(plan.before.result.errors).toEqual([])
    expect(own(plan.applied.map(({ judged }) => judged.finding))).toEqual([...released, ...held].toSorted())
    expect(own(plan.after.result.findings)).toEqual([])
    const after = Object.fromEntries(plan.files)
    for (const { path } of plan.changes) {
      if (/\.tf(?:vars)?$/.test(path)) await expect(parse(path, after[path] ?? '')).resolves.toBeTruthy()
    }
    expect(planned(fixer, after, 'B').changes).toEqual([])
    expect(
      fixer.nextSteps(
        plan.applied.map(({ judged }) => judged.complaint),
        { estate: plan.before.estate, values: VALUES },
      ).length,
    ).toBeGreaterThan(4)
  })
})

test.each([
  ['one way', [tlsEverywhere, deploymentSecurity]],
  ['and the other', [deploymentSecurity, tlsEverywhere]],
])('probes ask the routes that the same run adds, %s', (_, fixers) => {
  const plan = planProject({ files: FILES, rules: RULES, fixers, values: VALUES }, 'none')
  const manifest = plan.files.get('infrastructure/k8s/backend-deployment.yaml') ?? ''
  expect(manifest).toContain('path: /ready')
  expect(manifest).toContain('path: /health')
  for (const { judged, curedBy } of plan.applied) if (curedBy === undefined) expect('ED').toContain(judged.finding.rank)
})
