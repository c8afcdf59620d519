import { defineRule } from '../../../rule.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'cloudtrail-multi-region',
  title: 'CloudTrail trails cover all regions',
  severity: 'medium',
  severityReason:
    'An attacker with credentials works in a region that nobody looks at, and nothing is recorded there; it takes the ' +
    'credentials first.',
  controls: ['AU-2', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_67', 'trivy:AWS-0014'],
  kind: 'terraform',
  resources: ['aws_cloudtrail'],
  messages: { oneRegion: 'This trail records its own region only.' },
  remediation: 'Set `is_multi_region_trail = true`; one trail for all regions replaces one trail for each.',
  *check(trail, { estate }) {
    const at = trail.get('is_multi_region_trail')
    yield* withFix(requireFlag({ at, wanted: true, fallback: false, message: 'oneRegion' }), () =>
      setFix(estate, at, {
        fixer: 'cloudtrail',
        rank: 'D',
        title: 'Record all regions (more events are stored; trails of single regions become duplicates)',
        minutes: 5,
        value: true,
      }),
    )
  },
})
