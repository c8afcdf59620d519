import { testRule, yaml } from '../../../testing/index.ts'
import { pod } from '../../shared/kubernetes.test-helper.ts'
import rule from './k8s-service-account-token.ts'

testRule(rule, {
  valid: [
    pod('automountServiceAccountToken: false\ncontainers: []'),
    {
      name: 'switched off at the ServiceAccount',
      code: yaml`
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: api, namespace: bank}
        automountServiceAccountToken: false
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: bank}
        spec: {serviceAccountName: api, containers: []}
      `,
    },
    {
      name: 'used: a role is bound to it',
      code: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: r, namespace: bank}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
        subjects: [{kind: ServiceAccount, name: api}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: bank}
        spec: {serviceAccountName: api, containers: []}
      `,
    },
  ],
  undecided: [
    pod('automountServiceAccountToken: perhaps\ncontainers: []'),
    { name: 'an account that is not known', code: pod('serviceAccountName: []\ncontainers: []') },
  ],
  invalid: [
    {
      name: 'the default account',
      code: pod('containers: []'),
      problems: [{ message: 'mounted', data: { account: 'default' } }],
      output: null,
    },
    {
      name: 'rights that are bound to all pods',
      code: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: r}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{kind: ServiceAccount, name: default, namespace: bank}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: bank}
        spec: {containers: []}
      `,
      problems: [{ message: 'shared', data: { account: 'default', binding: 'ClusterRoleBinding//r' } }],
      output: null,
    },
    {
      name: 'rights of the default account of another namespace',
      code: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: r}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
        subjects: [{kind: ServiceAccount, name: default, namespace: bank}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p}
        spec: {containers: []}
      `,
      problems: [{ message: 'mounted', data: { account: 'default' } }],
      output: null,
    },
    {
      name: 'a role bound in another namespace does not count',
      code: yaml`
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: r}
        subjects: [{kind: ServiceAccount, name: api, namespace: other}]
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: p, namespace: bank}
        spec:
          serviceAccountName: api
          automountServiceAccountToken: true
          containers: []
      `,
      problems: [{ message: 'mounted', at: '11:33-11:37' }],
      output: null,
    },
  ],
})
