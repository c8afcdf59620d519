import type { YamlMapping } from '../../edit/yaml/data.ts'
import type { Estate } from '../../resources/estate.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { addManifests, mergeParts, whyForeign } from '../shared/manifests.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { textAt } from '../shared/text-at.ts'
import { allPods, type Pods, type ServiceUse, serviceUses } from './evidence.ts'

export const NETWORK_RULE = 'k8s-network-policy'

export function assessNetwork(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { estate } = context
  const { resource } = complaint.at
  if (resource.kind !== 'kubernetes') return { code: 'no-fix', refused: `${resource.address} is no Kubernetes object` }
  const foreign = whyForeign(resource, estate)
  if (foreign !== undefined) return foreign
  const namespace = deployedNamespace(resource, estate)
  if (namespace === undefined) return { code: 'undecidable', refused: 'kustomizations build it for several namespaces' }
  const isWhole = ownsNamespace(namespace, estate)
  const tried = buildNetwork([complaint], context)
  if ('refused' in tried) return tried
  const uses = usesIn(namespace, estate).filter(({ targets }) => targets.some(({ workload }) => workload === resource))
  return {
    rank: 'C',
    title: isWhole
      ? `Deny incoming traffic in ${namespace} but for what the project shows`
      : 'Deny incoming traffic to the pods but for what the project shows',
    minutes: 15,
    group: groupOf(resource, namespace),
    reason: reasonFor(uses),
    blastRadius: [
      ...(isWhole ? [`every pod of the namespace ${namespace}, those too that are not declared here`] : []),
      ...new Set(uses.flatMap(({ sources }) => sources.map(({ workload }) => workload.address))),
    ],
    runbook: [
      '1. See that the network plugin enforces policies (Calico, Cilium, or the VPC CNI with `enableNetworkPolicy`); others ignore them silently.',
      '2. Compare the allowed sources with the flow logs of the plugin, above all for monitoring, backups and traffic from outside of the cluster.',
      '3. Approve, and apply the policies that allow together with the one that denies.',
      '4. Watch for timeouts; to go back, delete the policies.',
    ].join('\n'),
  }
}

function reasonFor(uses: readonly ServiceUse[]): string {
  const unseen = uses.filter(({ sources, open }) => sources.length === 0 && open === undefined)
  if (unseen.length > 0) {
    const names = unseen.map(({ service }) => service.name).join(', ')
    return `nothing here shows who connects to ${names}, so its own namespace still may; what connects from elsewhere, such as monitoring, is cut off`
  }
  return 'connections that the repository does not show, such as from monitoring or from other namespaces, are cut off'
}

function groupOf(resource: KubernetesResource, namespace: string): string {
  return `network ${resource.root} ${namespace}`
}

/**
 * True if the project declares the namespace, and so may speak for all that is in it. Not where manifests leave their
 * namespace open: whether they end up in this one is not known.
 */
function ownsNamespace(namespace: string, estate: Estate): boolean {
  return (
    namespace !== 'default' &&
    !namespace.startsWith('kube-') &&
    estate.kubernetes('Namespace').some(({ name }) => name === namespace) &&
    allPods(estate).every((pods) => pods.isPlaced)
  )
}

function usesIn(namespace: string, estate: Estate): readonly ServiceUse[] {
  return serviceUses(estate).filter((use) => use.namespace === namespace)
}

/** One policy that denies and one for each Service that allows; for one namespace and folder. */
export function buildNetwork(complaints: readonly Complaint[], { estate }: FixContext): WorkspaceEdit | FixRefusal {
  const workloads = complaints.flatMap(({ at: { resource } }) => (resource.kind === 'kubernetes' ? [resource] : []))
  const [first] = workloads
  const namespace = first === undefined ? undefined : deployedNamespace(first, estate)
  if (first === undefined || namespace === undefined)
    return { code: 'undecidable', refused: 'the namespace is not known' }
  const isWhole = ownsNamespace(namespace, estate)
  const taken = new Set(
    estate
      .kubernetes('NetworkPolicy')
      .filter((policy) => deployedNamespace(policy, estate) === namespace)
      .map(({ name }) => name),
  )
  const objects: YamlMapping[] = []
  const add = (wanted: string, spec: YamlMapping): void => {
    let name = wanted
    for (let n = 2; taken.has(name); n++) name = `${wanted}-${n}`
    taken.add(name)
    const metadata = { name, ...(first.namespace !== '' && { namespace: first.namespace }) }
    objects.push({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata, spec })
  }
  const pods = allPods(estate).filter(({ workload }) => workloads.includes(workload))
  if (isWhole) add('default-deny-ingress', { podSelector: {}, policyTypes: ['Ingress'] })
  else {
    const selectors = new Map(pods.map((one) => [JSON.stringify(labelsOf(one)), one]))
    for (const one of selectors.values()) {
      const podSelector = { matchLabels: labelsOf(one) }
      add(`${one.workload.name}-deny-ingress`, { podSelector, policyTypes: ['Ingress'] })
    }
  }
  const parts = pods.filter((one) => !isWhole && !hasLabels(one)).map(label)
  const concerned = (use: ServiceUse): boolean =>
    isWhole || use.targets.some(({ workload }) => workloads.includes(workload))
  for (const use of usesIn(namespace, estate).filter(concerned)) {
    add(`allow-${use.service.name}`, {
      podSelector: { matchLabels: use.selector },
      policyTypes: ['Ingress'],
      ingress: [ingressOf(use)],
    })
  }
  for (const { labels, port, workload } of (isWhole ? allPods(estate) : pods).flatMap(scraped)) {
    if (deployedNamespace(workload, estate) !== namespace) continue
    add(`allow-${workload.name}-metrics`, {
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ namespaceSelector: {} }], ports: [{ port }] }],
    })
  }
  return mergeParts([...parts, addManifests(estate, first, 'network-policies', objects)])
}

const NAME_LABEL = 'app.kubernetes.io/name'

function hasLabels({ labels }: Pods): boolean {
  return Object.keys(labels).length > 0
}

/** Pods that nothing could select get the label that Kubernetes recommends for an application's name. */
function labelsOf(pods: Pods): Readonly<Record<string, string>> {
  return hasLabels(pods) ? pods.labels : { [NAME_LABEL]: pods.workload.name.slice(0, 63) }
}

function label(pods: Pods): WorkspaceEdit | FixRefusal {
  const path = [...pods.metadata.path, 'labels', NAME_LABEL]
  return objectEdit(pods.workload, [{ op: 'set', path, value: labelsOf(pods)[NAME_LABEL] ?? '' }])
}

function ingressOf({ ports, sources, open, namespace }: ServiceUse): YamlMapping {
  const on = ports.length > 0 ? { ports } : {}
  if (open === 'everyone') return on
  if (open === 'cluster') return { from: [{ namespaceSelector: {} }], ...on }
  const selectable = sources.filter(({ labels }) => Object.keys(labels).length > 0)
  if (selectable.length === 0 || selectable.length < sources.length) return { from: [{ podSelector: {} }], ...on }
  const from = new Map(selectable.map((source) => [JSON.stringify([source.namespace, source.labels]), source]))
  return { from: [...from.values()].map((source) => peer(source, namespace)), ...on }
}

function peer({ labels, namespace }: Pods, of: string): YamlMapping {
  const podSelector = { matchLabels: labels }
  if (namespace === of) return { podSelector }
  return { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } }, podSelector }
}

/** Pods that ask to be scraped by Prometheus, wherever that runs. */
function scraped({
  metadata,
  labels,
  workload,
}: Pods): readonly { readonly labels: Pods['labels']; readonly port: number; readonly workload: KubernetesResource }[] {
  const annotations = metadata.get('annotations')
  const wants = annotations.get('prometheus.io/scrape').bool()
  const port = Number(textAt(annotations.get('prometheus.io/port')))
  if (wants.kind !== 'known' || !wants.value || !Number.isInteger(port) || Object.keys(labels).length === 0) return []
  return [{ labels, port, workload }]
}
