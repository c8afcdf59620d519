import { testRule } from '../../../testing/index.ts'
import { bound, role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-service-status.ts'

testRule(rule, {
  valid: [
    { name: 'Services without their status', code: bound(role([right('', 'services', 'get, patch, update')])) },
    { name: 'reading', code: bound(role([right('', 'services/status', 'get')])) },
    { name: 'bound to nobody', code: role([right('', 'services/status', 'patch')]) },
    { name: 'its own Service', code: bound(role([right('', 'services/status', 'patch', ', resourceNames: [own]')])) },
  ],
  undecided: [bound(role([right('', 'services/status', '[x]')]))],
  invalid: [
    {
      name: 'among others',
      code: bound(role([right('', 'services, services/status', 'get, patch')])),
      problems: [{ message: 'bound', at: '5:43-5:58' }],
      output: null,
    },
  ],
})
