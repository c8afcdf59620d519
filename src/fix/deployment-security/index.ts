import type { YamlChange } from '../../edit/yaml/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import { type Assessment, type Complaint, defineFixer, type FixContext, type FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { isVendored } from '../shared/manifests.ts'
import { addedCapabilities, dropAll } from './capabilities.ts'
import { type Concern, type Judgement, refuse } from './concern.ts'
import { dependents } from './dependents.ts'
import { Draft } from './draft.ts'
import { readOnlyRoot } from './filesystem.ts'
import { hostNamespaces, hostPaths, hostPorts } from './host.ts'
import { identity } from './identity.ts'
import { image } from './image.ts'
import { judgeNamespace, NAMESPACE_RULE, namespaceChanges, workloadsIn } from './namespace.ts'
import { nextSteps } from './next-steps.ts'
import { escalation, privileged, seccomp } from './privileges.ts'
import { probes } from './probes.ts'
import { resources } from './resources.ts'
import { serviceAccountToken } from './token.ts'
import { workloadOf } from './view.ts'

/** In this order, which matters twice: what is removed makes room for mounts, and the user is chosen before capabilities. */
const CONCERNS: readonly Concern[] = [
  hostNamespaces,
  hostPorts,
  hostPaths,
  image,
  identity,
  seccomp,
  privileged,
  escalation,
  addedCapabilities,
  dropAll,
  readOnlyRoot,
  resources,
  probes,
  serviceAccountToken,
]

const CONCERN_OF = new Map(CONCERNS.flatMap((concern) => concern.rules.map((rule) => [rule, concern] as const)))

export default defineFixer({
  name: 'deployment-security',
  title: 'Harden Kubernetes workloads',
  covers: [...CONCERN_OF.keys(), NAMESPACE_RULE],
  assess(complaint, context) {
    const resource = editable(complaint, context.estate)
    if ('refused' in resource) return resource
    if (complaint.ruleId === NAMESPACE_RULE) {
      const blastRadius = workloadsIn(context.estate, resource.name)
      return assessment(judgeNamespace(complaint), resource, blastRadius)
    }
    const workload = workloadOf(context.estate, resource)
    const concern = CONCERN_OF.get(complaint.ruleId)
    if (workload === undefined || concern === undefined) return refuse(`${resource.address} makes no pods`)
    const judgement = concern.assess(complaint, { workload, values: context.values })
    if ('refused' in judgement) return judgement
    return assessment(judgement, resource, dependents(workload))
  },
  build(complaints, context) {
    const [first] = complaints
    const resource = first === undefined ? refuse('there is nothing to fix') : editable(first, context.estate)
    if ('refused' in resource) return resource
    const all = edit(complaints, resource, context)
    if (!('refused' in all)) return all
    // A value that an anchor shares can be changed for all that share it or for none; the rest is done without it.
    const possible = [...new Set(complaints.map(({ ruleId }) => ruleId))].flatMap((rule) => {
      const same = complaints.filter(({ ruleId }) => ruleId === rule)
      if (!('refused' in edit(same, resource, context))) return same
      return same.filter((complaint) => !('refused' in edit([complaint], resource, context)))
    })
    if (possible.length === 0 || possible.length === complaints.length) return all
    const built = edit(possible, resource, context)
    if ('refused' in built) return all
    const leftOut = complaints
      .filter((complaint) => !possible.includes(complaint))
      .map(({ fingerprint }) => ({ fingerprint, refusal: all }))
    return { ...built, leftOut }
  },
  nextSteps,
})

function edit(
  complaints: readonly Complaint[],
  resource: KubernetesResource,
  context: FixContext,
): WorkspaceEdit | FixRefusal {
  return objectEdit(resource, changesFor(complaints, resource, context))
}

function changesFor(
  complaints: readonly Complaint[],
  resource: KubernetesResource,
  context: FixContext,
): readonly YamlChange[] {
  if (complaints[0]?.ruleId === NAMESPACE_RULE) return namespaceChanges(complaints)
  const workload = workloadOf(context.estate, resource)
  if (workload === undefined) return []
  const draft = new Draft(workload)
  for (const concern of CONCERNS) {
    const own = complaints.filter(({ ruleId }) => concern.rules.includes(ruleId))
    if (own.length > 0) concern.change(own, { workload, values: context.values }, draft)
  }
  return draft.changes
}

/** The object that a complaint is about, if it is the user's to edit. */
function editable({ at }: Complaint, estate: Estate): KubernetesResource | FixRefusal {
  const { resource } = at
  if (resource.kind !== 'kubernetes') return refuse(`${resource.address} is no Kubernetes object`)
  const { path } = resource.source.document
  if (!isVendored(path, estate)) return resource
  return refuse(`${path} was copied from elsewhere; the next update would undo the fix`, 'out-of-scope')
}

function assessment(judgement: Judgement, resource: KubernetesResource, blastRadius: readonly string[]): Assessment {
  const { rank, title, minutes = rank === 'C' ? 1 : 0, reason, steps = [], needs } = judgement
  const runbook = steps.map((step, i) => `${i + 1}. ${step}`).join('\n')
  return {
    rank,
    title,
    minutes,
    group: `${resource.root} ${resource.address}`,
    blastRadius,
    ...(reason !== undefined && { reason }),
    ...(runbook !== '' && { runbook }),
    ...(needs !== undefined && { needs }),
  }
}
