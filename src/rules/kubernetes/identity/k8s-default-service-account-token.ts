import { setAt } from '../../../edit/yaml/place-edit.ts'
import { defineRule, notApplicable, undecided } from '../../rule.ts'
import { inOwnFile } from '../../shared/kubernetes-fixes.ts'

export default defineRule({
  id: 'k8s-default-service-account-token',
  title: 'The default ServiceAccount gives pods no token',
  severity: 'low',
  severityReason:
    'Each pod that names no ServiceAccount carries a credential for the API server. Without roles bound to it that credential ' +
    'shows little more than the version of the cluster.',
  controls: ['AC-6', 'IA-5'],
  sameAs: ['checkov:CKV_K8S_41'],
  kind: 'kubernetes',
  resources: ['ServiceAccount'],
  messages: {
    mounted: 'Pods that name no ServiceAccount mount a token of this one.',
  },
  remediation:
    'Set `automountServiceAccountToken: false` on the default ServiceAccount, and give programs that use the API a ' +
    'ServiceAccount of their own.',
  *check(account) {
    const name = account.get('metadata', 'name').string()
    if (name.kind === 'unknown') return yield undecided(account.get('metadata', 'name'))
    if (name.kind === 'absent' || name.value !== 'default') {
      return yield notApplicable('it is not the default ServiceAccount')
    }
    const at = account.get('automountServiceAccountToken')
    const mounted = at.bool()
    if (mounted.kind === 'unknown') return yield undecided(at)
    if (mounted.kind === 'known' && !mounted.value) return
    yield {
      at,
      message: 'mounted',
      fix: {
        fixer: 'kubernetes-identity',
        rank: 'C',
        title: 'Give pods no token of the default ServiceAccount',
        minutes: 10,
        reason: 'a pod of this namespace that uses the API without a ServiceAccount of its own would lose it',
        edits: inOwnFile(account, () => setAt(account, ['automountServiceAccountToken'], false)),
      },
    }
  },
})
