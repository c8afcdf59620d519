import { type AclGroup, type AclVerb, readAcl } from '../../../../resources/aws/s3-acl.ts'
import type { Place } from '../../../../resources/place.ts'
import { type Outcome, undecided } from '../../../rule.ts'

/** The grants of one kind that an ACL makes to a group of strangers, each once. */
export function* publicAcl(resource: Place, to: AclGroup, verb?: AclVerb): Iterable<Outcome<'publicAcl'>> {
  const { grants, unknown } = readAcl(resource)
  const seen = new Set<string>()
  for (const { at, verb: granted, to: group, acl } of grants) {
    if (group !== to || (verb !== undefined && granted !== verb) || seen.has(at.pathText)) continue
    seen.add(at.pathText)
    yield { at, message: 'publicAcl', data: { acl } }
  }
  for (const at of unknown) yield undecided(at, at.unknown?.reason ?? 'who is granted what is not fully known')
  const canned = resource.get('acl')
  if (unknown.length === 0 && canned.unknown !== undefined) {
    yield { outcome: 'pass', reason: 'none of the values that the ACL can have is public' }
  }
}
