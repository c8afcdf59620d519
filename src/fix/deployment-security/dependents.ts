import { oncePerEstateAnd } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import { textAt, type Workload } from './view.ts'

/** What in the repository depends on a workload's pods, or shares something with them; one sentence each, sorted. */
export function dependents(workload: Workload): readonly string[] {
  return dependentsOf(workload.estate, workload)
}

const dependentsOf = oncePerEstateAnd((_, workload: Workload): readonly string[] => {
  const services = workload.estate.kubernetes('Service').filter((service) => selects(service, workload))
  const found = new Set(services.map(({ address }) => `${address} sends requests to these pods`))
  for (const ingress of inNamespace(workload, 'Ingress')) {
    const backends = backendNames(Place.of(ingress))
    if (services.some(({ name }) => backends.includes(name))) found.add(`${ingress.address} publishes them`)
  }
  for (const volume of workload.spec.get('volumes').items()) {
    const claim = textAt(volume.get('persistentVolumeClaim', 'claimName'))
    if (claim !== undefined) found.add(`PersistentVolumeClaim ${claim} holds data of these pods`)
  }
  for (const claim of Place.of(workload.resource).get('spec', 'volumeClaimTemplates').items()) {
    found.add(`PersistentVolumeClaim ${textAt(claim.get('metadata', 'name')) ?? ''} of each pod holds its data`)
  }
  for (const scaler of inNamespace(workload, 'HorizontalPodAutoscaler')) {
    const target = Place.of(scaler).get('spec', 'scaleTargetRef')
    if (
      textAt(target.get('name')) === workload.resource.name &&
      textAt(target.get('kind')) === workload.resource.type
    ) {
      found.add(`${scaler.address} scales it`)
    }
  }
  return [...found].sort()
})

function selects(service: KubernetesResource, workload: Workload): boolean {
  if (service.namespace !== workload.resource.namespace) return false
  const selector = Place.of(service).get('spec', 'selector')
  const labels = workload.metadata.get('labels')
  const keys = selector.keys()
  return (
    keys.length > 0 &&
    keys.every((key) => textAt(selector.get(key)) === textAt(labels.get(key)) && !labels.get(key).absent)
  )
}

function inNamespace(workload: Workload, kind: string): readonly KubernetesResource[] {
  return workload.estate.kubernetes(kind).filter(({ namespace }) => namespace === workload.resource.namespace)
}

function backendNames(ingress: Place): string[] {
  const spec = ingress.get('spec')
  const paths = spec
    .get('rules')
    .items()
    .flatMap((rule) => rule.get('http', 'paths').items())
  const backends = [spec.get('defaultBackend'), ...paths.map((path) => path.get('backend'))]
  return backends.flatMap((backend) => textAt(backend.get('service', 'name')) ?? [])
}
