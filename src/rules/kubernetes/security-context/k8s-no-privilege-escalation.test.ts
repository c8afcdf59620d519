import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-privilege-escalation.ts'

testRule(rule, {
  valid: [container('securityContext: {allowPrivilegeEscalation: false}')],
  undecided: [container('securityContext: {allowPrivilegeEscalation: maybe}')],
  invalid: [
    {
      name: 'nothing is set',
      code: container('ports: []'),
      problems: [{ message: 'missing', at: '7:5-7:9' }],
      output: null,
    },
    {
      name: 'a securityContext without it is where the message points',
      code: container('securityContext:\n  runAsUser: 1'),
      problems: [{ message: 'missing', at: '9:5-9:20' }],
      output: null,
    },
    {
      name: 'allowed',
      code: container('securityContext: {allowPrivilegeEscalation: true}'),
      problems: [{ message: 'wrong' }],
      output: null,
    },
  ],
})
