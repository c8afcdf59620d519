import { defineRule } from '../../../rule.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'cloudtrail-enabled',
  title: 'CloudTrail trails are switched on',
  severity: 'high',
  severityReason:
    'A trail that is declared and switched off records nothing, which is also what an attacker does first; it opens no door ' +
    'by itself.',
  controls: ['AU-2', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_251'],
  kind: 'terraform',
  resources: ['aws_cloudtrail'],
  messages: { off: 'This trail is switched off (`enable_logging = false`): no API call is recorded.' },
  remediation: 'Set `enable_logging = true`, or remove the line: true is the default.',
  *check(trail, { estate }) {
    const at = trail.get('enable_logging')
    yield* withFix(requireFlag({ at, wanted: true, fallback: true, message: 'off' }), () =>
      setFix(estate, at, { fixer: 'cloudtrail', rank: 'D', title: 'Switch the trail on', minutes: 5, value: true }),
    )
  },
})
