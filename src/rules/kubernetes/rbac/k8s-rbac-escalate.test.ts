import { testRule } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-escalate.ts'

const GROUP = 'rbac.authorization.k8s.io'

testRule(rule, {
  valid: [
    role([right(GROUP, 'roles, clusterroles', 'get, create, update')]),
    { name: 'a verb that means nothing there', code: role([right(GROUP, 'rolebindings', 'escalate')]) },
    { name: 'another group', code: role([right('apps', '"*"', '"*"')]) },
  ],
  undecided: [
    role([right(GROUP, 'clusterroles', 'escalate', ', resourceNames: [[x]]')]),
    role([right(GROUP, 'clusterroles, [x]', '[y]')]),
  ],
  invalid: [
    {
      name: 'by name',
      code: role([right(GROUP, 'clusterroles', 'get, escalate')]),
      problems: [
        { message: 'granted', at: '5:84-5:92', data: { role: 'r', verbs: 'escalate', resource: 'clusterroles' } },
      ],
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
      code: role([right(GROUP, 'clusterroles', 'escalate', ', resourceNames: [admin]')]),
      problems: [{ message: 'granted' }],
      output: null,
    },
  ],
})
