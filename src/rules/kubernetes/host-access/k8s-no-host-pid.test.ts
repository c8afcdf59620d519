import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-host-pid.ts'

testRule(rule, {
  valid: [pod('containers: []'), { name: 'written out', code: pod('hostPID: false\ncontainers: []') }],
  undecided: [pod('hostPID: sometimes\ncontainers: []')],
  invalid: [
    { name: 'shared', code: pod('hostPID: true\ncontainers: []'), problems: [{ message: 'shared' }], output: null },
    {
      name: 'shared, quoted',
      code: pod('hostPID: "true"\ncontainers: []'),
      problems: [{ message: 'shared' }],
      output: null,
    },
  ],
})
