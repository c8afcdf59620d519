import { undecided, type RuleDefinition } from '../rule.ts'
import { type ContainerRule, containerData, containerRule, type PodRule, podRule } from './kubernetes-pods.ts'

type Shared<T, Omitted extends keyof T> = Omit<T, Omitted>

/** A yes-or-no setting of a container's securityContext; it has no pod-wide counterpart. */
export type ContainerFlagRule = Shared<ContainerRule<'wrong' | 'missing'>, 'checkContainer' | 'linuxOnly'> & {
  readonly setting: string
  readonly wanted: boolean
  /** True if Kubernetes' default is the wanted value. */
  readonly defaultIsFine?: boolean
}

export function containerFlagRule(rule: ContainerFlagRule): RuleDefinition<'wrong' | 'missing'> {
  const { setting, wanted, defaultIsFine = false, ...definition } = rule
  return containerRule({
    ...definition,
    linuxOnly: true,
    *checkContainer(container) {
      const at = container.place.get('securityContext', setting)
      const reading = at.bool()
      if (reading.kind === 'unknown') yield undecided(at)
      else if (reading.kind === 'absent') {
        if (!defaultIsFine) yield { at, message: 'missing', data: containerData(container) }
      } else if (reading.value !== wanted) yield { at, message: 'wrong', data: containerData(container) }
    },
  })
}

/** A namespace of the node that a pod may join: `hostPID`, `hostIPC`, `hostNetwork`. */
export type HostNamespaceRule = Shared<PodRule<'shared'>, 'checkPod'> & {
  readonly setting: 'hostPID' | 'hostIPC' | 'hostNetwork'
}

export function hostNamespaceRule(rule: HostNamespaceRule): RuleDefinition<'shared'> {
  const { setting, ...definition } = rule
  return podRule({
    ...definition,
    *checkPod(pod) {
      const at = pod.spec.get(setting)
      const reading = at.bool()
      if (reading.kind === 'unknown') yield undecided(at)
      else if (reading.kind === 'known' && reading.value) yield { at, message: 'shared' }
    },
  })
}
