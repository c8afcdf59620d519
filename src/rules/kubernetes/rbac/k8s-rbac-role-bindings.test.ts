import { testRule } from '../../../testing/index.ts'
import { bound, role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-role-bindings.ts'

const GROUP = 'rbac.authorization.k8s.io'
const WRITE = right(GROUP, 'rolebindings', 'create, delete')
const BIND = right(GROUP, 'clusterroles', 'bind')

testRule(rule, {
  valid: [
    { name: 'the API server checks who may not bind', code: bound(role([WRITE])) },
    {
      name: 'binds named roles only',
      code: bound(role([WRITE, right(GROUP, 'clusterroles', 'bind', ', resourceNames: [view]')])),
    },
    { name: 'no bindings to write', code: bound(role([BIND])) },
    {
      name: 'creates bindings of given names, which is impossible',
      code: bound(role([BIND, right(GROUP, 'rolebindings', 'create', ', resourceNames: [x]')])),
    },
    { name: 'bound to a person', code: bound(role([WRITE, BIND]), { subject: 'kind: User, name: ada' }) },
    { name: 'bound to nobody', code: role([WRITE, BIND]) },
  ],
  undecided: [
    bound(role([WRITE, right(GROUP, 'clusterroles', '[x]')])),
    { name: 'a subject that is not known', code: bound(role([WRITE, BIND]), { subject: 'kind: [], name: s' }) },
  ],
  invalid: [
    {
      name: 'both',
      code: bound(role([WRITE, BIND])),
      problems: [
        {
          message: 'bound',
          at: '5:56-5:68',
          data: {
            role: 'r',
            verbs: 'create',
            resource: 'rolebindings',
            subject: 'ServiceAccount n/s',
            binding: 'ClusterRoleBinding//b',
          },
        },
      ],
      output: null,
    },
  ],
})
