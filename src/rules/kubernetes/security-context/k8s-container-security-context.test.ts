import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-container-security-context.ts'

testRule(rule, {
  valid: [
    container('securityContext: {privileged: false}'),
    {
      name: 'Windows: the pod says who all of its containers run as',
      code: pod(
        'securityContext: {windowsOptions: {runAsUserName: ContainerUser}}\ncontainers:\n- name: a\nnodeSelector: {kubernetes.io/os: windows}',
      ),
    },
  ],
  undecided: [
    {
      name: 'a list of containers that Helm fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: '{{ .Values.containers }}'\n`,
      },
    },
  ],
  invalid: [
    {
      name: "the pod's does not count",
      code: pod('securityContext: {runAsNonRoot: true}\ncontainers:\n- name: a'),
      problems: [{ message: 'missing', at: '8:5-8:9' }],
      output: null,
    },
    {
      name: 'the options of Windows say nothing to a container of Linux',
      code: pod('securityContext: {windowsOptions: {runAsUserName: ContainerUser}}\ncontainers:\n- name: a'),
      problems: [{ message: 'missing', at: '8:5-8:9' }],
      output: null,
    },
    {
      name: 'empty',
      code: container('securityContext: {}'),
      problems: [{ message: 'empty', at: '9:5-9:20' }],
      output: null,
    },
  ],
})
