import { Place } from '../../../resources/place.ts'
import { pass, undecided } from '../../rule.ts'
import { bindingFor, serviceAccount, serviceAccountName } from '../../../resources/kubernetes/bindings.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

export default podRule({
  id: 'k8s-service-account-token',
  title: 'Pods carry a service account token only if they use the Kubernetes API',
  severity: 'medium',
  severityReason:
    'Whoever breaks in finds a working credential for the API server and may use whatever is bound to it now or later; ' +
    'with the defaults that is little, hence not high.',
  controls: ['AC-6', 'IA-5'],
  sameAs: ['checkov:CKV_K8S_38', 'trivy:KSV-0036'],
  version: '2',
  messages: {
    mounted: 'This pod mounts a token of the ServiceAccount {account}, to which the project binds no role.',
    shared:
      'This pod mounts a token of the default ServiceAccount, with the rights that {binding} gives to all pods that name no ' +
      'other.',
  },
  remediation:
    'Set `automountServiceAccountToken: false` in the pod. A pod that calls the API needs a ServiceAccount of its own with ' +
    'a Role bound to it.',
  *checkPod(pod, { estate }) {
    const at = pod.spec.get('automountServiceAccountToken')
    const own = at.bool()
    if (own.kind === 'known' && !own.value) return
    if (own.kind === 'unknown') return yield undecided(at)
    const account = serviceAccountName(pod.spec)
    if (account === undefined) return yield undecided(pod.spec.get('serviceAccountName'))
    const { resource } = pod.object
    const namespace = resource.kind === 'kubernetes' ? resource.namespace : ''
    const declared = serviceAccount(estate, account, namespace)
    if (own.kind === 'absent' && declared !== undefined) {
      const shared = Place.of(declared).get('automountServiceAccountToken').value
      if (shared?.kind === 'bool' && !shared.value) return
    }
    // Every namespace has one of this name.
    const isDefault = account === 'default'
    const binding = bindingFor(estate, account, namespace, { sure: isDefault })
    if (binding === undefined) return yield { at, message: 'mounted', data: { account } }
    // Whoever bound a role to the default account thought of one pod, and gave it to all. The token is one too many as before.
    if (isDefault) {
      yield { at, message: 'shared', data: { account, binding: binding.address }, key: 'mounted' }
    } else yield pass(`${binding.address} gives ${account} rights, so the token is there to be used`)
  },
})
