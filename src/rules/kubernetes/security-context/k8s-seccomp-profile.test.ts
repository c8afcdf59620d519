import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-seccomp-profile.ts'

testRule(rule, {
  valid: [
    container('securityContext: {seccompProfile: {type: RuntimeDefault}}'),
    {
      name: 'a profile of its own',
      code: container('securityContext: {seccompProfile: {type: Localhost, localhostProfile: p.json}}'),
    },
    {
      name: 'from the pod',
      code: pod('securityContext: {seccompProfile: {type: RuntimeDefault}}\ncontainers: [{name: a}]'),
    },
  ],
  undecided: [container('securityContext: {seccompProfile: {type: []}}')],
  invalid: [
    { name: 'none', code: container('ports: []'), problems: [{ message: 'missing' }], output: null },
    {
      name: 'the container takes back what the pod gives',
      code: pod(
        'securityContext: {seccompProfile: {type: RuntimeDefault}}\ncontainers:\n- name: a\n  securityContext:\n    seccompProfile: {type: Unconfined}',
      ),
      problems: [
        {
          message: 'unconfined',
          at: '10:30-10:40',
          data: { container: 'a', role: 'container', profile: 'Unconfined' },
        },
      ],
      output: null,
    },
  ],
})
