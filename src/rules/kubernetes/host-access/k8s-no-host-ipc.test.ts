import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-host-ipc.ts'

testRule(rule, {
  valid: [pod('containers: []'), { name: 'written out', code: pod('hostIPC: false\ncontainers: []') }],
  undecided: [pod('hostIPC: sometimes\ncontainers: []')],
  invalid: [
    { name: 'shared', code: pod('hostIPC: true\ncontainers: []'), problems: [{ message: 'shared' }], output: null },
    {
      name: 'shared, quoted',
      code: pod('hostIPC: "true"\ncontainers: []'),
      problems: [{ message: 'shared' }],
      output: null,
    },
  ],
})
