import { testRule, yaml } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-wildcards.ts'

testRule(rule, {
  valid: [
    role([right('', 'pods', 'get, list')]),
    role([]),
    { name: 'a part of everything is no star', code: role([right('', '"*/scale"', 'get')]) },
    {
      name: 'the API server keeps it',
      code: role([right('"*"', '"*"', '"*"')], 'ClusterRole', ', labels: {kubernetes.io/bootstrapping: rbac-defaults}'),
    },
    {
      name: "another product's Role",
      code: yaml`
        apiVersion: iam.example.org/v1
        kind: Role
        metadata: {name: r}
        rules: [{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]
      `,
    },
  ],
  undecided: [
    role([right('', 'pods', '[x]')]),
    {
      name: 'aggregated',
      code: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r}
        aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
        rules: []
      `,
    },
  ],
  invalid: [
    {
      name: 'everything, beside a harmless rule',
      code: role([right('', 'pods', 'get'), right('"*"', '"*"', '"*"')]),
      problems: [
        {
          message: 'everything',
          at: '6:34-6:37',
          data: { role: 'r', groups: 'every API group', resources: '*', verbs: 'every verb' },
          aliases: ['CKV_K8S_49', 'AVD-KSV-0044', 'AVD-KSV-0046'],
        },
      ],
      output: null,
    },
    {
      name: 'each rule by itself',
      code: role([
        right('""', '"*"', 'get'),
        right('apps', 'deployments', '"*"'),
        right('"*"', 'pods', 'get'),
        'nonResourceURLs: ["*"], verbs: [get]',
      ]),
      problems: [
        { message: 'allResources', at: '5:33-5:36', aliases: ['CKV_K8S_49', 'AVD-KSV-0046'] },
        { message: 'allVerbs', at: '6:57-6:60', aliases: ['CKV_K8S_49', 'AVD-KSV-0045'] },
        { message: 'allGroups', at: '7:16-7:19', aliases: ['CKV_K8S_49'] },
        { message: 'allUrls', at: '8:22-8:25', aliases: ['CKV_K8S_49'] },
      ],
      output: null,
    },
    {
      name: 'in a Role of a List',
      code: yaml`
        apiVersion: v1
        kind: List
        items:
        - apiVersion: rbac.authorization.k8s.io/v1
          kind: Role
          metadata: {name: r, namespace: n}
          rules:
          - apiGroups: [""]
            resources: ["*"]
            verbs: ["*"]
      `,
      problems: [{ message: 'everything', at: '9:17-9:20', aliases: ['CKV_K8S_49', 'AVD-KSV-0044'] }],
      output: null,
    },
  ],
})
