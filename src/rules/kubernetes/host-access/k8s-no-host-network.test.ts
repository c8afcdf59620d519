import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-host-network.ts'

testRule(rule, {
  valid: [pod('containers: []'), { name: 'written out', code: pod('hostNetwork: false\ncontainers: []') }],
  undecided: [pod('hostNetwork: sometimes\ncontainers: []')],
  invalid: [
    { name: 'shared', code: pod('hostNetwork: true\ncontainers: []'), problems: [{ message: 'shared' }], output: null },
    {
      name: 'shared, quoted',
      code: pod('hostNetwork: "true"\ncontainers: []'),
      problems: [{ message: 'shared' }],
      output: null,
    },
  ],
})
