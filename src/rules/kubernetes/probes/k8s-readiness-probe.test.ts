import { testRule, yaml } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-readiness-probe.ts'

testRule(rule, {
  valid: [
    container('readinessProbe: {tcpSocket: {port: 80}}'),
    { name: 'init containers run to completion', code: pod('initContainers: [{name: i}]\ncontainers: []') },
    { name: 'a pod that runs once', code: pod('restartPolicy: Never\ncontainers: [{name: a}]') },
  ],
  invalid: [
    { name: 'none', code: container('ports: []'), problems: [{ message: 'missing', at: '7:5-7:9' }], output: null },
    { name: 'an empty one', code: container('readinessProbe: {}'), problems: [{ message: 'missing' }], output: null },
    {
      name: 'only the containers of a Deployment, not the Job beside it',
      code: yaml`
        apiVersion: batch/v1
        kind: Job
        metadata: {name: j}
        spec: {template: {spec: {containers: [{name: a}]}}}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: d}
        spec: {template: {spec: {containers: [{name: b}]}}}
      `,
      problems: [{ message: 'missing', data: { container: 'b', role: 'container' } }],
      output: null,
    },
  ],
})
