import type { YamlChange } from '../../edit/yaml/index.ts'
import { podTemplate } from '../../resources/kubernetes/workloads.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { Assessment, BuiltEdit, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { addManifests, mergeParts } from '../shared/manifests.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import { cloudSide } from './aws.ts'
import { assign, type Assignment, type Bundle, defaultAccount, lostBinding } from './bundle.ts'
import { consumersOf, usesFor } from './consumers.ts'
import { deliver, type Delivery } from './delivery.ts'
import { annotation, extension, objectsFor } from './external-secret.ts'
import { type Leak, leakOf, withPairs } from './leaks.ts'
import { otherPlaces } from './occurrences.ts'
import { workloadRunbook } from './runbook.ts'
import { type Store, storeFor } from './store.ts'
import type { Use } from './uses.ts'

/** What the move to a secret manager leaves, or brings, that is less bad than a credential in the repository. */
const TRADES = ['k8s-secrets-as-files', 'secretsmanager-rotation', 'k8s-default-namespace']

/** What a set of leaks of one namespace comes to. */
export interface Move {
  readonly assignments: readonly Assignment[]
  readonly bundles: readonly Bundle[]
  readonly store: Store
}

export function assessWorkload(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const { estate } = context
  const leak = leakOf(complaint, estate)
  if ('refused' in leak) return leak
  const namespace = deployedNamespace(leak.resource, estate)
  if (namespace === undefined) {
    return {
      code: 'undecidable',
      refused: 'kustomizations build it for several namespaces, each of which needs a Secret of its own',
    }
  }
  const store = storeFor(context)
  const needs = 'needs' in store ? store.needs : []
  const move = { assignments: assign(withPairs([leak]), namespace, estate) }
  const bundles = [...new Set(move.assignments.map(({ bundle }) => bundle))]
  const tried =
    'needs' in store
      ? editsOfObjects(move.assignments, undefined, context)
      : buildMove({ ...move, bundles, store }, context)
  if ('refused' in tried) return tried
  return {
    rank: 'B',
    title:
      leak.kind === 'environment'
        ? `Take ${leak.name} from a Secret that External Secrets fills`
        : `Move ${leak.name} out of the ConfigMap`,
    minutes: 20,
    group: `kubernetes ${leak.resource.root} ${namespace}`,
    reason:
      'everyone who can read the repository or its history has the value, so it has to be rotated; and pods do not start ' +
      'before the new Secret is there',
    // A store that is there needs no account of the pods.
    blastRadius: blastRadius(leak, 'needs' in store || store.kind === 'aws' ? bundles : [], context),
    runbook: workloadRunbook(leak, bundles[0], 'needs' in store ? undefined : store),
    ...(needs.length > 0 && { needs }),
  }
}

function blastRadius(leak: Leak, bundles: readonly Bundle[], { estate }: FixContext): readonly string[] {
  const radius = new Set(consumersOf(leak, estate).map(({ address }) => address))
  for (const bundle of bundles) {
    const binding = lostBinding(bundle, estate)
    if (binding !== undefined)
      radius.add(`${binding.address} (the pods leave the default ServiceAccount, and with it these rights)`)
    const account = defaultAccount(bundle, estate)
    if (account !== undefined)
      radius.add(`${account.address} (what it brings along, such as imagePullSecrets, is left behind)`)
  }
  for (const place of otherPlaces(leak.value, estate, leak.complaint.at.location))
    radius.add(`${place} (the same value)`)
  return [...radius]
}

export function buildWorkloads(complaints: readonly Complaint[], context: FixContext): BuiltEdit | FixRefusal {
  const leftOut: { fingerprint: string; refusal: FixRefusal }[] = []
  const leaks: Leak[] = []
  for (const complaint of complaints) {
    const leak = leakOf(complaint, context.estate)
    if ('refused' in leak) leftOut.push({ fingerprint: complaint.fingerprint, refusal: leak })
    else leaks.push(leak)
  }
  const whole = tryMove(leaks, context)
  if (!('refused' in whole)) return { ...whole, leftOut, trades: TRADES }
  // What one object does not allow, such as a shared anchor, is left out; the rest moves.
  const possible = leaks.filter((leak) => {
    const alone = tryMove([leak], context)
    if ('refused' in alone) leftOut.push({ fingerprint: leak.complaint.fingerprint, refusal: alone })
    return !('refused' in alone)
  })
  const rest = possible.length === 0 || possible.length === leaks.length ? whole : tryMove(possible, context)
  return 'refused' in rest ? rest : { ...rest, leftOut, trades: TRADES }
}

function tryMove(leaks: readonly Leak[], context: FixContext): WorkspaceEdit | FixRefusal {
  const move = moveOf(leaks, context)
  return 'refused' in move ? move : buildMove(move, context)
}

export function moveOf(leaks: readonly Leak[], context: FixContext): Move | FixRefusal {
  const [first] = leaks
  const namespace = first === undefined ? undefined : deployedNamespace(first.resource, context.estate)
  const store = storeFor(context)
  if (namespace === undefined || 'needs' in store)
    return { code: 'undecidable', refused: 'it is not known where the secret is to be kept' }
  const assignments = assign(withPairs(leaks), namespace, context.estate)
  return { assignments, bundles: [...new Set(assignments.map(({ bundle }) => bundle))], store }
}

/** Everything in one: the objects that use the values, the new objects, the cloud's side. */
function buildMove({ assignments, bundles, store }: Move, context: FixContext): WorkspaceEdit | FixRefusal {
  const parts: (WorkspaceEdit | FixRefusal)[] = [editsOfObjects(assignments, store, context)]
  const fresh = bundles.filter(({ existing }) => existing === undefined)
  for (const bundle of bundles) {
    const more = bundle.existing === undefined ? annotation(bundle, store) : extension(bundle)
    if (more !== undefined) parts.push(more)
  }
  const [first] = fresh
  if (first !== undefined) {
    const objects = fresh.flatMap((bundle) => objectsFor(bundle, store))
    parts.push(addManifests(context.estate, first.owner, 'external-secrets', objects))
  }
  if (store.kind === 'aws') parts.push(cloudSide(fresh, store, context))
  return mergeParts(parts)
}

/** What becomes of every object that holds or takes one of the values. */
export function deliveries(
  { assignments, store }: Pick<Move, 'assignments'> & { readonly store: Store | undefined },
  context: FixContext,
): readonly Delivery[] | FixRefusal {
  const objects = new Map<KubernetesResource, { readonly uses: Use[]; readonly more: YamlChange[] }>()
  for (const assignment of assignments) {
    const { leak } = assignment
    const uses = usesFor(assignment, context.estate)
    if ('refused' in uses) return uses
    for (const use of uses) object(use.resource).uses.push(use)
    if (leak.kind === 'configuration') object(leak.resource).more.push({ op: 'delete', path: leak.place.path })
  }
  for (const bundle of new Set(assignments.map((one) => one.bundle))) {
    const template = podTemplate(Place.of(bundle.owner))
    // A store that is there has its own way to the secrets.
    if (store?.kind === 'given' || !bundle.account.forPods || template === undefined || bundle.existing !== undefined)
      continue
    object(bundle.owner).more.push(
      { op: 'set', path: template.spec.get('serviceAccountName').path, value: bundle.account.name },
      { op: 'delete', path: template.spec.get('serviceAccount').path },
    )
  }
  const delivered: Delivery[] = []
  for (const [resource, { uses, more }] of objects) {
    const one = deliver(resource, uses, more, context)
    if ('refused' in one) return one
    delivered.push(one)
  }
  return delivered

  function object(resource: KubernetesResource): { readonly uses: Use[]; readonly more: YamlChange[] } {
    const there = objects.get(resource) ?? { uses: [], more: [] }
    objects.set(resource, there)
    return there
  }
}

function editsOfObjects(
  assignments: readonly Assignment[],
  store: Store | undefined,
  context: FixContext,
): WorkspaceEdit | FixRefusal {
  const delivered = deliveries({ assignments, store }, context)
  return 'refused' in delivered ? delivered : mergeParts(delivered.map(({ edit }) => edit))
}
