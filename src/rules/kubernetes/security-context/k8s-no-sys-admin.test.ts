import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-sys-admin.ts'

testRule(rule, {
  valid: [container('securityContext: {capabilities: {add: [NET_ADMIN], drop: [SYS_ADMIN]}}')],
  undecided: [container('securityContext: {capabilities: {add: [[]]}}')],
  invalid: [
    {
      name: 'with prefix',
      code: container('securityContext: {capabilities: {add: [CAP_SYS_ADMIN]}}'),
      problems: [{ message: 'added', at: '9:44-9:57' }],
      output: null,
    },
    {
      name: 'as a part of all',
      code: container('securityContext: {capabilities: {add: [all]}}'),
      problems: [{ message: 'added' }],
      output: null,
    },
  ],
})
