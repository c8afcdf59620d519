import { defineRule } from '../../../rule.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'cloudtrail-log-file-validation',
  title: 'CloudTrail signs its log files',
  severity: 'medium',
  severityReason:
    'Whoever can write to the bucket can take their traces out of the logs and nobody can prove it; it takes write access ' +
    'to the bucket first.',
  controls: ['AU-9', 'SI-7'],
  sameAs: ['checkov:CKV_AWS_36', 'trivy:AWS-0016'],
  kind: 'terraform',
  resources: ['aws_cloudtrail'],
  messages: { off: 'Log files of this trail can be changed without a trace: no digests are written.' },
  remediation: 'Set `enable_log_file_validation = true`, and check with `aws cloudtrail validate-logs`.',
  *check(trail, { estate }) {
    const at = trail.get('enable_log_file_validation')
    yield* withFix(requireFlag({ at, wanted: true, fallback: false, message: 'off' }), () =>
      setFix(estate, at, {
        fixer: 'cloudtrail',
        rank: 'E',
        title: 'Write digests of the log files',
        minutes: 1,
        value: true,
      }),
    )
  },
})
