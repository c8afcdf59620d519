import { runningAs } from '../../resources/kubernetes/bindings.ts'
import { podTemplate } from '../../resources/kubernetes/workloads.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { Assessment, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { addManifests, mergeParts, whyForeign } from '../shared/manifests.ts'
import { textAt } from '../shared/text-at.ts'

export const ACCOUNT_RULE = 'k8s-default-service-account-bound'

interface Rebinding {
  readonly binding: KubernetesResource
  readonly subject: Place
  readonly namespace: string
  /** The new account. */
  readonly name: string
  /** The workload that the rights go along with; undefined if it cannot be told. */
  readonly user: KubernetesResource | undefined
  readonly candidates: readonly KubernetesResource[]
  readonly exists: boolean
}

function rebindingOf({ at }: Complaint, { estate }: FixContext): Rebinding | FixRefusal {
  const binding = at.resource
  const subject = at.parent
  if (binding.kind !== 'kubernetes' || subject === undefined)
    return { code: 'no-fix', refused: 'there is no binding to change' }
  const foreign = whyForeign(binding, estate)
  if (foreign !== undefined) return foreign
  const namespace = textAt(subject.get('namespace')) ?? binding.namespace
  const candidates = runningAs('default', namespace, estate)
  const own = candidates.filter((workload) => whyForeign(workload, estate) === undefined)
  const [user] = own
  const name = binding.name
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
  const exists = estate
    .kubernetes('ServiceAccount')
    .some((account) => account.name === name && account.namespace === namespace)
  return { binding, subject, namespace, name, candidates, exists, user: own.length === 1 ? user : undefined }
}

export function assessAccount(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const rebinding = rebindingOf(complaint, context)
  if ('refused' in rebinding) return rebinding
  const tried = buildAccount([complaint], context)
  if ('refused' in tried) return tried
  const { binding, name, namespace, user, candidates } = rebinding
  const reason =
    user === undefined
      ? `pods that run as the default ServiceAccount lose the rights and their token, and nothing here shows which of them uses the API: name ${name} in that one`
      : `${user.address} is the only workload here that runs as the default ServiceAccount, but others in ${namespace} may rely on it`
  return {
    rank: 'C',
    title: `Bind a ServiceAccount of its own, ${name}`,
    minutes: 15,
    group: `binding ${binding.root} ${binding.address}`,
    reason,
    blastRadius: candidates.map(({ address }) => address),
    runbook: [
      `1. Look in the audit log of the API server for \`system:serviceaccount:${namespace}:default\`: these pods need the rights.`,
      `2. Set \`serviceAccountName: ${name}\` in them${user === undefined ? '' : ' (done for the one that is known)'}.`,
      '3. Approve and apply the account and the pods before the binding.',
    ].join('\n'),
  }
}

export function buildAccount(complaints: readonly Complaint[], context: FixContext): WorkspaceEdit | FixRefusal {
  return mergeParts(complaints.map((complaint) => rebind(complaint, context)))
}

function rebind(complaint: Complaint, context: FixContext): WorkspaceEdit | FixRefusal {
  const rebinding = rebindingOf(complaint, context)
  if ('refused' in rebinding) return rebinding
  const { binding, subject, namespace, name, user, exists, candidates } = rebinding
  const parts = [objectEdit(binding, [{ op: 'set', path: [...subject.path, 'name'], value: name }])]
  if (!exists) {
    const { path } = binding.source.document
    const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '')
    const metadata = { name, ...(namespace !== '' && { namespace }) }
    parts.push(addManifests(context.estate, binding, stem, [{ apiVersion: 'v1', kind: 'ServiceAccount', metadata }]))
  }
  for (const workload of candidates) {
    const spec = podTemplate(Place.of(workload))?.spec
    if (spec === undefined || whyForeign(workload, context.estate) !== undefined) continue
    if (workload === user) {
      parts.push(
        objectEdit(user, [
          { op: 'set', path: spec.get('serviceAccountName').path, value: name },
          { op: 'delete', path: spec.get('serviceAccount').path },
        ]),
      )
    } else if (spec.get('automountServiceAccountToken').absent) {
      // The token of an account without rights serves nobody but an intruder.
      parts.push(
        objectEdit(workload, [{ op: 'set', path: spec.get('automountServiceAccountToken').path, value: false }]),
      )
    }
  }
  return mergeParts(parts)
}
