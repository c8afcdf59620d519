import type { Place } from '../../../resources/place.ts'
import { undecided } from '../../rule.ts'
import { type Access, type Grant, grantData, grantOf, roleRule } from './policy-rules.ts'

const GROUP = 'certificates.k8s.io'
const APPROVAL: Access = {
  group: GROUP,
  resources: ['certificatesigningrequests/approval'],
  verbs: ['update', 'patch'],
}
const SIGNER: Access = { group: GROUP, resources: ['signers'], verbs: ['approve'] }

export default roleRule({
  id: 'k8s-rbac-approve-certificates',
  title: 'Roles do not let their holders approve client certificates',
  severity: 'high',
  severityReason:
    'Who approves a certificate request chooses the user name and groups in it, a node or another person, and the certificate ' +
    'cannot be revoked. A holder of the role has to be taken over first.',
  controls: ['AC-3', 'AC-5', 'IA-5'],
  sameAs: ['checkov:CKV_K8S_156'],
  kinds: ['ClusterRole'],
  messages: { granted: '{role} allows to approve certificate requests of {signers}.' },
  remediation:
    'Let a person or a controller with checks of its own approve requests, and name the signers that it is for in ' +
    '`resourceNames` of the rule about `signers`.',
  *checkRole(rules, role) {
    const approval = grants(rules, APPROVAL)[0]
    if (approval === undefined) return
    for (const signer of grants(rules, SIGNER)) {
      const signers = signer.names?.filter(identifies)
      if (signers?.length === 0) continue
      const unknown = approval.unknown ?? signer.unknown
      if (unknown !== undefined) yield undecided(unknown)
      else {
        const data = { role: grantData(role, signer).role, signers: signers?.join(', ') ?? 'every signer' }
        yield { at: signer.verbAt, message: 'granted', data, key: data.signers }
      }
    }
  },
})

function grants(rules: readonly Place[], access: Access): Grant[] {
  return rules.map((rule) => grantOf(rule, access)).filter((grant) => grant !== undefined)
}

/** True of a signer whose certificates the API server takes for an identity, and of a pattern that holds one. */
function identifies(signer: string): boolean {
  return /^kubernetes\.io\/(?:\*|kube-apiserver-client(?:-kubelet)?)$/.test(signer)
}
