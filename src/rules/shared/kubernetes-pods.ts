import {
  type Container,
  type ContainerRole,
  containers,
  podTemplate,
  WORKLOAD_KINDS,
} from '../../resources/kubernetes/workloads.ts'
import type { Place } from '../../resources/place.ts'
import { notApplicable, type Outcome, type RuleContext, type RuleDefinition, undecided } from '../rule.ts'

/** The pods that one workload object makes, as a rule sees them. */
export interface PodView {
  readonly object: Place
  readonly metadata: Place
  readonly spec: Place
  readonly containers: readonly Container[]
}

type PodRuleBase<M extends string> = Omit<RuleDefinition<M>, 'kind' | 'resources' | 'check'> & {
  /** Default: every kind that makes pods. */
  readonly workloads?: readonly string[]
  /** True if the setting does not exist for Windows pods. */
  readonly linuxOnly?: boolean
}

export type PodRule<M extends string> = PodRuleBase<M> & {
  checkPod(pod: PodView, context: RuleContext): Iterable<Outcome<M>>
}

export type ContainerRule<M extends string> = PodRuleBase<M> & {
  /** Default: all three roles. */
  readonly roles?: readonly ContainerRole[]
  checkContainer(container: Container, pod: PodView, context: RuleContext): Iterable<Outcome<M>>
}

const ALL_ROLES: readonly ContainerRole[] = ['init', 'container', 'ephemeral']

/** A rule about the pod itself, called once per workload object. */
export function podRule<M extends string>(rule: PodRule<M>): RuleDefinition<M> {
  const { workloads = WORKLOAD_KINDS, linuxOnly = false, checkPod, ...definition } = rule
  return {
    ...definition,
    kind: 'kubernetes',
    resources: workloads,
    *check(object, context) {
      const template = podTemplate(object)
      if (template === undefined || template.spec.absent) return yield notApplicable('it declares no pod template')
      if (template.spec.unknown !== undefined) return yield undecided(template.spec)
      if (linuxOnly && isWindows(template.spec)) return yield notApplicable('Windows pods do not have this setting')
      yield* checkPod({ object, ...template, containers: containers(template.spec) }, context)
    },
  }
}

/** A rule about each container of a pod. */
export function containerRule<M extends string>(rule: ContainerRule<M>): RuleDefinition<M> {
  const { roles = ALL_ROLES, checkContainer, ...definition } = rule
  return podRule({
    ...definition,
    *checkPod(pod, context) {
      for (const key of ['initContainers', 'containers', 'ephemeralContainers']) {
        if (pod.spec.get(key).mayHaveMore()) yield undecided(pod.spec.get(key))
      }
      const judged = pod.containers.filter(({ role }) => roles.includes(role))
      if (judged.length === 0) yield notApplicable('it declares no container that this is about')
      for (const container of judged) yield* checkContainer(container, pod, context)
    },
  })
}

/** By its `os`, or by the label of the nodes that it is for. */
export function isWindows(spec: Place): boolean {
  const selector = spec.get('nodeSelector')
  return [spec.get('os', 'name'), selector.get('kubernetes.io/os'), selector.get('beta.kubernetes.io/os')].some(
    ({ value }) => value?.kind === 'string' && value.value.toLowerCase() === 'windows',
  )
}

/**
 * The setting that holds for a container: its own, or else the pod's. If neither is written this is the container's
 * (absent) place, so that a message points at the container.
 */
export function effectiveSetting(container: Container, pod: PodView, ...path: readonly string[]): Place {
  const own = container.place.get('securityContext', ...path)
  if (!own.absent) return own
  const shared = pod.spec.get('securityContext', ...path)
  return shared.absent ? own : shared
}

/** What every problem about a container says about it. */
export function containerData(container: Container): { container: string; role: string } {
  return { container: container.name, role: container.role }
}

/** A pod-wide setting concerns several containers at one place, so their names tell the problems apart. */
export function settingKey(message: string, at: Place, container: Container): string {
  const isOwn =
    at.path.length > container.place.path.length && container.place.path.every((step, i) => at.path[i] === step)
  return isOwn ? message : `${message}:${container.name}`
}
