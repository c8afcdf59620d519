import type { Place } from '../../../../resources/place.ts'
import { defineRule } from '../../../rule.ts'
import { requireSetting } from '../../../shared/terraform-companions.ts'
import { hiddenModuleWith } from '../../../shared/terraform-hidden-modules.ts'
import { requireFlag } from '../../../shared/terraform-validation.ts'

export default defineRule({
  id: 'redshift-logging',
  title: 'Redshift clusters log connections and users',
  severity: 'low',
  severityReason: 'Who signed in and what was asked cannot be told afterwards; nothing becomes reachable.',
  controls: ['AU-2', 'AU-12'],
  sameAs: ['checkov:CKV_AWS_71'],
  kind: 'terraform',
  resources: ['aws_redshift_cluster'],
  messages: { off: 'Nobody can tell who used this warehouse: logging is off.' },
  remediation:
    'Add an `aws_redshift_logging` for the cluster, to CloudWatch or to a bucket, and set ' +
    '`enable_user_activity_logging` in its parameter group.',
  *check(cluster, { companions, estate }) {
    const { certain, possible } = companions('aws_redshift_logging', 'cluster_identifier', ['cluster_identifier', 'id'])
    const inline = cluster.get('logging')
    const blocks = inline.items().length === 0 && inline.mayHaveMore() ? [inline] : inline.items()
    const hidden = hiddenModuleWith(cluster.resource, estate)
    yield* requireSetting(
      {
        certain: [...certain, ...blocks.filter((block) => block.certain && block.unknown === undefined)],
        possible: [
          ...possible,
          ...blocks.filter((block) => !block.certain || block.unknown !== undefined),
          ...(hidden === undefined ? [] : [hidden]),
        ],
      },
      isOn,
      { at: cluster, message: 'off' },
    )
  },
})

function* isOn(setting: Place) {
  // A resource of its own is always on.
  if (setting.path.length > 0)
    yield* requireFlag({ at: setting.get('enable'), wanted: true, fallback: false, message: 'off' as const })
}
