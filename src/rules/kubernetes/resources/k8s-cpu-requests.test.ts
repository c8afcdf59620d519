import { testRule, yaml } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-cpu-requests.ts'

testRule(rule, {
  valid: [
    container('resources: {requests: {cpu: 100m}}'),
    { name: 'for the whole pod', code: pod('resources: {requests: {cpu: 100m}}\ncontainers: [{name: a}]') },
    { name: 'the limit stands in for the request', code: container('resources: {limits: {cpu: 100m}}') },
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
        spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}
      `,
    },
  ],
  invalid: [
    { name: 'nothing', code: container('ports: []'), problems: [{ message: 'missing', at: '7:5-7:9' }], output: null },
    {
      name: 'zero is nothing',
      code: container('resources: {requests: {cpu: "0"}}'),
      problems: [{ message: 'missing' }],
      output: null,
    },
    {
      name: 'init containers too',
      code: pod('initContainers: [{name: i}]\ncontainers: [{name: a, resources: {requests: {cpu: 100m}}}]'),
      problems: [{ message: 'missing', data: { container: 'i', role: 'init' } }],
      output: null,
    },
  ],
})
