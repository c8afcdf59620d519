import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-added-capabilities.ts'

testRule(rule, {
  valid: [
    container('securityContext: {capabilities: {drop: [ALL]}}'),
    {
      name: 'the one that the restricted standard allows',
      code: container('securityContext: {capabilities: {add: [net_bind_service]}}'),
    },
  ],
  undecided: [container('securityContext: {capabilities: {add: [[NET_ADMIN]]}}')],
  invalid: [
    {
      name: 'each of them, at its place',
      code: container(
        'securityContext:\n  capabilities:\n    add:\n    - CAP_NET_ADMIN\n    - NET_BIND_SERVICE\n    - chown',
      ),
      problems: [
        { message: 'added', at: '12:11-12:24', data: { container: 'app', role: 'container', capability: 'NET_ADMIN' } },
        { message: 'added', at: '14:11-14:16', data: { container: 'app', role: 'container', capability: 'CHOWN' } },
      ],
      output: null,
    },
  ],
})
