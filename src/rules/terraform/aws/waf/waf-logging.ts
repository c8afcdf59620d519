import { defineRule } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenModuleWith } from '../../../shared/terraform-hidden-modules.ts'

export default defineRule({
  id: 'waf-logging',
  title: 'Web ACLs log what they see',
  severity: 'low',
  severityReason:
    'Attacks are blocked in any case, but nobody learns of them, and false alarms cannot be told from real ones.',
  controls: ['AU-2', 'AU-12', 'SI-4'],
  sameAs: ['checkov:CKV2_AWS_31'],
  kind: 'terraform',
  resources: ['aws_wafv2_web_acl'],
  messages: { missing: 'Nothing logs the requests that this web ACL counts and blocks.' },
  remediation:
    'Add an `aws_wafv2_web_acl_logging_configuration` with a log group, bucket or stream whose name begins with ' +
    '`aws-waf-logs-`, and redact the authorization header and cookies.',
  *check(acl, context) {
    const { certain, possible } = context.companions('aws_wafv2_web_acl_logging_configuration', 'resource_arn', [
      'arn',
      'id',
    ])
    const hidden = certain.length > 0 ? undefined : hiddenModuleWith(acl.resource, context.estate)
    yield* requireSetting({ certain, possible: hidden === undefined ? possible : [...possible, hidden] }, () => [], {
      at: acl,
      message: 'missing',
    })
  },
})
