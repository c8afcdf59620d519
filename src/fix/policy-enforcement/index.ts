import { kubernetesEdit } from '../../edit/yaml/place-edit.ts'
import type { YamlChange } from '../../edit/yaml/index.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource, Resource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import { type Assessment, type Complaint, defineFixer, type FixRefusal } from '../fixer.ts'
import { isVendored } from '../shared/manifests.ts'
import { exempted, failClosed, webhookAt } from './webhook.ts'
import { runbookFor, stepsFor } from './runbook.ts'

const WEBHOOK = 'webhook-fails-open'
const CONSTRAINT = 'k8s-constraint-not-enforced'

export default defineFixer({
  name: 'policy-enforcement',
  title: 'Admission: webhooks that fail closed, constraints that deny',
  covers: [WEBHOOK, CONSTRAINT],

  assess(complaint, { estate }) {
    const { resource } = complaint.at
    const unable = whyNot(resource, estate)
    if (unable !== undefined) return { code: 'no-fix', refused: unable }
    const built = editsFor([complaint])
    return 'refused' in built ? built : assessed(complaint)
  },

  build: editsFor,

  nextSteps: stepsFor,
})

function assessed(complaint: Complaint): Assessment {
  const { ruleId, at } = complaint
  const group = `${at.resource.root} ${at.resource.address}`
  if (ruleId === CONSTRAINT) {
    const reason = 'what it forbids is refused from then on, also what runs today and is created anew'
    return {
      rank: 'C',
      title: 'Enforce the constraint',
      minutes: 30,
      group,
      reason,
      blastRadius: matched(at.resource),
      runbook: runbookFor(complaint, reason),
    }
  }
  const namespaces = exempted(webhookAt(at) ?? at)
  const reason = 'while the webhook does not answer, nothing that it matches can be created or changed'
  return {
    rank: 'B',
    title: 'Refuse what the webhook cannot check',
    minutes: 30,
    group,
    reason,
    blastRadius: [
      `every namespace but ${namespaces.join(', ')}`,
      'objects without a namespace that its rules match, such as nodes and custom resource definitions',
    ],
    runbook: runbookFor(complaint, reason),
  }
}

/** What a constraint is for, in its own words. */
function matched(resource: Resource): readonly string[] {
  const match = Place.of(resource).get('spec', 'match')
  const kinds = match
    .get('kinds')
    .items()
    .flatMap((item) => {
      const names = item.get('kinds').strings()
      return names.kind === 'known' ? names.value : []
    })
  const namespaces = match.get('namespaces').strings()
  const where = namespaces.kind === 'known' ? ` in ${namespaces.value.join(', ')}` : ' in every namespace'
  return kinds.length === 0 ? [`every kind${where}`] : [`${[...new Set(kinds)].join(', ')}${where}`]
}

function whyNot(resource: Resource, estate: Estate): string | undefined {
  if (resource.kind !== 'kubernetes') return 'it is no Kubernetes object'
  const { path } = resource.source.document
  return isVendored(path, estate) ? `${path} was copied from elsewhere; the next update would undo the fix` : undefined
}

/** One edit for all complaints about one object. */
function editsFor(complaints: readonly Complaint[]): WorkspaceEdit | FixRefusal {
  const [first] = complaints
  const resource = first?.at.resource
  if (resource?.kind !== 'kubernetes') return { code: 'no-fix', refused: 'it is no Kubernetes object' }
  const changes = complaints.flatMap((complaint) => changesFor(complaint, resource))
  const edit = kubernetesEdit(resource, changes)
  return 'refused' in edit ? { code: 'no-fix', refused: edit.refused } : edit
}

function changesFor({ ruleId, at }: Complaint, resource: KubernetesResource): readonly YamlChange[] {
  if (ruleId === CONSTRAINT) return [{ op: 'set', path: at.path, value: 'deny' }]
  const webhook = webhookAt(at)
  return webhook === undefined ? [] : failClosed(webhook, resource)
}
