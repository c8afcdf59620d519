import { testRule, yaml } from '../../../testing/index.ts'
import rule from './k8s-default-service-account-bound.ts'

const binding = (subjects: string, group = 'rbac.authorization.k8s.io') => yaml`
  apiVersion: ${group}/v1
  kind: RoleBinding
  metadata: {name: b}
  roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
  subjects: ${subjects}
`

testRule(rule, {
  valid: [
    binding('[{kind: ServiceAccount, name: api}]'),
    { name: 'a person called default', code: binding('[{kind: User, name: default}]') },
    { name: 'nobody', code: binding('[]') },
    { name: "another product's", code: binding('[{kind: ServiceAccount, name: default}]', 'example.org') },
  ],
  undecided: [binding('[{kind: ServiceAccount, name: []}]'), binding('[{kind: [], name: default}]')],
  invalid: [
    {
      name: 'among others',
      code: binding('[{kind: ServiceAccount, name: api}, {kind: ServiceAccount, name: default, namespace: bank}]'),
      problems: [{ message: 'bound', at: '5:76-5:83', data: { role: 'reader', namespace: 'bank' } }],
      output: null,
    },
  ],
})
