import { testRule } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-bind.ts'

const GROUP = 'rbac.authorization.k8s.io'

testRule(rule, {
  valid: [
    role([right(GROUP, 'roles, clusterroles', 'get, create, update')]),
    { name: 'a verb that means nothing there', code: role([right(GROUP, 'rolebindings', 'bind')]) },
    { name: 'another group', code: role([right('apps', '"*"', '"*"')]) },
    { name: 'a weak role', code: role([right(GROUP, 'clusterroles', 'bind', ', resourceNames: [view]')]) },
  ],
  undecided: [
    role([right(GROUP, 'clusterroles', 'bind', ', resourceNames: [[x]]')]),
    role([right(GROUP, 'clusterroles, [x]', '[y]')]),
  ],
  invalid: [
    {
      name: 'by name',
      code: role([right(GROUP, 'clusterroles', 'get, bind')]),
      problems: [{ message: 'granted', at: '5:84-5:88', data: { role: 'r', verbs: 'bind', resource: 'clusterroles' } }],
      output: null,
    },
    {
      name: 'in a Role, by wildcards',
      code: role([right('"*"', '"*"', '"*"')], 'Role'),
      problems: [{ message: 'granted', at: '5:48-5:51' }],
      output: null,
    },
    {
      name: 'a named one',
      code: role([right(GROUP, 'clusterroles', 'bind', ', resourceNames: [admin]')]),
      problems: [{ message: 'granted' }],
      output: null,
    },
  ],
})
