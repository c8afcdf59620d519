import type { Place } from '../place.ts'

/** `view` is to read the ACL itself: who has access. */
export type AclVerb = 'read' | 'write' | 'view'

/** "Authenticated" is anybody with any AWS account. */
export type AclGroup = 'everybody' | 'authenticated'

/** One permission that an ACL gives to everybody, or to everybody who has an AWS account. */
interface PublicGrant {
  readonly at: Place
  readonly verb: AclVerb
  readonly to: AclGroup
  /** `public-read`, or the group of an explicit grant. */
  readonly acl: string
}

const CANNED: ReadonlyMap<string, { readonly to: AclGroup; readonly verbs: readonly AclVerb[] }> = new Map([
  ['public-read', { to: 'everybody', verbs: ['read'] }],
  ['public-read-write', { to: 'everybody', verbs: ['read', 'write'] }],
  ['authenticated-read', { to: 'authenticated', verbs: ['read'] }],
])
const PUBLIC_GROUP = /\/groups\/(?:global\/(AllUsers)|(?:global|s3)\/(AuthenticatedUsers))$/
const VERBS: ReadonlyMap<string, readonly AclVerb[]> = new Map([
  ['READ', ['read']],
  ['READ_ACP', ['view']],
  ['WRITE', ['write']],
  ['WRITE_ACP', ['write']],
  ['FULL_CONTROL', ['read', 'write', 'view']],
])

export interface AclReading {
  readonly grants: readonly PublicGrant[]
  /** Places that are not known and might hold such a grant. */
  readonly unknown: readonly Place[]
}

/** What the ACL of an `aws_s3_bucket` or `aws_s3_bucket_acl` gives to everybody. */
export function readAcl(resource: Place): AclReading {
  const grants: PublicGrant[] = []
  const unknown: Place[] = []
  const canned = resource.get('acl')
  const reading = canned.string()
  const known = reading.kind === 'known' ? CANNED.get(reading.value) : undefined
  if (reading.kind === 'known' && known !== undefined) add(canned, known.verbs, known.to, reading.value)
  else if (reading.kind === 'unknown') {
    if (reading.options?.every((option) => !CANNED.has(option ?? '')) !== true) unknown.push(canned)
  }
  const separate = resource.get('access_control_policy', 'grant')
  for (const grant of separate.items()) readGrant(grant, grant.get('grantee', 'uri'), [grant.get('permission')])
  const inline = resource.get('grant')
  for (const grant of inline.items()) readGrant(grant, grant.get('uri'), permissionsOf(grant.get('permissions')))
  for (const place of [separate, inline]) if (place.mayHaveMore()) unknown.push(place)
  return { grants, unknown }

  function add(at: Place, verbs: readonly AclVerb[], to: AclGroup, acl: string): void {
    for (const verb of verbs) grants.push({ at, verb, to, acl })
  }

  function readGrant(grant: Place, uri: Place, permissions: readonly Place[]): void {
    const group = uri.string()
    if (group.kind === 'absent') return
    if (group.kind === 'unknown') {
      unknown.push(uri)
      return
    }
    const match = PUBLIC_GROUP.exec(group.value)
    if (match === null) return
    for (const place of permissions) {
      const permission = place.string()
      if (permission.kind === 'known' && grant.certain)
        add(
          uri,
          VERBS.get(permission.value) ?? [],
          match[1] === undefined ? 'authenticated' : 'everybody',
          match[1] ?? match[2] ?? '',
        )
      else unknown.push(permission.kind === 'known' ? grant : place)
    }
  }
}

function permissionsOf(list: Place): readonly Place[] {
  return list.unknown === undefined ? list.items() : [list]
}
