import { testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-pod-security-labels.ts'

const namespace = (labels: string, name = 'bank') => yaml`
  apiVersion: v1
  kind: Namespace
  metadata:
    name: ${name}
    labels: {${labels}}
`

testRule(rule, {
  valid: [
    namespace('pod-security.kubernetes.io/enforce: restricted'),
    namespace('pod-security.kubernetes.io/enforce: baseline'),
    { name: "the cluster's own", code: namespace('', 'kube-system') },
  ],
  undecided: [namespace('pod-security.kubernetes.io/enforce: []')],
  invalid: [
    {
      name: 'no labels',
      code: yaml`
        apiVersion: v1
        kind: Namespace
        metadata:
          name: bank
      `,
      problems: [
        { message: 'notEnforced', at: '3:1-3:9' },
        { message: 'noWarning', at: '3:1-3:9' },
      ],
      output: null,
    },
    {
      name: 'warned only',
      code: namespace('pod-security.kubernetes.io/warn: restricted'),
      problems: [{ message: 'notEnforced' }],
      output: null,
    },
    {
      name: 'enforcing that everything is allowed',
      code: namespace('pod-security.kubernetes.io/enforce: privileged, pod-security.kubernetes.io/warn: baseline'),
      problems: [{ message: 'notEnforced', at: '5:48-5:58' }],
      output: null,
    },
  ],
})
