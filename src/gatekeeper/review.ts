/** What a policy is asked about: an admission request, or one made up around an object. */
import { fromJson, type Value } from '../rego/index.ts'
import { type Fields, fieldsAt, isFields, member, memberAt, textAt } from './json.ts'
import type { Matchable, Source } from './match.ts'
import type { KubernetesObject } from './objects.ts'
import { problemAt } from './problem.ts'

export interface Review {
  /** `input.review`. */
  readonly value: Fields
  /** The same as a Rego value, made once. */
  readonly rego: Value
  readonly kind: { readonly group: string; readonly kind: string }
  readonly namespace: string
  /** New and old object: a constraint is for the review if it is for one of them. */
  readonly targets: readonly Matchable[]
  /** What the user wrote, by the key under `review`. */
  readonly sources: ReadonlyMap<string, KubernetesObject>
}

export interface ReviewContext {
  /** The Namespace of that name, if it is known. */
  readonly namespace: (name: string) => KubernetesObject | undefined
  /** Default `Original`. */
  readonly source?: Source
}

/** True for `kind: AdmissionReview`, which holds its request. */
export function isAdmissionReview(object: KubernetesObject): boolean {
  return object.kind === 'AdmissionReview' && object.group === 'admission.k8s.io'
}

/**
 * A review of an object, or of the request that an AdmissionReview holds.
 * @throws PolicyError for an AdmissionReview that has no request, or no object
 */
export function reviewOf(object: KubernetesObject, context: ReviewContext): Review {
  return isAdmissionReview(object) ? requestReview(object, context) : objectReview(object, context)
}

function objectReview(object: KubernetesObject, context: ReviewContext): Review {
  const { group, version, kind, name, namespace } = object
  const space = namespace === '' ? undefined : context.namespace(namespace)
  const value = {
    uid: '',
    kind: { group, version, kind },
    resource: { group: '', version: '', resource: '' },
    ...(name !== '' && { name }),
    ...(namespace !== '' && { namespace }),
    operation: '',
    userInfo: {},
    object: object.value,
    oldObject: null,
    options: null,
    // Empty if it is not known, as in Gatekeeper.
    namespaceObject: space?.value ?? {},
  }
  return {
    value,
    rego: fromJson(value),
    kind: object,
    namespace,
    targets: [{ object, namespace: space, source: context.source ?? 'Original' }],
    sources: new Map([['object', object]]),
  }
}

function requestReview(admission: KubernetesObject, context: ReviewContext): Review {
  const request = memberAt(admission.value, 'request')
  if (!isFields(request)) {
    throw problemAt(
      admission,
      ['request'],
      'review-without-request',
      'request was nil: an AdmissionReview needs a request',
    )
  }
  const given = admission.inside(['request', 'object'])
  const old = admission.inside(['request', 'oldObject'])
  const deleting = textAt(request, 'operation') === 'DELETE'
  if (deleting && old === undefined) {
    throw problemAt(
      admission,
      ['request', 'oldObject'],
      'review-without-object',
      'oldObject cannot be nil for DELETE operations',
    )
  }
  if (given === undefined && old === undefined) {
    throw problemAt(
      admission,
      ['request', 'object'],
      'review-without-object',
      'no object found in the request: neither object nor oldObject',
    )
  }
  const object = deleting ? old : given
  const subject = object ?? old
  const namespace = textAt(request, 'namespace') || (subject?.namespace ?? '')
  const space = namespace === '' ? undefined : context.namespace(namespace)
  const kind = isFields(member(request, 'kind'))
    ? { group: '', version: '', kind: '', ...fieldsAt(request, 'kind') }
    : { group: subject?.group ?? '', version: subject?.version ?? '', kind: subject?.kind ?? '' }
  const value = {
    uid: '',
    resource: { group: '', version: '', resource: '' },
    operation: '',
    userInfo: {},
    options: null,
    ...request,
    kind,
    ...(namespace !== '' && { namespace }),
    object: object?.value ?? null,
    oldObject: old?.value ?? null,
    // Empty if it is not known, as in Gatekeeper.
    namespaceObject: space?.value ?? {},
  }
  const source = context.source ?? 'Original'
  const targets = [object, deleting ? undefined : old].flatMap((target) =>
    target === undefined ? [] : [{ object: target, namespace: space, source }],
  )
  const sources = new Map<string, KubernetesObject>()
  if (object !== undefined) sources.set('object', object)
  if (old !== undefined) sources.set('oldObject', old)
  return {
    value,
    rego: fromJson(value),
    kind: { group: textAt(kind, 'group'), kind: textAt(kind, 'kind') },
    namespace,
    targets,
    sources,
  }
}
