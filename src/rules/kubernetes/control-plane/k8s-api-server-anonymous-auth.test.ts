import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-api-server-anonymous-auth.ts'

const server = (lines: string) => pod(`containers:\n- name: api\n  ${lines}`)

testRule(rule, {
  valid: [
    server('command: [kube-apiserver, --anonymous-auth=false]'),
    server('command: [/usr/bin/kube-apiserver]\n  args: [--anonymous-auth=false]'),
    {
      name: 'in a line for a shell',
      code: server('command: [sh, -c, "exec kube-apiserver --anonymous-auth=false --v=2"]'),
    },
    {
      name: 'the last one wins',
      code: server('command: [kube-apiserver, --anonymous-auth=true, --anonymous-auth=false]'),
    },
    { name: 'another program', code: server('command: [kubelet, --anonymous-auth=true]') },
  ],
  undecided: [
    { name: 'a file decides', code: server('command: [kube-apiserver, --authentication-config=/etc/a.yaml]') },
    { name: 'an argument that is not known', code: server('command: [kube-apiserver, []]') },
  ],
  invalid: [
    {
      name: 'on',
      code: server('command:\n  - kube-apiserver\n  - --anonymous-auth=true'),
      problems: [{ message: 'on', at: '10:7-10:28' }],
      output: null,
    },
    {
      name: 'not said',
      code: server('command:\n  - kube-apiserver\n  - --v=2'),
      problems: [{ message: 'unset', at: '9:7-9:21' }],
      output: null,
    },
  ],
})
