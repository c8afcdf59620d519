import { namespaceOf } from '../../resources/kubernetes/namespaces.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'

/** The namespace that an object is deployed to, `default` if nothing says; undefined if there are several. */
export function deployedNamespace(resource: KubernetesResource, estate: Estate): string | undefined {
  const reading = namespaceOf(Place.of(resource), estate)
  if (reading.kind === 'known') return reading.value
  return reading.kind === 'absent' ? 'default' : undefined
}
