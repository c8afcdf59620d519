import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-api-server-encryption.ts'

const server = (flags: string) => pod(`containers:\n- name: api\n  command: [kube-apiserver, ${flags}]`)
const configuration = (resources: string) => yaml`
  apiVersion: apiserver.config.k8s.io/v1
  kind: EncryptionConfiguration
  resources: ${resources}
`

testRule(rule, {
  valid: [
    server('--encryption-provider-config=/etc/e.yaml'),
    { name: 'another program', code: pod('containers: [{name: a, command: [etcd]}]') },
    configuration('[{resources: [secrets], providers: [{kms: {name: k}}, {identity: {}}]}]'),
    {
      name: 'the first entry that counts',
      code: configuration(
        '[{resources: [configmaps], providers: [{identity: {}}]}, {resources: ["*.*"], providers: [{secretbox: {}}]}]',
      ),
    },
  ],
  undecided: [
    server('[]'),
    configuration('[{resources: [secrets], providers: []}]'),
    configuration('[{resources: [[x]], providers: [{kms: {}}]}]'),
  ],
  invalid: [
    { name: 'not set', code: server('--v=2'), problems: [{ message: 'missing', at: '8:15-8:29' }], output: null },
    {
      name: 'identity first',
      code: configuration('[{resources: [secrets], providers: [{identity: {}}, {kms: {}}]}]'),
      problems: [{ message: 'identity', at: '3:49-3:57' }],
      output: null,
    },
    {
      name: 'other resources only',
      code: configuration('[{resources: [configmaps], providers: [{kms: {}}]}]'),
      problems: [{ message: 'uncovered' }],
      output: null,
    },
  ],
})
