import type { AdmissionObject } from '../report/documents/index.ts'
import { Place } from '../resources/place.ts'
import type { KubernetesResource } from '../resources/resource.ts'
import type { Session } from './session.ts'

const WEBHOOKS = new Set(['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'])
const PSA = 'pod-security.kubernetes.io/'

/** The objects of the project that decide what a cluster admits, by file and line. */
export function admissionObjects(session: Session): AdmissionObject[] {
  const found = session
    .audit()
    .estate.resources.flatMap((resource) => (resource.kind === 'kubernetes' ? objectsOf(resource) : []))
  return found.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
}

function objectsOf(resource: KubernetesResource): AdmissionObject[] {
  const { type: kind, apiVersion } = resource
  const { document, span } = resource.header
  const { line } = document.lines.range(span).start
  const one = (name: string, action: string): AdmissionObject => ({ kind, name, file: document.path, line, action })
  const spec = Place.of(resource).get('spec')
  if (WEBHOOKS.has(kind)) {
    const webhooks = Place.of(resource).get('webhooks').items()
    return webhooks.map((webhook) =>
      one(`${resource.name}: ${textOf(webhook.get('name')) ?? '?'}`, textOf(webhook.get('failurePolicy')) ?? 'Fail'),
    )
  }
  if (apiVersion.startsWith('templates.gatekeeper.sh/')) return [one(resource.name, 'template')]
  if (apiVersion.startsWith('constraints.gatekeeper.sh/')) {
    return [one(resource.name, textOf(spec.get('enforcementAction')) ?? 'deny')]
  }
  if (apiVersion.startsWith('mutations.gatekeeper.sh/')) return [one(resource.name, 'mutates')]
  if (kind === 'ValidatingAdmissionPolicy') return [one(resource.name, textOf(spec.get('failurePolicy')) ?? 'Fail')]
  if (kind === 'ValidatingAdmissionPolicyBinding') {
    const actions = spec
      .get('validationActions')
      .items()
      .map((action) => textOf(action) ?? '?')
    return [one(resource.name, actions.join(', '))]
  }
  if (apiVersion.startsWith('kyverno.io/')) {
    return [one(resource.name, textOf(spec.get('validationFailureAction')) ?? 'Audit')]
  }
  if (kind !== 'Namespace') return []
  const labels = Place.of(resource).get('metadata', 'labels')
  const modes = ['enforce', 'warn', 'audit'].flatMap((mode) => {
    const level = textOf(labels.get(PSA + mode))
    return level === undefined ? [] : [`${mode}=${level}`]
  })
  return modes.length === 0 ? [] : [one(resource.name, modes.join(', '))]
}

function textOf(place: Place): string | undefined {
  const value = place.string()
  return value.kind === 'known' ? value.value : undefined
}
