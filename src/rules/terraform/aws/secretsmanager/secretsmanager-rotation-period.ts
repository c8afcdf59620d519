import { decide } from '../../../../resources/place.ts'
import { defineRule, pass, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'

const MAX_DAYS = 90

export default defineRule({
  id: 'secretsmanager-rotation-period',
  title: 'Secrets are rotated within 90 days',
  severity: 'low',
  severityReason: 'A secret that leaked keeps working for longer; it takes the leak first.',
  controls: ['IA-5', 'SC-12'],
  sameAs: ['checkov:CKV_AWS_304'],
  kind: 'terraform',
  resources: ['aws_secretsmanager_secret_rotation'],
  messages: { slow: 'This secret is rotated less often than every 90 days.' },
  remediation: 'Set `automatically_after_days` to 90 or less, or a `schedule_expression` that comes round as often.',
  *check(rotation, { estate }) {
    const at = rotation.get('rotation_rules', 'automatically_after_days')
    const schedule = rotation.get('rotation_rules', 'schedule_expression')
    if (at.absent && !schedule.absent) {
      const often = decide(schedule.string(), (text) => text !== undefined && comesRound(text))
      const isRate = decide(schedule.string(), (text) => text?.startsWith('rate') === true)
      if (often === 'yes') yield pass('the schedule comes round often enough')
      else if (often === 'no' && isRate === 'yes') yield { at: schedule, message: 'slow' }
      else yield undecided(schedule, 'how often the schedule comes round is not known')
      return
    }
    const holds = (days: number | undefined) => days !== undefined && days <= MAX_DAYS
    yield* withFix(requireAttribute({ at, reading: at.number(), holds, message: 'slow' }), () =>
      setFix(estate, at, {
        fixer: 'secrets-management',
        rank: 'C',
        title: `Rotate the secret every ${MAX_DAYS} days`,
        minutes: 15,
        reason: 'a change of the schedule rotates the secret at once, and programs that keep it in memory fail',
        value: MAX_DAYS,
      }),
    )
  },
})

/** `rate(30 days)`, or a cron line that names no months. */
function comesRound(schedule: string): boolean {
  const rate = /^rate\((\d+)\s+(hour|day)s?\)$/.exec(schedule.trim())
  if (rate !== null) return Number(rate[1]) * (rate[2] === 'day' ? 1 : 1 / 24) <= MAX_DAYS
  const [, , , , month, , year] = /^cron\((\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\)$/.exec(schedule.trim()) ?? []
  return month === '*' && year === '*'
}
