import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-pod-security-context.ts'

const inChart = (spec: string) => ({
  'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
  'chart/templates/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: ${spec}\n`,
})

testRule(rule, {
  valid: [
    pod('securityContext: {runAsNonRoot: true}\ncontainers: [{name: a}]'),
    {
      name: 'in every container',
      code: pod(
        'containers: [{name: a, securityContext: {runAsNonRoot: true}}, {name: b, securityContext: {runAsUser: 0}}]',
      ),
    },
    { name: 'what confines it', code: container('securityContext: {seccompProfile: {type: RuntimeDefault}}') },
  ],
  undecided: [
    { name: 'of the pod', code: inChart(`{securityContext: '{{ .Values.s }}', containers: []}`) },
    { name: 'of its container', code: inChart(`{containers: [{name: a, securityContext: '{{ .Values.s }}'}]}`) },
  ],
  invalid: [
    { name: 'nowhere', code: container('ports: []'), problems: [{ message: 'missing', at: '5:1-5:5' }], output: null },
    {
      name: 'only what a container alone can say',
      code: container('securityContext: {readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}'),
      problems: [{ message: 'missing', at: '5:1-5:5' }],
      output: null,
    },
    {
      name: 'in one of two, and empty in the pod',
      code: pod('securityContext: {}\ncontainers: [{name: a, securityContext: {runAsUser: 1}}, {name: b}]'),
      problems: [{ message: 'missing', at: '6:3-6:18' }],
      output: null,
    },
  ],
})
