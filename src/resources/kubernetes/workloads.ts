import type { Place } from '../place.ts'
import { asString } from '../place.ts'

/** Every kind that runs pods and whose pod template is known here. */
export const WORKLOAD_KINDS = [
  'CronJob',
  'DaemonSet',
  'Deployment',
  'DeploymentConfig',
  'Job',
  'Pod',
  'PodTemplate',
  'ReplicaSet',
  'ReplicationController',
  'Rollout',
  'StatefulSet',
] as const

/** Where a workload keeps its pods' metadata and spec; for a Pod, its own. */
export interface PodTemplate {
  readonly metadata: Place
  readonly spec: Place
}

export type ContainerRole = 'container' | 'init' | 'ephemeral'

export interface Container {
  readonly place: Place
  readonly role: ContainerRole
  /** `[2]` if it has no known name. */
  readonly name: string
  /** Among the containers of its role. */
  readonly index: number
}

const TEMPLATE_PATHS: Readonly<Record<(typeof WORKLOAD_KINDS)[number], readonly string[]>> = {
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Deployment: ['spec', 'template'],
  DeploymentConfig: ['spec', 'template'],
  Job: ['spec', 'template'],
  Pod: [],
  PodTemplate: ['template'],
  ReplicaSet: ['spec', 'template'],
  ReplicationController: ['spec', 'template'],
  Rollout: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
}

const CONTAINER_LISTS: readonly (readonly [ContainerRole, string])[] = [
  ['init', 'initContainers'],
  ['container', 'containers'],
  ['ephemeral', 'ephemeralContainers'],
]

/** The pods that a workload object makes; undefined if the object's kind makes none. */
export function podTemplate(object: Place): PodTemplate | undefined {
  const kind = WORKLOAD_KINDS.find((candidate) => candidate === object.resource.type)
  if (kind === undefined) return undefined
  const template = object.get(...TEMPLATE_PATHS[kind])
  return { metadata: template.get('metadata'), spec: template.get('spec') }
}

/** All containers of a pod spec, init containers first, as they run. */
export function containers(podSpec: Place): readonly Container[] {
  return CONTAINER_LISTS.flatMap(([role, key]) =>
    podSpec
      .get(key)
      .items()
      .map((place, index) => {
        const name = place.get('name').value
        return { place, role, index, name: (name && asString(name)) ?? `[${index}]` }
      }),
  )
}
