import { managedPolicyRule } from '../../../shared/terraform-iam-managed-policies.ts'

export default managedPolicyRule({
  id: 'iam-no-administrator-access',
  title: 'Nobody is given AdministratorAccess',
  policy: 'AdministratorAccess',
  severity: 'high',
  severityReason:
    'Whoever steals this identity owns the account, its data, logs and backups; it takes that identity first, so it is not ' +
    'critical by itself.',
  controls: ['AC-3', 'AC-5', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_274'],
  messages: { attached: 'This attaches AdministratorAccess: every action on every resource.' },
  remediation:
    'Attach a policy with the actions that the job needs. Keep administration for a role that people take on for a short ' +
    'time, with a second factor.',
})
