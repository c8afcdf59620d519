import { attribute, block } from '../../../../edit/hcl/index.ts'
import { decide } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { addBlockTo } from '../../../shared/terraform-block-fixes.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'

const NAME = 'containerInsights'
const SETTING = block('setting', [attribute('name', NAME), attribute('value', 'enabled')])
const FIX = {
  fixer: 'ecs',
  rank: 'D',
  title: 'Switch container insights on (metrics of every task are charged)',
  minutes: 2,
} as const

export default defineRule({
  id: 'ecs-container-insights',
  title: 'Container insights is on for ECS clusters',
  severity: 'info',
  severityReason: 'It helps to see what tasks do, an attack among other things; nothing is open without it.',
  controls: ['SI-4', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_65', 'trivy:AWS-0034'],
  kind: 'terraform',
  resources: ['aws_ecs_cluster'],
  messages: { off: 'Container insights is off for this cluster.' },
  remediation: 'Add `setting { name = "containerInsights", value = "enabled" }`, or `"enhanced"`.',
  *check(cluster, { estate }) {
    const settings = cluster.get('setting')
    const items = settings.items()
    const own = items.find((item) => decide(item.get('name').string(), (name) => name === NAME) === 'yes')
    if (own !== undefined) {
      const at = own.get('value')
      const holds = (value: string | undefined) => value === 'enabled' || value === 'enhanced'
      yield* withFix(requireAttribute({ at, reading: at.string(), holds, message: 'off' }), () =>
        setFix(estate, at, { ...FIX, value: 'enabled' }),
      )
    } else if (
      settings.mayHaveMore() ||
      items.some((item) => !item.certain || item.get('name').unknown !== undefined)
    ) {
      yield undecided(settings, 'the cluster may have more settings')
    } else {
      yield { at: cluster, message: 'off', fix: { ...FIX, edits: addBlockTo(estate, cluster, SETTING) } }
    }
  },
})
