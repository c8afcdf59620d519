import type { Complaint, FixContext, NextStep } from '../fixer.ts'
import { planProbe } from './probes.ts'
import { containerOf, workloadOf } from './view.ts'
import type { KubernetesResource } from '../../resources/resource.ts'

const WAITED_FOR: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'StatefulSet'])

/** Roll out what holds no data first: if something is wrong, it shows where nothing can be lost. */
const ORDER: readonly string[] = ['Deployment', 'ReplicaSet', 'DaemonSet', 'CronJob', 'Job', 'Pod', 'StatefulSet']

/** What remains for people, for complaints that were applied: what to read, in which order to roll out, what proves it. */
export function nextSteps(complaints: readonly Complaint[], context: FixContext): NextStep[] {
  const resources = [
    ...new Map(complaints.flatMap(({ at }) => owner(at.resource)).map((one) => [key(one), one])).values(),
  ]
  resources.sort((a, b) => position(a) - position(b) || (key(a) < key(b) ? -1 : 1))
  const rules = new Set(complaints.map(({ ruleId }) => ruleId))
  const steps: NextStep[] = []
  steps.push(...endpointSteps(complaints, context))
  if (rules.has('k8s-read-only-root-filesystem')) {
    const text = 'Watch the logs for "Read-only file system": a folder named there needs an emptyDir of its own.'
    steps.push({ kind: 'read', text })
  }
  if ([...rules].some((rule) => /^k8s-(?:cpu|memory)-/.test(rule))) {
    const text = 'The requests and limits are starting values: compare them with what the containers use.'
    steps.push({ kind: 'read', text, command: 'kubectl top pod --containers --all-namespaces' })
  }
  for (const resource of resources) steps.push(...rolloutSteps(resource))
  return steps
}

function endpointSteps(complaints: readonly Complaint[], { estate }: FixContext): NextStep[] {
  const found = new Map<string, NextStep>()
  for (const complaint of complaints) {
    const probe = complaint.ruleId === 'k8s-liveness-probe' ? 'livenessProbe' : 'readinessProbe'
    if (!/^k8s-(?:liveness|readiness)-probe$/.test(complaint.ruleId)) continue
    const resource = owner(complaint.at.resource).at(0)
    const workload = resource === undefined ? undefined : workloadOf(estate, resource)
    const container = workload === undefined ? undefined : containerOf(complaint, workload)
    if (container?.known?.kind !== 'own' || planProbe(container, probe)?.kind !== 'tcp') continue
    const { folder } = container.known.image
    const text =
      probe === 'livenessProbe'
        ? `Give ${folder} a route GET /health that answers 200 while the process works, without asking a database; run this again and the probe can use it.`
        : `Give ${folder} a route GET /ready that answers 200 once its database and other services answer, and 503 before.`
    found.set(text, { kind: 'read', text })
  }
  return [...found.values()]
}

function rolloutSteps(resource: KubernetesResource): NextStep[] {
  const { type, name, namespace, source } = resource
  const inNamespace = namespace === '' ? '' : ` -n ${namespace}`
  const apply = `kubectl apply -f ${source.document.path}`
  const target = `${type.toLowerCase()}/${name}`
  if (type === 'Namespace') {
    return [{ kind: 'rollout', text: `Label namespace ${name} and read the warnings.`, command: apply }]
  }
  if (type === 'CronJob') {
    const run = `${apply} && kubectl create job --from=cronjob/${name} ${name}-check${inNamespace}`
    return [{ kind: 'rollout', text: `Apply ${target} and run it once now instead of at its next hour.`, command: run }]
  }
  if (type === 'Pod' || type === 'Job') {
    // Neither can be changed in place.
    const command = `kubectl replace --force -f ${source.document.path}`
    return [
      { kind: 'rollout', text: `Replace ${target}: it ends and starts anew.`, command },
      prove(target, inNamespace),
    ]
  }
  const steps: NextStep[] = []
  const wait = WAITED_FOR.has(type) ? ` && kubectl rollout status ${target}${inNamespace} --timeout=5m` : ''
  const text =
    type === 'StatefulSet' ? `Back up the data of ${target}, then roll it out.` : `Roll out ${target}, and wait for it.`
  steps.push({ kind: 'rollout', text, command: `${apply}${wait}` })
  steps.push(prove(target, inNamespace))
  return steps
}

function prove(target: string, inNamespace: string): NextStep {
  const text = `The security context, limits and probes of ${target} as the cluster has them:`
  return { kind: 'prove', text, command: `kubectl describe ${target}${inNamespace}` }
}

function owner(resource: Complaint['at']['resource']): KubernetesResource[] {
  return resource.kind === 'kubernetes' ? [resource] : []
}

function key({ root, address }: KubernetesResource): string {
  return `${root} ${address}`
}

function position({ type }: KubernetesResource): number {
  const at = ORDER.indexOf(type)
  return at === -1 ? ORDER.length : at
}
