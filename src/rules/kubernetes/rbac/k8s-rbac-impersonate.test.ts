import { testRule } from '../../../testing/index.ts'
import { bound, role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-impersonate.ts'

const inNamespace = { kind: 'RoleBinding', metadata: ', namespace: n' }

testRule(rule, {
  valid: [
    { name: 'another verb', code: bound(role([right('', 'users, groups', 'get')])) },
    { name: 'a named group', code: bound(role([right('', 'groups', 'impersonate', ', resourceNames: [developers]')])) },
    { name: 'users are in no namespace', code: bound(role([right('', 'users', 'impersonate')]), inNamespace) },
    { name: 'bound to nobody', code: role([right('', 'users', 'impersonate')]) },
  ],
  undecided: [bound(role([right('', 'groups', 'impersonate', ', resourceNames: [[x]]')]))],
  invalid: [
    {
      name: 'groups',
      code: bound(role([right('', 'groups', 'impersonate')])),
      problems: [{ message: 'bound', at: '5:50-5:61' }],
      output: null,
    },
    {
      name: 'a named group that may do everything',
      code: bound(role([right('', 'groups', 'impersonate', ', resourceNames: ["system:masters"]')])),
      problems: [{ message: 'bound' }],
      output: null,
    },
    {
      name: 'the ServiceAccounts of a namespace',
      code: bound(role([right('', 'users, serviceaccounts', 'impersonate')]), inNamespace),
      problems: [
        {
          message: 'bound',
          data: {
            role: 'r',
            verbs: 'impersonate',
            resource: 'serviceaccounts',
            subject: 'ServiceAccount n/s',
            binding: 'RoleBinding/n/b',
          },
        },
      ],
      output: null,
    },
    {
      name: 'extra fields of an identity',
      code: bound(role([right('authentication.k8s.io', 'userextras', 'impersonate')])),
      problems: [{ message: 'bound' }],
      output: null,
    },
  ],
})
