import { oncePerEstate } from '../../../resources/estate.ts'
import { Place, type Reading, type Tri } from '../../../resources/place.ts'
import type { KubernetesResource } from '../../../resources/resource.ts'
import { pass, undecided } from '../../rule.ts'
import { builtWith, namespaceOf, sameNamespace } from '../../../resources/kubernetes/namespaces.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'
import { selects } from '../../../resources/kubernetes/selectors.ts'

/** Policies of network plugins, which select pods in ways of their own. */
const PLUGIN_KINDS = [
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'GlobalNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'ClusterNetworkPolicy',
] as const

export default podRule({
  id: 'k8s-network-policy',
  title: 'A NetworkPolicy limits whom each pod talks to',
  severity: 'medium',
  severityReason:
    'Without one every pod of the cluster reaches this one on every port, and this one reaches everything: a break-in ' +
    'anywhere spreads. It takes that break-in first.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV2_K8S_6'],
  messages: {
    unselected: 'No NetworkPolicy of the project selects the pods of {workload}.',
  },
  remediation:
    'Add a NetworkPolicy with an empty `podSelector` that denies both directions to the namespace, then one for each ' +
    'connection that is meant to be.',
  *checkPod(pod, { estate }) {
    const labels = pod.metadata.get('labels')
    const namespace = namespaceOf(pod.object, estate)
    const verdictOf = ({ resource, place, namespace: other }: PolicyView): Tri => {
      const selected = isKubernetes(resource) ? selects(place.get('spec', 'podSelector'), labels) : 'unknown'
      const near = selected === 'no' ? 'no' : sameNamespace(namespace, other)
      if (near === 'no') return 'no'
      return selected === 'yes' && builtWith(place, pod.object, estate) ? near : 'unknown'
    }
    const policies = policiesOf(estate)
    const verdicts = policies.map(verdictOf)
    const certain = policies[verdicts.indexOf('yes')]
    if (certain !== undefined) return yield pass(`${certain.resource.address} selects it`)
    const possible =
      policies[verdicts.indexOf('unknown')]?.resource ??
      PLUGIN_KINDS.flatMap((kind) => [...estate.kubernetes(kind)]).find(
        (policy) =>
          policy.type !== 'CiliumNetworkPolicy' ||
          sameNamespace(namespace, namespaceOf(Place.of(policy), estate)) !== 'no',
      )
    if (possible !== undefined) return yield undecided(labels, `${possible.address} may select it`)
    yield { at: labels, message: 'unselected', data: { workload: pod.object.resource.address } }
  },
})

interface PolicyView {
  readonly resource: KubernetesResource
  readonly place: Place
  readonly namespace: Reading<string>
}

/** The NetworkPolicies of an estate. Every pod asks for them, so each one's namespace is worked out once. */
const policiesOf = oncePerEstate((estate): readonly PolicyView[] =>
  estate.kubernetes('NetworkPolicy').map((resource) => {
    const place = Place.of(resource)
    return { resource, place, namespace: namespaceOf(place, estate) }
  }),
)

function isKubernetes({ apiVersion }: KubernetesResource): boolean {
  return apiVersion.startsWith('networking.k8s.io/') || apiVersion.startsWith('extensions/')
}
