import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'config-aggregator-all-regions',
  title: 'AWS Config aggregators collect from all regions',
  severity: 'medium',
  severityReason:
    'An attacker with credentials works in a region that nobody looks at, and it is missing from the overview; it takes the ' +
    'credentials first.',
  controls: ['CM-8', 'AU-2', 'SI-4'],
  sameAs: ['checkov:CKV_AWS_121', 'trivy:AWS-0019'],
  resources: ['aws_config_configuration_aggregator'],
  path: ['account_aggregation_source.*.all_regions', 'organization_aggregation_source.*.all_regions'],
  wanted: true,
  message: 'This aggregator collects from some regions only.',
  remediation: 'Set `all_regions = true` in place of `regions`.',
  fix: (at) =>
    at.parent?.get('regions').absent === true
      ? {
          fixer: 'config',
          rank: 'D',
          title: 'Collect from all regions',
          minutes: 5,
          value: true,
        }
      : undefined,
})
