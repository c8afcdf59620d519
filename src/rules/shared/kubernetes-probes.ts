import { WORKLOAD_KINDS } from '../../resources/kubernetes/workloads.ts'
import { notApplicable, type RuleDefinition, undecided } from '../rule.ts'
import { type ContainerRule, containerData, containerRule } from './kubernetes-pods.ts'

export type ProbeRule = Omit<ContainerRule<'missing'>, 'checkContainer' | 'roles' | 'messages' | 'workloads'> & {
  readonly probe: 'livenessProbe' | 'readinessProbe'
}

/** A probe that every container of a long-running pod must have. What runs to completion is judged by its exit code. */
export function probeRule(rule: ProbeRule): RuleDefinition<'missing'> {
  const { probe, ...definition } = rule
  return containerRule({
    ...definition,
    workloads: WORKLOAD_KINDS.filter((kind) => kind !== 'Job' && kind !== 'CronJob'),
    roles: ['container'],
    messages: { missing: `Container {container} has no ${probe}.` },
    *checkContainer(container, pod) {
      const policy = pod.spec.get('restartPolicy').value
      if (policy?.kind === 'string' && policy.value !== 'Always') {
        return yield notApplicable(`a pod with restartPolicy ${policy.value} runs to completion`)
      }
      const at = container.place.get(probe)
      const set = at.isSet()
      if (set === 'unknown') yield undecided(at)
      else if (set === 'no' || (at.value?.kind === 'map' && at.keys().length === 0)) {
        yield { at, message: 'missing', data: containerData(container) }
      }
    },
  })
}
