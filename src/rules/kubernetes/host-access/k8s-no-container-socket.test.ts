import { testRule } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-no-container-socket.ts'

const mounting = (path: string) => pod(`volumes: [{name: v, hostPath: {path: ${path}}}]\ncontainers: []`)

testRule(rule, {
  valid: [pod('containers: []'), mounting('/var/log'), mounting('/run/udev'), mounting('/var/running')],
  undecided: [mounting('[]')],
  invalid: [
    { name: 'Docker', code: mounting('/var/run/docker.sock'), problems: [{ message: 'socket' }], output: null },
    {
      name: 'containerd',
      code: mounting('/run/containerd/containerd.sock'),
      problems: [{ message: 'socket' }],
      output: null,
    },
    {
      name: 'CRI-O, with a slash too many',
      code: mounting('/var/run/crio/crio.sock/'),
      problems: [{ message: 'socket' }],
      output: null,
    },
    {
      name: 'a folder that holds one',
      code: mounting('/var/run'),
      problems: [
        { message: 'holds', data: { volume: 'v', path: '/var/run', socket: '/run/containerd/containerd.sock' } },
      ],
      output: null,
    },
    { name: 'all of the node', code: mounting('/'), problems: [{ message: 'holds' }], output: null },
  ],
})
