import { testRule, yaml } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-privileged.ts'

testRule(rule, {
  valid: [
    { name: 'the default', code: container('ports: []') },
    { name: 'written out', code: container('securityContext: {privileged: false}') },
    {
      name: 'another kind of object with the same word',
      code: yaml`
      apiVersion: v1
      kind: PodTemplate
      metadata: {name: a}
      template: {metadata: {labels: {privileged: "true"}}, spec: {containers: []}}
    `,
    },
    {
      name: 'Windows',
      code: pod('os: {name: windows}\ncontainers: [{name: a, image: b, securityContext: {privileged: true}}]'),
    },
    {
      name: 'a workload that refers to its template',
      code: yaml`
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: a}
      spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, name: b}}
    `,
    },
  ],
  undecided: [{ name: 'a setting that is no boolean', code: container('securityContext: {privileged: [1]}') }],
  invalid: [
    {
      name: 'the value itself is shown',
      code: container('securityContext:\n  privileged: true'),
      problems: [{ message: 'wrong', at: '10:19-10:23', data: { container: 'app', role: 'container' } }],
      output: null,
    },
    {
      name: 'init and ephemeral containers, and a quoted true',
      code: pod(`
containers: [{name: a, image: b}]
initContainers: [{name: i, image: b, securityContext: {privileged: "true"}}]
ephemeralContainers: [{name: e, image: b, securityContext: {privileged: true}}]`),
      problems: [
        { message: 'wrong', data: { container: 'i', role: 'init' } },
        { message: 'wrong', data: { container: 'e', role: 'ephemeral' } },
      ],
      output: null,
    },
    {
      name: 'a CronJob',
      code: yaml`
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: a}
        spec:
          jobTemplate: {spec: {template: {spec: {containers: [{name: c, securityContext: {privileged: true}}]}}}}
      `,
      problems: [{ message: 'wrong' }],
      output: null,
    },
  ],
})
