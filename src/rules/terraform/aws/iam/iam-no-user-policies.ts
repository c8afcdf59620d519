import { defineRule, undecided } from '../../../rule.ts'

export default defineRule({
  id: 'iam-no-user-policies',
  title: 'Users get their rights through groups or roles',
  severity: 'low',
  severityReason:
    'Nothing is open by this alone; rights given one by one are forgotten when people change jobs, and a stolen user keeps them.',
  controls: ['AC-2', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_40', 'trivy:AWS-0143'],
  kind: 'terraform',
  resources: ['aws_iam_user_policy', 'aws_iam_user_policy_attachment', 'aws_iam_policy_attachment'],
  messages: { toUser: 'This gives rights to a user directly.' },
  remediation: 'Attach the policy to a group that the user is in, or better to a role that they assume.',
  *check(attachment) {
    if (attachment.resource.type !== 'aws_iam_policy_attachment') {
      const user = attachment.get('user')
      yield { at: user, message: 'toUser' }
      return
    }
    const users = attachment.get('users')
    if (users.absent) return
    if (users.items().length > 0) yield { at: users, message: 'toUser' }
    else if (users.mayHaveMore()) yield undecided(users)
  },
})
