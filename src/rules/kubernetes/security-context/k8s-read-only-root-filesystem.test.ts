import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-read-only-root-filesystem.ts'

testRule(rule, {
  valid: [container('securityContext: {readOnlyRootFilesystem: true}')],
  undecided: [container('securityContext: {readOnlyRootFilesystem: {}}')],
  invalid: [
    { name: 'the default', code: container('ports: []'), problems: [{ message: 'missing' }], output: null },
    {
      name: 'writable on purpose',
      code: container('securityContext:\n  readOnlyRootFilesystem: false'),
      problems: [{ message: 'wrong', at: '10:31-10:36' }],
      output: null,
    },
  ],
})
