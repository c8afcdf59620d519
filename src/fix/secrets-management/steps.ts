import { posix } from 'node:path'
import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planSteps, shellWord, uniqueSteps } from '../shared/steps.ts'
import { deployedNamespace } from '../shared/namespace.ts'
import type { Bundle } from './bundle.ts'
import { consumersOf } from './consumers.ts'
import { type Leak, leakOf, PLAINTEXT, urlPassword } from './leaks.ts'
import type { Delivery } from './delivery.ts'
import { fileSteps } from './file-steps.ts'
import { deliveries, moveOf, type Move } from './kubernetes.ts'
import { otherPlaces } from './occurrences.ts'
import { rotation } from './runbook.ts'

/** What is left to do for the workloads whose credentials moved, in the order in which it has to be done. */
export function workloadSteps(complaints: readonly Complaint[], context: FixContext): readonly NextStep[] {
  const leaks = complaints
    .filter(({ ruleId }) => ruleId === PLAINTEXT)
    .flatMap((complaint) => {
      const leak = leakOf(complaint, context.estate)
      return 'refused' in leak ? [] : [leak]
    })
  const groups = new Map<string, Leak[]>()
  for (const leak of leaks) {
    const group = `${leak.resource.root} ${deployedNamespace(leak.resource, context.estate) ?? ''}`
    groups.set(group, [...(groups.get(group) ?? []), leak])
  }
  const moves = [...groups.values()].flatMap((group) => {
    const move = moveOf(group, context)
    return 'refused' in move ? [] : [move]
  })
  if (moves.length === 0) return []
  const bundles = moves.flatMap((move) => move.bundles)
  const delivered = moves.flatMap((move) => {
    const all = deliveries(move, context)
    return 'refused' in all ? [] : all
  })
  return uniqueSteps([
    ...terraformSteps(moves),
    INSTALL,
    ...moves.flatMap((move) => rotationSteps(move)),
    ...bundles.map((bundle) => putStep(bundle, moves)),
    ...moves.flatMap((move) => applySteps(move, context)),
    ...bundles.flatMap(proofs),
    ...leaks.flatMap((leak) => elsewhere(leak, context)),
    ...fileSteps(
      delivered.flatMap(({ files }) => files),
      context,
    ),
    ...delivered.flatMap(tradeSteps),
    SEARCH,
  ])
}

const INSTALL: NextStep = {
  kind: 'rollout',
  text: 'See that External Secrets (0.16 or later, which serves external-secrets.io/v1) runs in the cluster; without it: `helm repo add external-secrets https://charts.external-secrets.io`, then `helm install external-secrets external-secrets/external-secrets --namespace external-secrets --create-namespace`',
  command: 'kubectl get crd externalsecrets.external-secrets.io',
}

/** The value is typed, not written: neither the shell's history nor the screen has it. */
export const SEARCH: NextStep = {
  kind: 'prove',
  text: 'Find the commits that hold an old value, which is typed here and not shown; after the rotation they do no harm, and rewriting the history is a decision of its own',
  command: 'read -rs OLD && git log --all --oneline -S"$OLD"; unset OLD',
}

function terraformSteps(moves: readonly Move[]): readonly NextStep[] {
  const roots = new Set(moves.flatMap(({ store }) => (store.kind === 'aws' ? [store.cluster.root] : [])))
  if (roots.size === 0) return []
  return [
    ...planSteps(roots, 'only new secrets, a key, roles and perhaps an identity provider'),
    ...[...roots].toSorted().map((root): NextStep => ({
      kind: 'rollout',
      text: 'Apply the Terraform first: the secrets and the roles that read them have to be there before the manifests',
      command: `terraform -chdir=${shellWord(root)} apply`,
    })),
    {
      kind: 'read',
      text: 'A secret in Secrets Manager costs 0.40 US dollars a month, 10,000 requests 0.05, a customer-managed KMS key about 1 (AWS price lists, 2026-11); nothing rotates the new secrets by themselves, and secretsmanager-rotation says so',
    },
  ]
}

function rotationSteps({ assignments }: Move): readonly NextStep[] {
  const names = new Map<string, Set<string>>()
  for (const { bundle, key, leak } of assignments) {
    const id = `${bundle.remoteName} ${key}`
    names.set(id, (names.get(id) ?? new Set()).add(`${leak.name} of ${leak.resource.address}`))
  }
  return assignments
    .filter(({ leak, key }) => leak.name === key || urlPassword(leak.value) !== undefined)
    .map(({ bundle, key, leak }) => {
      const users = [...(names.get(`${bundle.remoteName} ${key}`) ?? [])]
      const shared = users.length > 1 ? ` (one value for ${users.join(' and ')})` : ''
      return { kind: 'rollout', text: `Rotate ${leak.name}${shared}: ${rotation(leak.name)}` }
    })
}

function putStep(bundle: Bundle, moves: readonly Move[]): NextStep {
  const store = moves.find((move) => move.bundles.includes(bundle))?.store
  const keys = [...new Set(bundle.properties)].join(', ')
  const file = `${bundle.name}.json`
  const hint = bundle.templates.size > 0 ? '. Passwords that become part of a URL have to be percent-encoded' : ''
  if (store?.kind !== 'aws') {
    return {
      kind: 'rollout',
      text: `Put the new values into the store as ${bundle.remoteName}, with the properties ${keys}`,
    }
  }
  return {
    kind: 'rollout',
    text: `Put the new values (${keys}) as one JSON object into ${file}, outside of the repository and readable by you only; store it, then delete the file${hint}`,
    command: `aws secretsmanager put-secret-value --region ${store.region} --secret-id ${shellWord(bundle.remoteName)} --secret-string file://${file} && shred -u ${file}`,
  }
}

function applySteps({ bundles, assignments }: Move, { estate }: FixContext): readonly NextStep[] {
  const steps: NextStep[] = []
  for (const { owner, namespace, secretName } of bundles) {
    const { path } = owner.source.document
    const file = posix.join(posix.dirname(path), `external-secrets.${path.endsWith('.yml') ? 'yml' : 'yaml'}`)
    steps.push(
      {
        kind: 'rollout',
        text: 'Apply the ExternalSecrets before any workload that needs their Secrets',
        command: `kubectl apply -f ${shellWord(file)}`,
      },
      {
        kind: 'rollout',
        text: `Wait until ${secretName} is Ready`,
        command: `kubectl -n ${namespace} wait --for=condition=Ready externalsecret/${secretName} --timeout=120s`,
      },
    )
  }
  for (const leak of assignments.map((one) => one.leak)) {
    for (const workload of consumersOf(leak, estate)) {
      const { path } = workload.source.document
      const isReplaced = workload.type === 'Job' || workload.type === 'Pod'
      steps.push({
        kind: 'rollout',
        text: isReplaced
          ? `${workload.address} cannot be changed in place: replace it`
          : `Then roll out ${workload.address}`,
        command: isReplaced ? `kubectl replace --force -f ${shellWord(path)}` : `kubectl apply -f ${shellWord(path)}`,
      })
    }
  }
  return steps
}

function proofs({ namespace, secretName }: Bundle): readonly NextStep[] {
  return [
    {
      kind: 'prove',
      text: `${secretName}: SecretSynced, and the Secret has its keys (describe shows sizes, not values)`,
      command: `kubectl -n ${namespace} get externalsecret ${secretName} && kubectl -n ${namespace} describe secret ${secretName}`,
    },
  ]
}

function tradeSteps({ variables }: Delivery): readonly NextStep[] {
  return [...new Set(variables.map(({ why }) => why))].map((why) => {
    const uses = variables.filter((one) => one.why === why).map(({ use }) => use)
    const names = [...new Set(uses.map(({ name }) => name))]
    const comes = names.length === 1 ? 'comes' : 'come'
    const text = `${names.join(', ')} of ${uses[0]?.resource.address ?? ''} ${comes} from a Secret now, as variables, which k8s-secrets-as-files reports (low). A file would be better still, but ${why}`
    return { kind: 'read', text }
  })
}

function elsewhere(leak: Leak, { estate }: FixContext): readonly NextStep[] {
  const places = otherPlaces(leak.value, estate, leak.complaint.at.location)
  if (places.length === 0) return []
  const text = `The value of ${leak.name} (${leak.resource.address}) was also written in ${places.join(', ')}: see that each is gone, and rotate them together`
  return [{ kind: 'read', text }]
}
