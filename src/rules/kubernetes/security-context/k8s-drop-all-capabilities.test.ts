import { testRule } from '../../../testing/index.ts'
import { container } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-drop-all-capabilities.ts'

testRule(rule, {
  valid: [
    container('securityContext: {capabilities: {drop: [ALL]}}'),
    { name: 'in any case, among others', code: container('securityContext: {capabilities: {drop: [net_raw, all]}}') },
    { name: 'whatever else the list holds', code: container('securityContext: {capabilities: {drop: [{}, ALL]}}') },
  ],
  undecided: [container('securityContext: {capabilities: {drop: [[x]]}}')],
  invalid: [
    {
      name: 'nothing is dropped',
      code: container('ports: []'),
      problems: [{ message: 'missing', at: '7:5-7:9' }],
      output: null,
    },
    {
      name: 'one is dropped',
      code: container('securityContext:\n  capabilities:\n    drop: [NET_RAW]'),
      problems: [{ message: 'kept', at: '11:16-11:23' }],
      output: null,
    },
    {
      name: 'an empty list',
      code: container('securityContext: {capabilities: {drop: []}}'),
      problems: [{ message: 'missing' }],
      output: null,
    },
  ],
})
