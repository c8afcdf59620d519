import { type ImageFacts, imageFacts, type KnownImage, knownImage } from '../../resources/images/index.ts'
import { type Container, containers, podTemplate } from '../../resources/kubernetes/workloads.ts'
import { type Estate, oncePerEstateAnd } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { Complaint } from '../fixer.ts'

/** One workload object with what the repository shows of its containers' images. */
export interface Workload {
  readonly estate: Estate
  readonly resource: KubernetesResource
  readonly metadata: Place
  readonly spec: Place
  readonly containers: readonly WorkloadContainer[]
}

export interface WorkloadContainer extends Container {
  readonly image: string
  readonly known: KnownImage | undefined
  /** The published image that this is, or is built upon. */
  readonly facts: ImageFacts | undefined
  /** `runAsUser` as it holds for this container; undefined if nothing sets it. */
  readonly runAsUser: number | undefined
  readonly runAsNonRoot: boolean
  readonly privileged: boolean
}

/** Undefined if the object makes no pods. */
export const workloadOf = oncePerEstateAnd((estate, resource: KubernetesResource): Workload | undefined => {
  const template = podTemplate(Place.of(resource))
  if (template === undefined) return undefined
  const { metadata, spec } = template
  return {
    estate,
    resource,
    metadata,
    spec,
    containers: containers(spec).map((one) => readContainer(estate, spec, one)),
  }
})

function readContainer(estate: Estate, spec: Place, container: Container): WorkloadContainer {
  const image = textAt(container.place.get('image')) ?? ''
  const known = image === '' ? undefined : knownImage(estate, image)
  const user = effectiveSetting(spec, container.place, 'runAsUser').number()
  const nonRoot = effectiveSetting(spec, container.place, 'runAsNonRoot').bool()
  const privileged = container.place.get('securityContext', 'privileged').bool()
  return {
    ...container,
    image,
    known,
    facts: imageFacts(known),
    runAsUser: user.kind === 'known' ? user.value : undefined,
    runAsNonRoot: nonRoot.kind === 'known' && nonRoot.value,
    privileged: privileged.kind === 'known' && privileged.value,
  }
}

/** A container's own setting, or else the pod's; the container's absent place if neither is written. */
function effectiveSetting(spec: Place, container: Place, setting: string): Place {
  const own = container.get('securityContext', setting)
  if (!own.absent) return own
  const shared = spec.get('securityContext', setting)
  return shared.absent ? own : shared
}

/** The container that a complaint is about: the one it points into, or the one its data name. */
export function containerOf(complaint: Complaint, workload: Workload): WorkloadContainer | undefined {
  const { path } = complaint.at
  const inside = workload.containers.find(({ place }) => place.path.every((step, i) => path[i] === step))
  if (inside !== undefined) return inside
  const { container, role } = complaint.data
  return workload.containers.find((one) => one.name === container && one.role === role)
}

export function textAt(place: Place): string | undefined {
  return place.value?.kind === 'string' ? place.value.value : undefined
}

/** Command and arguments in one line, to look for words in. */
export function commandLine(container: WorkloadContainer): string {
  return ['command', 'args']
    .flatMap((key) => container.place.get(key).items())
    .flatMap((item) => textAt(item) ?? [])
    .join(' ')
}

/** True if the container listens below 1024, where only root may unless the pod's sysctl says otherwise. */
export function listensBelow1024(container: WorkloadContainer): boolean {
  return containerPorts(container).some((port) => port < 1024)
}

/** The container's TCP ports: as the manifest names them, else as its image does. */
export function containerPorts(container: WorkloadContainer): readonly number[] {
  const declared = container.place
    .get('ports')
    .items()
    .filter((port) => (textAt(port.get('protocol')) ?? 'TCP') === 'TCP')
    .flatMap((port) => {
      const value = port.get('containerPort').value
      return value?.kind === 'number' ? [value.value] : []
    })
  if (declared.length > 0) return declared
  const own = container.known?.kind === 'own' ? container.known.image.ports : []
  return own.length > 0 ? own : (container.facts?.ports ?? [])
}

/** Volumes whose files belong to somebody already, so that another user needs `fsGroup` to write them. */
export function hasPersistentVolumes(workload: Workload): boolean {
  const { resource, spec } = workload
  if (resource.type === 'StatefulSet' && Place.of(resource).get('spec', 'volumeClaimTemplates').items().length > 0)
    return true
  return spec
    .get('volumes')
    .items()
    .some((volume) => ['persistentVolumeClaim', 'ephemeral', 'csi', 'nfs'].some((kind) => !volume.get(kind).absent))
}
