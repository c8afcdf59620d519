import { attribute, block } from '../../../../edit/hcl/index.ts'
import { decide } from '../../../../resources/place.ts'
import { defineRule, undecided } from '../../../rule.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { addBlockTo } from '../../../shared/terraform-block-fixes.ts'
import { setFix, withFix } from '../../../shared/terraform-fixes.ts'

const NAME = 'require_ssl'
const PARAMETER = block('parameter', [attribute('name', NAME), attribute('value', 'true')])
const FIX = {
  fixer: 'redshift',
  rank: 'C',
  title: 'Refuse connections without TLS',
  minutes: 30,
  reason: 'clients that connect without TLS are shut out, and the cluster has to be restarted',
} as const

export default defineRule({
  id: 'redshift-require-ssl',
  title: 'Redshift refuses connections without TLS',
  severity: 'medium',
  severityReason:
    'Passwords and results pass in the clear between client and warehouse; reading them takes a foothold in the ' +
    'network.',
  controls: ['SC-8', 'SC-13'],
  sameAs: ['checkov:CKV_AWS_105'],
  kind: 'terraform',
  resources: ['aws_redshift_parameter_group'],
  messages: { plain: 'Clusters with these parameters accept connections without TLS (`require_ssl`).' },
  remediation: 'Set the parameter `require_ssl` to true, and restart the clusters.',
  *check(group, { estate }) {
    const parameters = group.get('parameter')
    const own = parameters.items().find((item) => {
      const name = item.get('name').string()
      return name.kind === 'known' && name.value === NAME
    })
    if (own !== undefined) {
      const at = own.get('value')
      const holds = (value: string | undefined) => value?.toLowerCase() === 'true'
      const outcomes = requireAttribute({ at, reading: at.string(), holds, message: 'plain' })
      yield* withFix(outcomes, () => setFix(estate, at, { ...FIX, value: 'true' }))
      return
    }
    // The family redshift-2.0 demands TLS by itself.
    const demanded = decide(group.get('family').string(), (family) => family === 'redshift-2.0')
    if (demanded === 'yes') return
    if (demanded === 'unknown') yield undecided(group.get('family'))
    else if (
      parameters.mayHaveMore() ||
      parameters.items().some((item) => !item.certain || item.get('name').unknown !== undefined)
    )
      yield undecided(parameters, 'the group may have more parameters')
    else yield { at: group, message: 'plain', fix: { ...FIX, edits: addBlockTo(estate, group, PARAMETER) } }
  },
})
