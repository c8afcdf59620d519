import { defineRule, pass } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { isThere, requirePresence } from '../../../shared/terraform-settings.ts'

export default defineRule({
  id: 'cloudfront-access-logging',
  title: 'CloudFront distributions log their requests',
  severity: 'low',
  severityReason:
    'Nobody gains access by this; after an incident, though, nobody can say who asked for what, as the origin sees only ' +
    'CloudFront.',
  controls: ['AU-2', 'AU-3', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_86', 'trivy:AWS-0010'],
  kind: 'terraform',
  resources: ['aws_cloudfront_distribution'],
  messages: { missing: 'Requests to this distribution are not logged.' },
  remediation:
    'Add `logging_config` with a bucket kept for logs, or deliver the logs with an `aws_cloudwatch_log_delivery_source` of ' +
    'the distribution.',
  *check(distribution, context) {
    const at = distribution.get('logging_config')
    const standard = isThere(at)
    if (standard === 'yes') return
    const delivery = context.companions('aws_cloudwatch_log_delivery_source', 'resource_arn', ['arn'])
    if (delivery.certain.length > 0) yield pass('its logs are delivered by CloudWatch')
    else if (standard === 'unknown') yield* requirePresence(at, { at, message: 'missing' })
    else yield* requireSetting(delivery, () => [], { at, message: 'missing' })
  },
})
