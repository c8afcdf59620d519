import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-api-server-audit-log.ts'

const server = (flags: string) => pod(`containers:\n- name: api\n  command: [kube-apiserver, ${flags}]`)

testRule(rule, {
  valid: [
    server('--audit-log-path=/var/log/audit.log, --audit-policy-file=/etc/policy.yaml'),
    {
      name: 'in two words',
      code: server('--audit-log-path, /var/log/audit.log, --audit-policy-file, /etc/policy.yaml'),
    },
    {
      name: 'sent elsewhere',
      code: server('--audit-webhook-config-file=/etc/hook.yaml, --audit-policy-file=/etc/policy.yaml'),
    },
    { name: 'another program', code: pod('containers: [{name: a, command: [etcd]}]') },
  ],
  undecided: [server('[]'), server('--audit-log-path=-, []')],
  invalid: [
    { name: 'no log', code: server('--v=2'), problems: [{ message: 'missing', at: '8:15-8:29' }], output: null },
    {
      name: 'an empty path',
      code: server('--audit-log-path='),
      problems: [{ message: 'missing', at: '8:31-8:48' }],
      output: null,
    },
    {
      name: 'no policy',
      code: server('--audit-log-path=-, --audit-log-maxage=90'),
      problems: [{ message: 'noPolicy', at: '8:31-8:49' }],
      output: null,
    },
  ],
})
