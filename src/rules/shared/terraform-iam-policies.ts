import type { Estate } from '../../resources/estate.ts'
import { Place } from '../../resources/place.ts'
import type { Resource } from '../../resources/resource.ts'
import { mentions } from './terraform-hidden-modules.ts'

/** Resources that give identities a policy, and where it is written. */
const HOLDERS: Readonly<Record<string, (resource: Place) => readonly Place[]>> = {
  aws_iam_policy: (resource) => [resource.get('policy')],
  aws_iam_role_policy: (resource) => [resource.get('policy')],
  aws_iam_user_policy: (resource) => [resource.get('policy')],
  aws_iam_group_policy: (resource) => [resource.get('policy')],
  aws_ssoadmin_permission_set_inline_policy: (resource) => [resource.get('inline_policy')],
  aws_iam_role: (role) =>
    role
      .get('inline_policy')
      .items()
      .map((block) => block.get('policy')),
}

export const POLICY_DOCUMENT = 'data.aws_iam_policy_document'
export const POLICY_HOLDERS = Object.keys(HOLDERS)

export function policiesOf(resource: Place): readonly Place[] {
  return resource.resource.type === POLICY_DOCUMENT
    ? [resource.get('json')]
    : (HOLDERS[resource.resource.type]?.(resource) ?? [])
}

/**
 * What a policy document is for: one that an identity's policy is made of is judged there, and one that nothing or only
 * a module uses is judged by itself.
 */
export function useOf(document: Resource, estate: Estate): 'identity' | 'other' | 'none' {
  let other = false
  for (const user of estate.resources) {
    if (user.kind !== 'terraform' || user.root !== document.root || user.type === POLICY_DOCUMENT) continue
    const policies = HOLDERS[user.type]?.(Place.of(user)) ?? []
    if (policies.some(({ value }) => value !== undefined && mentions(value, document))) return 'identity'
    if (user.type !== 'module' && mentions(user.value, document)) other = true
  }
  return other ? 'other' : 'none'
}
