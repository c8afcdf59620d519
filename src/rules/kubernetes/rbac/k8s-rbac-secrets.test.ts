import { testRule } from '../../../testing/index.ts'
import { bound, role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-secrets.ts'

const READ = role([right('', 'secrets', 'get, list')])

testRule(rule, {
  valid: [
    { name: 'named Secrets', code: bound(role([right('', 'secrets', 'get', ', resourceNames: [own]')])) },
    { name: 'writing only', code: bound(role([right('', 'secrets', 'create, update')])) },
    { name: 'another group', code: bound(role([right('vault.example.org', 'secrets', 'get')])) },
    { name: 'bound to a person', code: bound(READ, { subject: 'kind: User, name: ada' }) },
    { name: 'bound to nobody', code: READ },
    { name: 'a Role of the same name is another', code: bound(READ, { kind: 'RoleBinding', roleKind: 'Role' }) },
  ],
  undecided: [
    bound(role([right('', '[x]', 'get')])),
    { name: 'names that are not known', code: bound(role([right('', 'secrets', 'get', ', resourceNames: [[x]]')])) },
  ],
  invalid: [
    {
      name: 'in the cluster',
      code: bound(READ),
      problems: [
        {
          message: 'cluster',
          at: '5:33-5:40',
          data: {
            role: 'r',
            verbs: 'get, list',
            resource: 'secrets',
            subject: 'ServiceAccount n/s',
            binding: 'ClusterRoleBinding//b',
          },
          aliases: ['CKV2_K8S_5', 'AVD-KSV-0041'],
        },
      ],
      output: null,
    },
    {
      name: 'an empty list of names names none',
      code: bound(role([right('', 'secrets', 'watch', ', resourceNames: []')])),
      problems: [{ message: 'cluster' }],
      output: null,
    },
    {
      name: 'in a namespace, by a ClusterRole',
      code: bound(READ, { kind: 'RoleBinding', metadata: ', namespace: n' }),
      problems: [{ message: 'namespace' }],
      output: null,
    },
    {
      name: 'in a namespace, by a Role',
      code: bound(role([right('', 'secrets', 'get')], 'Role', ', namespace: n'), {
        kind: 'RoleBinding',
        roleKind: 'Role',
        metadata: ', namespace: n',
      }),
      problems: [{ message: 'namespace', aliases: ['CKV2_K8S_5', 'AVD-KSV-0113'] }],
      output: null,
    },
    {
      name: 'everybody',
      code: bound(READ, { subject: 'kind: Group, name: "system:authenticated"' }),
      problems: [{ message: 'cluster' }],
      output: null,
    },
  ],
})
