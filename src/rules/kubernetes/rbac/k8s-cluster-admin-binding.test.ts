import { testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-cluster-admin-binding.ts'

const binding = (roleRef: string, subjects: string, kind = 'ClusterRoleBinding') => yaml`
  apiVersion: rbac.authorization.k8s.io/v1
  kind: ${kind}
  metadata: {name: b}
  roleRef: {${roleRef}}
  subjects: [${subjects}]
`
const ACCOUNT = 'kind: ServiceAccount, name: s, namespace: n'

testRule(rule, {
  valid: [
    binding('kind: ClusterRole, name: view', `{${ACCOUNT}}`),
    { name: "a Role of the project's own", code: binding('kind: Role, name: admin', `{${ACCOUNT}}`, 'RoleBinding') },
    { name: 'admin of a namespace', code: binding('kind: ClusterRole, name: admin', `{${ACCOUNT}}`, 'RoleBinding') },
    {
      name: "the cluster's own",
      code: binding('kind: ClusterRole, name: cluster-admin', '{kind: Group, name: "system:masters"}'),
    },
    { name: 'nobody', code: binding('kind: ClusterRole, name: cluster-admin', '') },
  ],
  undecided: [binding('kind: ClusterRole, name: []', `{${ACCOUNT}}`)],
  invalid: [
    {
      name: 'each subject',
      code: binding('kind: ClusterRole, name: cluster-admin', `{${ACCOUNT}}, {kind: User, name: ada}`),
      problems: [
        { message: 'cluster', at: '5:41-5:42', data: { subject: 'ServiceAccount n/s', role: 'cluster-admin' } },
        { message: 'cluster', data: { subject: 'User ada', role: 'cluster-admin' } },
      ],
      output: null,
    },
    {
      name: 'in a namespace',
      code: binding('kind: ClusterRole, name: cluster-admin', `{${ACCOUNT}}`, 'RoleBinding'),
      problems: [{ message: 'namespace' }],
      output: null,
    },
    {
      name: 'edit',
      code: binding('kind: ClusterRole, name: edit', `{${ACCOUNT}}`),
      problems: [{ message: 'cluster' }],
      output: null,
    },
  ],
})
