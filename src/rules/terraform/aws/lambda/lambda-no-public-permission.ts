import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { permissionSource } from './permission-source.ts'

export default defineRule({
  id: 'lambda-no-public-permission',
  title: 'A function is not open to everybody',
  severity: 'high',
  severityReason:
    'Every AWS account in the world calls the function with data of its choosing, and we pay for it; what else it gives ' +
    'depends on the function.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_301'],
  kind: 'terraform',
  resources: ['aws_lambda_permission'],
  messages: { public: 'Anybody may call this function.' },
  remediation:
    'Name the account, role or service in `principal`; or narrow it by `source_arn`, `source_account` or `principal_org_id`. For a ' +
    'public address put an API with throttling and authorisation in front.',
  *check(permission) {
    const principal = permission.get('principal')
    const everybody = decide(principal.string(), (name) => name === '*')
    if (everybody === 'no') return
    const source = permissionSource(permission)
    if (source === 'yes') yield pass('the source is named')
    else if (source === 'unknown') yield undecided(permission.get('source_arn'))
    else if (everybody === 'unknown') yield undecided(principal)
    else yield { at: principal, message: 'public' }
  },
})
