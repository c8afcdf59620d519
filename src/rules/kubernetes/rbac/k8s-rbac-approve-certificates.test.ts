import { testRule } from '../../../testing/index.ts'
import { role, rule as right } from './rbac.test-helper.ts'
import rule from './k8s-rbac-approve-certificates.ts'

const GROUP = 'certificates.k8s.io'
const APPROVAL = right(GROUP, 'certificatesigningrequests/approval', 'update')

testRule(rule, {
  valid: [
    role([right(GROUP, 'certificatesigningrequests', 'create, get')]),
    { name: 'approval of no signer', code: role([APPROVAL]) },
    { name: 'a signer without approval', code: role([right(GROUP, 'signers', 'approve')]) },
    {
      name: 'a signer of its own',
      code: role([APPROVAL, right(GROUP, 'signers', 'approve', ', resourceNames: [shop.example/mtls]')]),
    },
  ],
  undecided: [
    role([APPROVAL, right(GROUP, 'signers', '[x]')]),
    role([right(GROUP, 'certificatesigningrequests/approval', '[x]'), right(GROUP, 'signers', 'approve')]),
  ],
  invalid: [
    {
      name: 'both, in two rules',
      code: role([APPROVAL, right(GROUP, 'signers', 'approve')]),
      problems: [{ message: 'granted', at: '6:68-6:75', data: { role: 'r', signers: 'every signer' } }],
      output: null,
    },
    {
      name: 'the signer of client certificates among others',
      code: role([
        APPROVAL,
        right(GROUP, 'signers', 'approve', ', resourceNames: [a.example/b, kubernetes.io/kube-apiserver-client]'),
      ]),
      problems: [{ message: 'granted', data: { role: 'r', signers: 'kubernetes.io/kube-apiserver-client' } }],
      output: null,
    },
  ],
})
