import { type Estate, mentions } from '../estate.ts'
import type { Place } from '../place.ts'
import type { Resource, TerraformResource } from '../resource.ts'
import type { Value } from '../value.ts'
import { EGRESS_RESOURCES, INGRESS_RESOURCES } from './security-group-rules.ts'

/** What defines groups and their rules: a group that is mentioned there is a peer, not in use. */
const GROUP_PARTS = new Set<string>([...INGRESS_RESOURCES, ...EGRESS_RESOURCES])
/** `security_groups`, `vpc_security_group_ids`, `emr_managed_master_security_group`. */
const MEMBERSHIP = /(?:^|_)security_groups?(?:_ids?)?$/
/** `source_security_group_ids`: who is let in. */
const PEER = /^(?:source|referenced)_/

/** The security groups that a resource is, or is a rule of, as far as they are declared here. */
export function groupsOf(place: Place, estate: Estate): readonly Resource[] {
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

/** What is in one of the groups, in one root module. */
export function usersOf(groups: readonly Resource[], estate: Estate, root: string): readonly TerraformResource[] {
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
