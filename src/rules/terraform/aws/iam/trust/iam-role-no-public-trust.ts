import { defineRule } from '../../../../rule.ts'
import { concerns, judgeStatements } from '../../../../shared/terraform-iam-trust.ts'
import { judgePublic } from '../../../../shared/terraform-iam-public.ts'

export default defineRule({
  id: 'iam-role-no-public-trust',
  title: 'A role says who may assume it',
  severity: 'critical',
  severityReason:
    'Everybody with an AWS account of their own takes the role with one call, once they know or guess its name; nothing ' +
    'has to be stolen first.',
  controls: ['AC-3', 'AC-6', 'IA-9'],
  sameAs: ['checkov:CKV_AWS_60'],
  kind: 'terraform',
  resources: ['aws_iam_role'],
  messages: { public: 'Anybody with an AWS account may use {actions} on {what}.' },
  remediation:
    'Name the roles, accounts or services that assume it. An external id is no substitute: it is not a secret. To let a ' +
    'whole organisation in, add a condition on aws:PrincipalOrgID.',
  *check(role) {
    yield* judgeStatements(role.get('assume_role_policy'), function* (statement, all) {
      if (concerns(statement, 'sts:AssumeRole', 'sts:AssumeRoleWithWebIdentity', 'sts:AssumeRoleWithSAML') === 'no')
        return
      yield* judgePublic(statement, all, 'this role')
    })
  },
})
