import type { Estate } from '../../resources/estate.ts'
import { Place, type Tri } from '../../resources/place.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'
import { mentions } from './terraform-hidden-modules.ts'
import { EGRESS_RESOURCES, INGRESS_RESOURCES } from './terraform-ingress.ts'
import { isInternal } from './terraform-load-balancers.ts'

const BALANCERS = new Set(['aws_lb', 'aws_alb', 'aws_elb'])
/** What defines groups and their rules: a group that is mentioned there is a peer, not in use. */
const GROUP_PARTS = new Set<string>([...INGRESS_RESOURCES, ...EGRESS_RESOURCES])
/** `security_groups`, `vpc_security_group_ids`, `emr_managed_master_security_group`. */
const MEMBERSHIP = /(?:^|_)security_groups?(?:_ids?)?$/
/** `source_security_group_ids`: who is let in. */
const PEER = /^(?:source|referenced)_/

/** The security groups that a resource is, or is a rule of, as far as they are declared here. */
function groupsOf(place: Place, estate: Estate): readonly Resource[] {
  const references = place.get('security_group_id').value?.refs
  return references === undefined ? [place.resource] : references.flatMap((reference) => estate.resolve(reference))
}

/** Whether some setting, however deep, puts what it belongs to into one of the groups. */
function isMember(value: Value, groups: readonly Resource[]): boolean {
  if (value.kind === 'list') return value.items.some((item) => isMember(item, groups))
  if (value.kind !== 'map') return false
  return [...value.entries].some(
    ([name, entry]) =>
      (MEMBERSHIP.test(name) && !PEER.test(name) && groups.some((group) => mentions(entry, group))) ||
      isMember(entry, groups),
  )
}

function usersOf(groups: readonly Resource[], estate: Estate, root: string): readonly TerraformResource[] {
  return estate.resources.filter(
    (user): user is TerraformResource =>
      user.kind === 'terraform' &&
      user.root === root &&
      !user.dormant &&
      user.type.startsWith('aws_') &&
      !GROUP_PARTS.has(user.type) &&
      isMember(user.value, groups),
  )
}

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
