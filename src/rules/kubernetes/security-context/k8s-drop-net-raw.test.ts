import { testRule } from '../../../testing/index.ts'
import { container, pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-drop-net-raw.ts'

testRule(rule, {
  valid: [
    container('securityContext: {capabilities: {drop: [ALL]}}'),
    { name: 'NET_RAW only', code: container('securityContext: {capabilities: {drop: [NET_RAW]}}') },
    { name: 'in any case', code: container('securityContext: {capabilities: {drop: [net_raw]}}') },
    { name: 'dropped by name wins', code: container('securityContext: {capabilities: {add: [ALL], drop: [NET_RAW]}}') },
    { name: 'whatever else is dropped', code: container('securityContext: {capabilities: {drop: [{}, ALL]}}') },
    { name: 'Windows has no capabilities', code: pod('os: {name: windows}\ncontainers: [{name: a}]') },
    { name: 'nor have its nodes', code: pod('nodeSelector: {kubernetes.io/os: windows}\ncontainers: [{name: a}]') },
  ],
  undecided: [
    container('securityContext: {capabilities: {drop: [[x]]}}'),
    {
      name: 'what is added is not known',
      code: container('securityContext: {capabilities: {add: [[x]], drop: [ALL]}}'),
    },
  ],
  invalid: [
    {
      name: 'nothing said, on Linux',
      code: pod('nodeSelector: {kubernetes.io/os: linux}\ncontainers:\n- name: app'),
      problems: [{ message: 'missing', at: '8:5-8:9', aliases: ['CKV_K8S_28'] }],
      output: null,
    },
    {
      name: 'another one is dropped',
      code: container('securityContext:\n  capabilities:\n    drop: [SETUID]'),
      problems: [{ message: 'kept', at: '11:16-11:22' }],
      output: null,
    },
    {
      name: 'with a prefix that the runtime adds too',
      code: container('securityContext: {capabilities: {drop: [CAP_NET_RAW]}}'),
      problems: [{ message: 'kept' }],
      output: null,
    },
    {
      name: 'added back',
      code: container('securityContext:\n  capabilities:\n    drop: [ALL]\n    add: [NET_RAW]'),
      problems: [{ message: 'added', at: '12:15-12:22', aliases: ['CKV_K8S_28', 'AVD-KSV-0119'] }],
      output: null,
    },
    {
      name: 'an init container and an ephemeral one',
      code: pod('initContainers: [{name: i}]\nephemeralContainers: [{name: e}]'),
      problems: [
        { message: 'missing', data: { container: 'i', role: 'init' } },
        { message: 'missing', data: { container: 'e', role: 'ephemeral' } },
      ],
      output: null,
    },
  ],
})
