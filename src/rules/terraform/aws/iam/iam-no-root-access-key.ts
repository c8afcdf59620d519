import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'

export default defineRule({
  id: 'iam-no-root-access-key',
  title: 'The root user has no access key',
  severity: 'critical',
  severityReason: 'The key is the whole account, no policy can limit it, and its secret lies in the Terraform state.',
  controls: ['AC-6', 'IA-2', 'IA-5'],
  sameAs: ['checkov:CKV_AWS_348', 'trivy:AWS-0141'],
  kind: 'terraform',
  resources: ['aws_iam_access_key'],
  messages: { root: 'This makes an access key of the root user.' },
  remediation:
    'Delete the key, and the resource; use a role. Keep the root user for the few tasks that need it, with a hardware key.',
  *check(key) {
    const user = key.get('user')
    const verdict = decide(user.string(), (name) => /^(?:root|<root_account>)$/i.test(name ?? ''))
    if (verdict === 'yes') yield { at: user, message: 'root' }
    else if (verdict === 'no') return
    else if (user.unknown?.refs?.some(({ address }) => address.includes('aws_iam_user.')) === true) {
      yield pass('it is the key of a declared user')
    } else yield undecided(user)
  },
})
