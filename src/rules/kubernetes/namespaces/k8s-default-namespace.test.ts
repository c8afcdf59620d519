import { expect, test } from 'vitest'
import { auditProject, testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-default-namespace.ts'

const config = (metadata: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {${metadata}}\n`
const kustomization = (lines: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lines}\n`

testRule(rule, {
  valid: [
    yaml`
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: c, namespace: bank}
    `,
    {
      name: 'what Kubernetes keeps there',
      code: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: default}
      `,
    },
    {
      name: "another group's kind, which lives in no namespace",
      code: yaml`
        apiVersion: config.openshift.io/v1
        kind: Ingress
        metadata: {name: cluster}
      `,
    },
  ],
  undecided: [
    yaml`
      apiVersion: v1
      kind: Service
      metadata: {name: s, namespace: []}
    `,
    {
      name: 'Helm has a namespace of its own',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/c.yaml': config('name: c'),
      },
    },
  ],
  invalid: [
    {
      name: 'a fragment without a name',
      code: yaml`
        apiVersion: v1
        kind: ConfigMap
        data: {a: b}
      `,
      problems: [{ message: 'unnamed', data: { kind: 'ConfigMap', name: 'without a name' } }],
      output: null,
    },
    {
      name: 'named, in a List',
      code: yaml`
        apiVersion: v1
        kind: List
        items:
        - apiVersion: v1
          kind: Secret
          metadata:
            name: s
            namespace: default
      `,
      problems: [{ message: 'default', at: '8:16-8:23', data: { kind: 'Secret', name: 's' }, aliases: ['CKV_K8S_21'] }],
      output: null,
    },
    {
      name: 'not named',
      code: yaml`
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: j}
      `,
      problems: [{ message: 'unnamed', at: '3:1-3:9', aliases: ['CKV_K8S_21', 'AVD-KSV-0110'] }],
      output: null,
    },
    {
      name: "OpenShift's own workload",
      code: yaml`
        apiVersion: apps.openshift.io/v1
        kind: DeploymentConfig
        metadata: {name: d}
      `,
      problems: [{ message: 'unnamed', aliases: ['CKV_K8S_21', 'AVD-KSV-0110'] }],
      output: null,
    },
    {
      name: 'a kustomization that sets none',
      code: { 'k/c.yaml': config('name: c'), 'k/kustomization.yaml': kustomization('resources: [c.yaml]') },
      problems: [{ message: 'unnamed' }],
      output: null,
    },
  ],
})

test('a base goes where its overlays say, and that is open if one of them says nothing', () => {
  const outcome = (prod: string): string => {
    const files = {
      'base/c.yaml': config('name: c'),
      'base/kustomization.yaml': kustomization('resources: [c.yaml]'),
      'dev/kustomization.yaml': kustomization('namespace: dev\nresources: [../base]'),
      'prod/kustomization.yaml': kustomization(`${prod}resources: [../base]`),
    }
    const { findings, passed, undecided } = auditProject({ files, rules: [rule] }).result
    return findings[0]?.message ?? undecided[0]?.reason ?? `${passed.length} passed`
  }
  expect(outcome('namespace: bank\n')).toBe('1 passed')
  expect(outcome('')).toBe('it is built for dev and for none')
  expect(outcome('namespace: default\n')).toBe('it is built for default and dev')
})
