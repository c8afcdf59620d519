import { groupsOf, usersOf } from '../../resources/aws/security-group-users.ts'
import type { Estate } from '../../resources/estate.ts'
import { Place, type Tri } from '../../resources/place.ts'
import { isInternal } from './terraform-load-balancers.ts'

const BALANCERS = new Set(['aws_lb', 'aws_alb', 'aws_elb'])

/**
 * Whether a group is that of load balancers which are meant to be reached from the internet, and of nothing else: on
 * an instance it opens the instance too, past the load balancer.
 */
export function isForPublicBalancer(place: Place, estate: Estate): Tri {
  const verdicts = usersOf(groupsOf(place, estate), estate, place.resource.root).map((user): Tri => {
    if (!BALANCERS.has(user.type)) return 'no'
    const internal = isInternal(Place.of(user))
    return internal === 'yes' ? 'no' : internal === 'no' ? 'yes' : 'unknown'
  })
  if (verdicts.length === 0 || verdicts.includes('no')) return 'no'
  return verdicts.includes('unknown') ? 'unknown' : 'yes'
}
