import type { Estate } from '../../resources/estate.ts'
import { decide, Place, type Tri } from '../../resources/place.ts'

/** Whether a load balancer is of a kind: `application` is the default. */
export function isOfKind(balancer: Place, kind: 'application' | 'network' | 'gateway'): Tri {
  return decide(balancer.get('load_balancer_type').string(), (type) => (type ?? 'application') === kind)
}

export function isInternal(balancer: Place): Tri {
  return decide(balancer.get('internal').bool(), (internal) => internal === true)
}

/** The load balancers that an attribute refers to, as far as they are declared here. */
export function balancersAt(place: Place, estate: Estate): readonly Place[] {
  const references = place.value?.refs ?? []
  return references
    .flatMap((reference) => estate.resolve(reference))
    .filter(({ type }) => type === 'aws_lb' || type === 'aws_alb')
    .map((resource) => Place.of(resource))
}
