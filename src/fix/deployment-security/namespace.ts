import type { YamlChange } from '../../edit/yaml/index.ts'
import { WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Complaint } from '../fixer.ts'
import type { Judgement } from './concern.ts'

const PREFIX = 'pod-security.kubernetes.io/'

export const NAMESPACE_RULE = 'k8s-pod-security-labels'

/** Warnings first, which stop nothing; enforcement starts with what nobody should need. */
export function judgeNamespace(complaint: Complaint): Judgement {
  const name = complaint.at.resource.name
  if (complaint.key === 'noWarning') {
    const title = `Warn about pods of namespace ${name} that break the restricted standard`
    return { rank: 'D', title, steps: ['`kubectl apply` prints the warnings; nothing is refused.'] }
  }
  return {
    rank: 'C',
    title: `Enforce the baseline Pod Security Standard in namespace ${name}`,
    reason:
      'pods that break the standard are refused from then on, those that this repository does not declare included',
    steps: [
      `Ask the cluster first: \`kubectl label --dry-run=server --overwrite namespace ${name} ${PREFIX}enforce=baseline\`.`,
      'When no warnings about the restricted standard are left, raise `enforce` to `restricted`.',
    ],
  }
}

export function namespaceChanges(complaints: readonly Complaint[]): YamlChange[] {
  return complaints.map(({ key }): YamlChange => {
    const [label, level] = key === 'noWarning' ? ['warn', 'restricted'] : ['enforce', 'baseline']
    return { op: 'set', path: ['metadata', 'labels', `${PREFIX}${label}`], value: level }
  })
}

/** The workloads that the repository puts into a namespace. */
export function workloadsIn(estate: Estate, namespace: string): string[] {
  return WORKLOAD_KINDS.flatMap((kind) => estate.kubernetes(kind))
    .filter((resource) => resource.namespace === namespace)
    .map(({ address }) => `${address} runs in this namespace`)
    .sort()
}
