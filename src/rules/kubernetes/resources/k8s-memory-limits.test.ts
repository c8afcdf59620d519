import { testRule, yaml } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-memory-limits.ts'

testRule(rule, {
  valid: [
    container('resources: {limits: {memory: 64Mi}}'),
    { name: 'for the whole pod', code: pod('resources: {limits: {memory: 64Mi}}\ncontainers: [{name: a}]') },
    { name: 'ephemeral containers cannot have any', code: pod('containers: []\nephemeralContainers: [{name: debug}]') },
    {
      name: 'the namespace has a default',
      code: yaml`
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: shop}
        spec: {containers: [{name: a}]}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: l, namespace: shop}
        spec: {limits: [{type: Container, default: {memory: 64Mi}}]}
      `,
    },
  ],
  invalid: [
    { name: 'nothing', code: container('ports: []'), problems: [{ message: 'missing', at: '7:5-7:9' }], output: null },
    {
      name: 'zero is nothing',
      code: container('resources: {limits: {memory: "0"}}'),
      problems: [{ message: 'missing' }],
      output: null,
    },
    {
      name: 'a request is no limit',
      code: container('resources:\n  requests: {memory: 64Mi}'),
      problems: [{ message: 'missing', at: '9:5-9:14' }],
      output: null,
    },
    {
      name: 'init containers too',
      code: pod('initContainers: [{name: i}]\ncontainers: [{name: a, resources: {limits: {memory: 64Mi}}}]'),
      problems: [{ message: 'missing', data: { container: 'i', role: 'init' } }],
      output: null,
    },
  ],
})
