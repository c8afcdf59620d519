import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-host-path.ts'

testRule(rule, {
  valid: [
    pod('volumes: [{name: a, emptyDir: {}}, {name: b, persistentVolumeClaim: {claimName: c}}]\ncontainers: []'),
    pod('containers: []'),
  ],
  invalid: [
    {
      name: 'each volume, with what it mounts',
      code: pod(
        'volumes:\n- name: logs\n  hostPath:\n    path: /var/log/app/\n- {name: root, hostPath: {path: /}}\ncontainers: []',
      ),
      problems: [
        { message: 'mounted', at: '8:5-8:13', data: { volume: 'logs', path: '/var/log/app' } },
        { message: 'mounted', data: { volume: 'root', path: '/' } },
      ],
      output: null,
    },
    {
      name: 'a path that is not known is a path of the node all the same',
      code: pod('volumes: [{name: a, hostPath: {path: []}}]\ncontainers: []'),
      problems: [{ message: 'mounted' }],
      output: null,
    },
  ],
})
