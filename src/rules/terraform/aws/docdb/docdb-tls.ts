import { defineRule, notApplicable, undecided } from '../../../rule.ts'
import { decide } from '../../../../resources/place.ts'
import { requireAttribute } from '../../../shared/terraform-attributes.ts'
import { withFix } from '../../../shared/terraform-fixes.ts'
import { settingFix } from '../../../shared/terraform-settings.ts'
import { refuses } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'docdb-tls',
  title: 'DocumentDB clusters take TLS connections only',
  severity: 'medium',
  severityReason:
    'Passwords and documents cross the VPC in clear text; only somebody who has taken over a host or a mirror session there ' +
    'can listen in.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_90'],
  kind: 'terraform',
  resources: ['aws_docdb_cluster_parameter_group'],
  messages: { off: 'This parameter group switches TLS off.' },
  remediation: 'Set the parameter `tls` to `enabled`, or leave it out: that is the default.',
  *check(group, { estate }) {
    const parameters = group.get('parameter')
    for (const parameter of parameters.items()) {
      const name = decide(parameter.get('name').string(), (value) => value === 'tls')
      const at = parameter.get('value')
      const holds = (value: string | undefined): boolean => value !== 'disabled'
      if (name === 'no' || refuses(at, 'disabled')) continue
      if (name === 'unknown') {
        if (decide(at.string(), holds) !== 'yes') yield undecided(parameter.get('name'))
        continue
      }
      yield* withFix(requireAttribute({ at, reading: at.string(), holds, message: 'off' }), () =>
        settingFix(estate, at, {
          fixer: 'docdb',
          rank: 'C',
          title: 'Require TLS',
          minutes: 30,
          reason: 'it takes a restart of the instances, and clients without the certificate authority fail afterwards',
          value: 'enabled',
        }),
      )
    }
    if (parameters.mayHaveMore()) yield undecided(parameters, 'there may be more parameters than can be read')
    if (parameters.absent) yield notApplicable('the group sets no parameter')
  },
})
