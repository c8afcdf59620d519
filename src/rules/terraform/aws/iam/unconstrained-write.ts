import type { IamAction } from '../../../../resources/aws/iam-actions.ts'
import { reportStatements } from '../../../shared/terraform-iam-concerns.ts'
import type { PolicyConcern } from '../../../shared/terraform-iam-rules.ts'

/** Changes to whatever there is. What takes no resource cannot be limited, and is left alone. */
export const unconstrainedWrite: PolicyConcern<'write'> = {
  severity: 'medium',
  severityReason:
    'A stolen identity, or a mistake, changes or deletes resources that have nothing to do with the job; backups and other ' +
    'controls may still save them.',
  controls: ['AC-3', 'AC-6'],
  messages: { write: 'Nothing limits what can be changed: {actions} on every resource, without a condition.' },
  remediation: 'Name the ARNs, or limit the statement by a condition such as aws:ResourceTag or aws:PrincipalTag.',
  *judge(policy) {
    yield* reportStatements(policy, {
      reach: 'everything',
      wanted: isWrite,
      message: 'write',
    })
  },
}

function isWrite({ level, takesResource }: IamAction): boolean {
  return level === 'write' && takesResource
}
