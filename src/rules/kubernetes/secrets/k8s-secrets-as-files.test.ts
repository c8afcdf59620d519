import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-secrets-as-files.ts'

testRule(rule, {
  valid: [
    container('env: [{name: A, value: b}, {name: C, valueFrom: {configMapKeyRef: {name: c, key: k}}}]'),
    container('envFrom: [{configMapRef: {name: c}}]'),
    container('volumeMounts: [{name: s, mountPath: /secrets}]'),
  ],
  undecided: [
    {
      name: 'variables that Helm fills in',
      code: {
        'chart/Chart.yaml': 'apiVersion: v2\nname: c\nversion: 1.0.0\n',
        'chart/templates/pod.yaml': `apiVersion: v1\nkind: Pod\nspec: {containers: [{name: s, env: '{{ .Values.env }}'}]}\n`,
      },
    },
  ],
  invalid: [
    {
      name: 'one by one and all at once',
      code: container(
        'env:\n- name: PASSWORD\n  valueFrom:\n    secretKeyRef: {name: db, key: password}\nenvFrom:\n- secretRef: {name: all}',
      ),
      problems: [
        { message: 'variable', at: '12:9-12:21', data: { container: 'app', name: 'PASSWORD', secret: 'db' } },
        { message: 'all', at: '14:7-14:16', data: { container: 'app', secret: 'all' } },
      ],
      output: null,
    },
  ],
})
