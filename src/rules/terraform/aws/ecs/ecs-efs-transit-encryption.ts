import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'ecs-efs-transit-encryption',
  title: 'ECS tasks encrypt what they send to EFS',
  severity: 'medium',
  severityReason:
    'Files cross the VPC in clear text; only somebody who has taken over a host or a mirror session there can listen in.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_97', 'trivy:AWS-0035'],
  resources: ['aws_ecs_task_definition'],
  path: 'volume.*.efs_volume_configuration.*.transit_encryption',
  read: (at) => at.string(),
  holds: (value) => value === 'ENABLED',
  bad: ['DISABLED', null],
  message: 'This task reads and writes its EFS volume over the network in clear text.',
  remediation: 'Set `transit_encryption = "ENABLED"` in `efs_volume_configuration`.',
  fix: {
    fixer: 'ecs',
    rank: 'D',
    title: 'Encrypt the traffic to EFS (a new revision of the task definition)',
    minutes: 10,
    value: 'ENABLED',
  },
})
