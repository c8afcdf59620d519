import { managedPolicyRule } from '../../../shared/terraform-iam-managed-policies.ts'

export default managedPolicyRule({
  id: 'iam-no-iam-full-access',
  title: 'Nobody is given IAMFullAccess',
  policy: 'IAMFullAccess',
  severity: 'high',
  severityReason:
    'The holder makes an administrator of themselves with one call; it takes that identity first, so it is not critical by ' +
    'itself.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV2_AWS_56'],
  messages: { attached: 'This attaches IAMFullAccess, by which the holder can become an administrator.' },
  remediation:
    'Attach a policy with the IAM actions that the job needs, on named roles, bound by a permissions boundary.',
})
