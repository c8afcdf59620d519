import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { permissionSource } from './permission-source.ts'

export default defineRule({
  id: 'lambda-permission-source',
  title: 'A service may call a function only for a named source',
  severity: 'medium',
  severityReason:
    "Anybody's bucket, topic or API makes the service call the function with data of their choosing: the confused deputy. What " +
    'that gives depends on what the function does.',
  controls: ['AC-3', 'AC-6'],
  sameAs: ['checkov:CKV_AWS_364', 'trivy:AWS-0067'],
  kind: 'terraform',
  resources: ['aws_lambda_permission'],
  messages: {
    anySource: '{service} may call this function for everybody: neither source_arn nor source_account is set.',
  },
  remediation:
    'Set `source_arn` to the ARN of what triggers the function; for S3, whose ARNs name no account, `source_account` as well.',
  *check(permission) {
    const principal = permission.get('principal')
    const reading = principal.string()
    const service = decide(reading, (name) => /\.amazonaws\.com(?:\.cn)?$/.test(name ?? ''))
    if (service === 'no') return
    const source = permissionSource(permission)
    if (source === 'yes') yield pass('the source is named')
    else if (source === 'unknown') yield undecided(permission.get('source_arn'))
    else if (service === 'unknown') yield undecided(principal)
    else
      yield {
        at: principal,
        message: 'anySource',
        data: { service: reading.kind === 'known' ? reading.value : 'The service' },
      }
  },
})
