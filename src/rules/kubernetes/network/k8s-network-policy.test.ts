import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-network-policy.ts'

const selecting = (
  selector: string,
  {
    policy = 'namespace: bank',
    namespace = 'namespace: bank',
    labels = 'app: api, tier: back',
    api = 'networking.k8s.io/v1',
  } = {},
) => yaml`
  apiVersion: apps/v1
  kind: Deployment
  metadata: {name: api, ${namespace}}
  spec:
    template:
      metadata:
        labels: {${labels}}
      spec: {containers: []}
  ---
  apiVersion: ${api}
  kind: NetworkPolicy
  metadata: {name: p, ${policy}}
  spec: {podSelector: ${selector}}
`
const DENY = 'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny}\nspec: {podSelector: {}}\n'
const kustomization = (lines: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${lines}\n`
const unselected = [{ message: 'unselected', at: '7:7-7:13' }]

testRule(rule, {
  valid: [
    selecting('{}'),
    selecting('{matchLabels: {app: api}}'),
    selecting('{matchExpressions: [{key: tier, operator: In, values: [front, back]}]}'),
    selecting('{matchExpressions: [{key: app, operator: Exists}, {key: old, operator: DoesNotExist}]}'),
    selecting(
      '{matchExpressions: [{key: tier, operator: NotIn, values: [front]}, {key: x, operator: NotIn, values: [y]}]}',
    ),
    { name: 'neither names a namespace', code: selecting('{}', { policy: '', namespace: '' }) },
    { name: 'default by name and by silence', code: selecting('{}', { policy: 'namespace: default', namespace: '' }) },
    { name: 'everything is selected, whatever its labels', code: selecting('{}', { labels: 'app: []' }) },
    {
      name: 'a policy that the same kustomization builds',
      code: {
        'k/pod.yaml': pod('containers: []').text,
        'k/policy.yaml': DENY,
        'k/kustomization.yaml': kustomization('resources: [pod.yaml, policy.yaml]'),
      },
    },
  ],
  undecided: [
    {
      name: 'a policy of an optional component',
      code: {
        'base/pod.yaml': pod('containers: []').text,
        'base/kustomization.yaml': kustomization('resources: [pod.yaml]'),
        'deny/policy.yaml': DENY,
        'deny/kustomization.yaml': kustomization('resources: [policy.yaml]'),
      },
    },
    { name: 'a label that is not known', code: selecting('{matchLabels: {app: api}}', { labels: 'app: []' }) },
    { name: 'a policy that may be applied anywhere', code: selecting('{}', { policy: '' }) },
    { name: "a network plugin's policy", code: selecting('{}', { api: 'projectcalico.org/v3' }) },
    { name: 'an operator that does not exist', code: selecting('{matchExpressions: [{key: app, operator: Like}]}') },
    {
      name: 'a policy of Cilium for the cluster',
      code: yaml`
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: a}
        spec: {containers: []}
        ---
        apiVersion: cilium.io/v2
        kind: CiliumClusterwideNetworkPolicy
        metadata: {name: c}
      `,
    },
  ],
  invalid: [
    {
      name: 'another label',
      code: selecting('{matchLabels: {app: api, tier: front}}'),
      problems: unselected,
      output: null,
    },
    {
      name: 'another namespace',
      code: selecting('{}', { policy: 'namespace: shop' }),
      problems: unselected,
      output: null,
    },
    {
      name: 'excluded by an expression',
      code: selecting('{matchLabels: {app: api}, matchExpressions: [{key: tier, operator: DoesNotExist}]}'),
      problems: unselected,
      output: null,
    },
    {
      name: "in the node's network, where no policy isolates it either",
      code: pod('hostNetwork: true\ncontainers: []'),
      problems: [{ message: 'unselected', at: '3:1-3:9' }],
      output: null,
    },
    {
      name: 'no policy at all',
      code: pod('containers: []'),
      problems: [{ message: 'unselected', at: '3:1-3:9', data: { workload: 'Pod//p' } }],
      output: null,
    },
  ],
})
