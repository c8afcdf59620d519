import { decide } from '../../../../resources/place.ts'
import { defineRule, notApplicable, pass } from '../../../rule.ts'

/** AWS's own policy that takes everything away. */
const DENY_ALL = /^arn:aws[a-z-]*:iam::aws:policy\/AWSDenyAll$/

export default defineRule({
  id: 'iam-no-users',
  title: 'People and programs sign in through roles, not as IAM users',
  severity: 'low',
  severityReason:
    'A user is open to nobody by itself, but its password and keys live until somebody remembers them, outside of the ' +
    'directory that people are removed from when they leave.',
  controls: ['AC-2', 'IA-2'],
  sameAs: ['checkov:CKV_AWS_273'],
  kind: 'terraform',
  resources: ['aws_iam_user'],
  messages: { user: 'This is an IAM user with credentials of its own.' },
  remediation:
    'Let people in through IAM Identity Center, programs on AWS through their role, pipelines through OIDC. Give a reason ' +
    'where a vendor leaves no other way, or list the user in `rules.iam-no-users.params.allowed`.',
  *check(user, { params, companions }) {
    const name = user.get('name').string()
    if (name.kind === 'known' && Array.isArray(params.allowed) && params.allowed.includes(name.value)) {
      return yield notApplicable('the configuration lists it as an exception')
    }
    const denied = companions('aws_iam_user_policy_attachment', 'user', ['name', 'id']).certain.some(
      (attachment) => decide(attachment.get('policy_arn').string(), (arn) => DENY_ALL.test(arn ?? '')) === 'yes',
    )
    if (denied) yield pass('it is denied everything')
    else yield { at: user, message: 'user' }
  },
})
