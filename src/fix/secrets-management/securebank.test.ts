import { expect, test } from 'vitest'
import { prepareFix } from '../../app/fix.ts'
import { openSession } from '../../app/session.ts'

const session = openSession({ path: 'examples/securebank', now: new Date('2026-11-21T00:00:00Z') })
const SCOPE = { fixers: ['secrets-management'], rules: [] }

test('without approval every leaked credential is held, with what depends on it', async () => {
  const { result } = await prepareFix(session, { rank: 'none', fingerprints: [] }, SCOPE)
  expect(result.applied).toEqual([])
  const held = result.held.filter(({ fixer }) => fixer === 'secrets-management')
  expect(held.map(({ ruleId, address, rank }) => `${rank} ${ruleId} ${address}`)).toEqual([
    'B rds-no-hardcoded-password aws_db_instance.payments',
    ...Array.from({ length: 4 }, () => 'B k8s-no-plaintext-credentials Deployment/securebank/backend'),
    'B k8s-no-plaintext-credentials StatefulSet/securebank/postgres',
    'B k8s-no-plaintext-credentials CronJob/securebank/settlement',
    'C k8s-secrets-as-files CronJob/securebank/settlement',
  ])
  for (const one of held.filter(({ rank }) => rank === 'B')) {
    expect(one.reason).toContain('rotated')
    expect(one.runbook).toContain('leaked')
    expect(one.needs).toEqual([])
  }
  expect(held[1]?.blastRadius).toContain('infrastructure/terraform/rds.tf:25 (the same value)')
})

test('after approval nothing of its rules is left, no value is told, and every other rule is as content as before', async () => {
  const { plan, result } = await prepareFix(session, { rank: 'B', fingerprints: [] }, SCOPE)
  expect(result.applied.filter(({ curedBy }) => curedBy === undefined)).toHaveLength(8)
  // Pods that get an account of their own carry the token of the default one no longer.
  expect(result.applied.filter(({ curedBy }) => curedBy !== undefined).map(({ ruleId }) => ruleId)).toEqual([
    'k8s-service-account-token',
    'k8s-service-account-token',
  ])
  expect(result.verification.every(({ decidesPass, nothingNew }) => decidesPass && nothingNew)).toBe(true)
  const left = plan.after.result.findings.map(({ ruleId }) => ruleId)
  expect(left).not.toContain('k8s-no-plaintext-credentials')
  expect(left).not.toContain('rds-no-hardcoded-password')
  const before = new Set(plan.before.judged.map(({ identity }) => identity))
  const added = plan.after.judged.filter(({ identity }) => !before.has(identity))
  expect(added.map(({ finding, complaint }) => `${finding.severity} ${complaint.ruleId} ${complaint.key}`)).toEqual([
    'MEDIUM secretsmanager-rotation never',
    'MEDIUM secretsmanager-rotation never',
    'LOW k8s-secrets-as-files AWS_ACCESS_KEY_ID',
    'LOW k8s-secrets-as-files AWS_SECRET_ACCESS_KEY',
  ])
  const texts = result.files.map(({ path }) => plan.files.get(path) ?? '').join('\n')
  const secrets = /supersecret123|securebank-jwt-EXAMPLE|sk_test_EXAMPLE|twilio-EXAMPLE|AKIAIOSF|EXAMPLE-secret/
  expect(texts).not.toMatch(secrets)
  expect(JSON.stringify(result)).not.toMatch(secrets)
})

test('the files can be read by the users that deployment-security gives the pods, with a read-only root filesystem', async () => {
  const scope = { fixers: ['secrets-management', 'deployment-security'], rules: [] }
  const { plan } = await prepareFix(session, { rank: 'B', fingerprints: [] }, scope)
  const manifest = (name: string): string => plan.files.get(`infrastructure/k8s/${name}.yaml`) ?? ''
  for (const name of ['backend-deployment', 'postgres-statefulset']) {
    expect(manifest(name)).toContain('runAsNonRoot: true')
    expect(manifest(name)).toContain('readOnlyRootFilesystem: true')
    expect(manifest(name)).toContain('_FILE')
  }
  // User 10001 is in no group of the pod; user 999 is in its fsGroup.
  expect(manifest('backend-deployment')).not.toContain('fsGroup')
  expect(manifest('backend-deployment')).toContain(`defaultMode: ${0o444}`)
  expect(manifest('postgres-statefulset')).toContain('fsGroup: 999')
  expect(manifest('postgres-statefulset')).toMatch(new RegExp(`defaultMode: (?:${0o440}|${0o444})\\n`))
})
