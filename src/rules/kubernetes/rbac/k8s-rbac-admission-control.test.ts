import { testRule } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-admission-control.ts'

const GROUP = 'admissionregistration.k8s.io'

testRule(rule, {
  valid: [
    role([right(GROUP, 'validatingwebhookconfigurations', 'get, list, watch')]),
    { name: 'another group', code: role([right('apps', '"*"', '"*"')]) },
    { name: 'its name in another group', code: role([right('""', 'mutatingwebhookconfigurations', 'patch')]) },
  ],
  undecided: [role([right(GROUP, 'mutatingwebhookconfigurations', '[x]')])],
  invalid: [
    {
      name: 'one right in one rule of two',
      code: role([right('""', 'pods', 'get'), right(GROUP, 'mutatingwebhookconfigurations', 'get, patch, delete')]),
      problems: [
        {
          message: 'granted',
          at: '6:59-6:88',
          data: { role: 'r', verbs: 'patch, delete', resource: 'mutatingwebhookconfigurations' },
        },
      ],
      output: null,
    },
    {
      name: 'by wildcards',
      code: role([right('"*"', '"*"', '"*"')]),
      problems: [{ message: 'granted', at: '5:34-5:37' }],
      output: null,
    },
    {
      name: 'a named one',
      code: role([right(GROUP, 'mutatingwebhookconfigurations', 'patch', ', resourceNames: [own]')]),
      problems: [{ message: 'granted' }],
      output: null,
    },
  ],
})
