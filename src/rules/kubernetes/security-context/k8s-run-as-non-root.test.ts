import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-run-as-non-root.ts'

testRule(rule, {
  valid: [
    { name: 'the container says so', code: container('securityContext: {runAsNonRoot: true}') },
    { name: 'the pod says so', code: pod('securityContext: {runAsNonRoot: true}\ncontainers: [{name: a}, {name: b}]') },
    { name: 'a user above 0, as a string too', code: container('securityContext: {runAsUser: "10001"}') },
    {
      name: 'an unknown user that may not be root',
      code: container('securityContext: {runAsUser: app, runAsNonRoot: true}'),
    },
    {
      name: 'the container wins',
      code: pod('securityContext: {runAsUser: 0}\ncontainers: [{name: a, securityContext: {runAsUser: 5}}]'),
    },
  ],
  undecided: [
    { name: 'a user that is no number', code: container('securityContext: {runAsUser: app}') },
    { name: 'a flag that is no boolean', code: container('securityContext: {runAsNonRoot: []}') },
  ],
  invalid: [
    {
      name: 'each container that nothing protects',
      code: pod('containers:\n- name: a\n- name: b\n  securityContext: {runAsNonRoot: true}\n- name: c'),
      problems: [
        { message: 'missing', at: '7:5-7:9' },
        { message: 'missing', at: '10:5-10:9' },
      ],
      output: null,
    },
    {
      name: 'root for the whole pod, but for one container',
      code: pod(
        'securityContext:\n  runAsUser: 0\ncontainers: [{name: a}, {name: b, securityContext: {runAsUser: 7}}, {name: c}]',
      ),
      problems: [
        { message: 'root', at: '7:16-7:17', data: { container: 'a', role: 'container' } },
        { message: 'root', at: '7:16-7:17', data: { container: 'c', role: 'container' } },
      ],
      output: null,
    },
    {
      name: 'root and the promise not to be: such a container never starts',
      code: container('securityContext: {runAsUser: 0, runAsNonRoot: true}'),
      problems: [{ message: 'root' }],
      output: null,
    },
    {
      name: 'allowed explicitly',
      code: pod(
        'securityContext: {runAsNonRoot: true}\ncontainers: [{name: a, securityContext: {runAsNonRoot: false}}]',
      ),
      problems: [{ message: 'allowed' }],
      output: null,
    },
  ],
})
