import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-host-port.ts'

testRule(rule, {
  valid: [
    container('ports: [{containerPort: 80}]'),
    { name: 'zero is none', code: container('ports: [{containerPort: 80, hostPort: 0}]') },
  ],
  undecided: [container('ports: [{containerPort: 80, hostPort: web}]')],
  invalid: [
    {
      name: 'each port by itself',
      code: container(
        'ports:\n- containerPort: 80\n  hostPort: 8080\n- containerPort: 53\n- {containerPort: 443, hostPort: "443"}',
      ),
      problems: [
        { message: 'published', at: '11:17-11:21', data: { container: 'app', role: 'container', port: 8080 } },
        { message: 'published', data: { container: 'app', role: 'container', port: 443 } },
      ],
      output: null,
    },
  ],
})
