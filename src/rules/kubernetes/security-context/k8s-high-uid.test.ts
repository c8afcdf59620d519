import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-high-uid.ts'

testRule(rule, {
  valid: [
    container('securityContext: {runAsUser: 10000}'),
    { name: 'from the pod', code: pod('securityContext: {runAsUser: "10001"}\ncontainers: [{name: a}]') },
    {
      name: 'user IDs of its own',
      code: pod('hostUsers: false\ncontainers: [{name: a, securityContext: {runAsUser: 0}}]'),
    },
    {
      name: "an official image's own account",
      code: pod('containers: [{name: a, image: "postgres:16", securityContext: {runAsUser: 999}}]'),
    },
    {
      name: 'and that of its Alpine variant',
      code: pod('containers: [{name: a, image: "postgres:16-alpine", securityContext: {runAsUser: 70}}]'),
    },
    {
      name: 'the account of a database that our own image is built upon',
      code: files('mysql:8', 999),
    },
  ],
  undecided: [container('securityContext: {runAsUser: app}')],
  invalid: [
    {
      name: "the node's user IDs",
      code: pod('hostUsers: true\ncontainers: [{name: a}]'),
      problems: [{ message: 'missing' }],
      output: null,
    },
    { name: 'left to the image', code: container('ports: []'), problems: [{ message: 'missing' }], output: null },
    {
      name: 'the first account of most nodes',
      code: container('securityContext:\n  runAsUser: 1000'),
      problems: [{ message: 'low', at: '10:18-10:22', data: { container: 'app', role: 'container', uid: 1000 } }],
      output: null,
    },
    {
      name: "another official image's number",
      code: pod('containers: [{name: a, image: "postgres:16-alpine", securityContext: {runAsUser: 999}}]'),
      problems: [{ message: 'low' }],
      output: null,
    },
    {
      name: 'a web server that any user can run',
      code: files('nginx:1.27', 101),
      problems: [{ message: 'low' }],
      output: null,
    },
  ],
})

function files(base: string, uid: number): Record<string, string> {
  return {
    'own/Dockerfile': `FROM ${base}\n`,
    'pod.yaml': pod(`containers: [{name: a, image: "corp/own:1", securityContext: {runAsUser: ${uid}}}]`).text,
  }
}
