import type { IamAction } from '../../../../resources/aws/iam-actions.ts'
import { reportActions } from '../../../shared/terraform-iam-concerns.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/** Lets a service write logs somewhere, or only reads, whatever AWS counts it as: gives nobody access to anything. */
const GIVES_NOTHING = /:(?:AllowVendedLogDelivery|Get|List|Describe)/
/** AWS counts it as writing; but passing a role is giving away what the role may do. */
const PASS_ROLE = 'iam:PassRole'

/** Who may do what, decided for every resource. What takes no resource cannot be limited, and is left alone. */
export const permissionsManagement: PolicyConcern<'permissions'> = {
  severity: 'high',
  severityReason:
    'Whoever steals this identity opens buckets, keys or roles to themselves or to the world, and keeps a way back in; it ' +
    'takes that identity first.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  messages: { permissions: '{actions} changes who may do what, on every resource.' },
  remediation:
    'Keep such actions for the identity that deploys, name the resources, and bound what it can give (a permissions ' +
    'boundary, iam:PassedToService).',
  *judge(policy) {
    yield* reportActions(policy, {
      reach: 'service',
      wanted: changesPermissions,
      message: 'permissions',
    })
  },
}

function changesPermissions({ level, name, takesResource }: IamAction): boolean {
  return (level === 'permissions' && takesResource && !GIVES_NOTHING.test(name)) || name === PASS_ROLE
}
