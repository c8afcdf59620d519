import { decide, Place } from '../../../../resources/place.ts'
import { notApplicable } from '../../../rule.ts'
import type { Exemption, SettingFix } from '../../../shared/terraform-settings.ts'
import { attribute } from '../../../../edit/hcl/index.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'config-recorder-all-resources',
  title: 'AWS Config records all types of resources',
  severity: 'low',
  severityReason: 'What is not recorded changes without a trace, IAM first of all; nobody gains access by that.',
  controls: ['CM-3', 'CM-8', 'AU-2'],
  sameAs: ['checkov:CKV2_AWS_48'],
  resources: ['aws_config_configuration_recorder'],
  path: ['recording_group.all_supported', 'recording_group.include_global_resource_types'],
  read: (at) => {
    // All regional types are recorded unless something else is said.
    if (at.absent && at.path.at(-1) === 'all_supported') return { kind: 'known', value: true }
    return at.bool()
  },
  holds: (value) => value === true,
  bad: [false],
  message: 'This recorder leaves out some types of resources.',
  remediation:
    'Set `all_supported = true` and `include_global_resource_types = true` in `recording_group`; global ones (IAM) in one ' +
    'region are enough.',
  exempt: globalsElsewhere,
  fix: fixOf,
})

/** IAM is the same in all regions, so AWS advises one recorder to record it, and the others not to. */
function globalsElsewhere(...[recorder, { estate }]: Parameters<Exemption>): ReturnType<Exemption> {
  const { resource } = recorder
  if (resource.kind !== 'terraform' || !records(recorder, 'all_supported', true)) return undefined
  const others = estate
    .terraform(resource.type, resource.root)
    .filter((other) => other.address !== resource.address && !other.dormant)
  return others.some((other) => records(Place.of(other), 'include_global_resource_types', false))
    ? notApplicable('another recorder records the global types, which is enough for all regions')
    : undefined
}

function records(recorder: Place, what: string, fallback: boolean): boolean {
  return decide(recorder.get('recording_group', what).bool(), (value) => value ?? fallback) === 'yes'
}

/** Lists of types exclude the switches; giving them up is for people. */
function fixOf(at: Place): SettingFix | undefined {
  const group = at.parent
  const listed = ['resource_types', 'exclusion_by_resource_types'].some((name) => group?.get(name).absent === false)
  if (listed) return undefined
  return {
    fixer: 'config',
    rank: 'D',
    title: 'Record all types of resources (more changes are charged for)',
    minutes: 5,
    value: true,
    beside: [attribute('all_supported', true)],
  }
}
