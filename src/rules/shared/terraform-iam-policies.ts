import type { Place } from '../../resources/place.ts'

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
