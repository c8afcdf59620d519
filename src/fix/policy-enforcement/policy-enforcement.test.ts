import { load, loadAll } from 'js-yaml'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import constraint from '../../rules/kubernetes/admission/k8s-constraint-not-enforced.ts'
import webhook from '../../rules/kubernetes/admission/webhook-fails-open.ts'
import { planProject } from '../../testing/index.ts'
import type { FixPlan } from '../../verify/plan.ts'
import fixer from './index.ts'

const RULES = [webhook, constraint]

function planned(files: Record<string, string>, approve: 'none' | 'C' | 'B'): FixPlan {
  return planProject({ files, rules: RULES, fixers: [fixer] }, approve)
}

function fixed(text: string): string {
  const plan = planned({ 'a.yaml': text }, 'B')
  expect(plan.before.estate.diagnostics).toEqual([])
  expect(plan.refused.map(({ reason }) => reason)).toEqual([])
  expect(plan.held).toEqual([])
  expect(plan.after.result.findings).toEqual([])
  const after = plan.files.get('a.yaml') ?? ''
  expect(planned({ 'a.yaml': after }, 'B').changes).toEqual([])
  expect(() => loadAll(after)).not.toThrow()
  return after
}

const CONFIGURATION = `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata:
  name: policies
webhooks:
  - name: first.example.com
    clientConfig:
      service: {name: policies, namespace: policy-system}
    failurePolicy: Ignore # so that it cannot stop a release
    rules: [{apiGroups: ["*"], apiVersions: ["*"], operations: [CREATE], resources: ["*"]}]
    sideEffects: None
  - name: second.example.com
    failurePolicy: Fail
  - name: third.example.com
    clientConfig:
      url: https://policies.example.com
    failurePolicy: "Ignore"
    timeoutSeconds: 30
    namespaceSelector:
      matchLabels:
        checked: "yes"
      matchExpressions:
        # Not the control plane.
        - key: kubernetes.io/metadata.name
          operator: NotIn
          values: [kube-system, monitoring]
`
const CONSTRAINT = `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: K8sBlockPrivileged
metadata:
  name: no-privileged
spec:
  enforcementAction: dryrun # until the bridge is gone
  match:
    kinds:
      - {apiGroups: [""], kinds: [Pod]}
`

test('webhooks fail closed, with the namespaces that have to go on working', () => {
  expect(fixed(CONFIGURATION)).toMatchSnapshot()
})

test('a constraint denies', () => {
  expect(fixed(CONSTRAINT)).toBe(CONSTRAINT.replace('dryrun', 'deny'))
  expect(fixed(CONSTRAINT.replace('dryrun', '"warn"').replaceAll('\n', '\r\n'))).toBe(
    CONSTRAINT.replace('dryrun', '"deny"').replaceAll('\n', '\r\n'),
  )
})

test('ranks, reasons and runbooks', () => {
  const plan = planned({ 'a.yaml': CONFIGURATION, 'b.yaml': CONSTRAINT }, 'none')
  expect(plan.changes).toEqual([])
  expect(plan.held.map(({ finding }) => `${finding.rank} ${finding.ruleId}`).toSorted()).toEqual([
    'B webhook-fails-open',
    'B webhook-fails-open',
    'C k8s-constraint-not-enforced',
  ])
  for (const { remedy } of plan.held) {
    expect(remedy).toMatchObject({
      assessment: { reason: expect.stringMatching(/\w/), runbook: expect.stringContaining('1. ') },
    })
  }
  expect(planned({ 'a.yaml': CONFIGURATION, 'b.yaml': CONSTRAINT }, 'C').changes.map(({ path }) => path)).toEqual([
    'b.yaml',
  ])
})

test('what was copied from elsewhere is refused', () => {
  const plan = planned({ 'vendor/gatekeeper/webhook.yaml': CONFIGURATION }, 'B')
  expect(plan.changes).toEqual([])
  expect(plan.refused.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('copied from elsewhere'),
    expect.stringContaining('copied from elsewhere'),
  ])
})

const hook = fc
  .record({
    flow: fc.boolean(),
    service: fc.constantFrom('{namespace: gate, name: g}', '{namespace: kube-system, name: g}', undefined),
    timeout: fc.constantFrom('', '    timeoutSeconds: 3\n', '    timeoutSeconds: 30 # long\n'),
    selector: fc.constantFrom(
      '',
      '    namespaceSelector: {}\n',
      '    namespaceSelector:\n      matchExpressions:\n        - {key: team, operator: Exists}\n',
      '    namespaceSelector:\n      matchExpressions:\n      - key: kubernetes.io/metadata.name\n        operator: NotIn\n        values:\n        - gate # itself\n',
    ),
    policy: fc.constantFrom('Ignore', 'Fail', 'Ignore # why'),
  })
  .map(({ flow, service, timeout, selector, policy }) =>
    flow
      ? `  - {name: a.example.com, failurePolicy: ${policy.split(' ')[0] ?? ''}${service === undefined ? '' : `, clientConfig: {service: ${service}}`}}\n`
      : `  - name: b.example.com\n${service === undefined ? '' : `    clientConfig:\n      service: ${service}\n`}    failurePolicy: ${policy}\n${timeout}${selector}`,
  )

test('any configuration: fixed once, and what was there stays', () => {
  fc.assert(
    fc.property(fc.array(hook, { minLength: 1, maxLength: 4 }), fc.constantFrom('\n', '\r\n'), (hooks, eol) => {
      const text =
        `apiVersion: admissionregistration.k8s.io/v1\nkind: MutatingWebhookConfiguration\nmetadata:\n  name: m\nwebhooks:\n${hooks.join('')}`.replaceAll(
          '\n',
          eol,
        )
      const after = fixed(text)
      for (const comment of text.match(/# \w+/g) ?? []) expect(after).toContain(comment)
      const data = load(after) as { webhooks: { failurePolicy: string }[] }
      expect(data.webhooks).toHaveLength(hooks.length)
      expect(data.webhooks.every(({ failurePolicy }) => failurePolicy === 'Fail')).toBe(true)
    }),
    { numRuns: 150 },
  )
})
