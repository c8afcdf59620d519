import { type Estate, oncePerEstateAnd, referencesIn, refersTo } from '../estate.ts'
import type { Place } from '../place.ts'
import type { Resource, TerraformResource } from '../resource.ts'
import type { Reference, Value } from '../value.ts'
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

/** What the settings that put a resource into groups refer to, however deep they stand. */
function memberships(value: Value): readonly Reference[] {
  if (value.kind === 'list') return value.items.flatMap(memberships)
  if (value.kind !== 'map') return []
  return [...value.entries].flatMap(([name, entry]) =>
    MEMBERSHIP.test(name) && !PEER.test(name) ? referencesIn(entry) : memberships(entry),
  )
}

interface User {
  readonly resource: TerraformResource
  readonly groups: readonly Reference[]
}

/** Everything in a root module that is in some group: every group of it asks. */
const usersIn = oncePerEstateAnd((estate, root: string): readonly User[] =>
  estate.inRoot(root).flatMap((resource) => {
    if (resource.dormant || !resource.type.startsWith('aws_') || GROUP_PARTS.has(resource.type)) return []
    const groups = memberships(resource.value)
    return groups.length === 0 ? [] : [{ resource, groups }]
  }),
)

/** What is in one of the groups, in one root module. */
export function usersOf(groups: readonly Resource[], estate: Estate, root: string): readonly TerraformResource[] {
  const wanted = groups.filter((group) => group.kind === 'terraform')
  return usersIn(estate, root)
    .filter((user) => user.groups.some((reference) => wanted.some((group) => refersTo(reference, group))))
    .map(({ resource }) => resource)
}
