import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'ecs-service-no-public-ip',
  title: 'ECS tasks get no public addresses',
  severity: 'medium',
  severityReason:
    'Each task can be reached from the internet past the load balancer and its firewall, as far as its security group lets ' +
    'it; with a closed group nobody can.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_333'],
  resources: ['aws_ecs_service'],
  path: 'network_configuration.assign_public_ip',
  wanted: false,
  message: 'The tasks of this service get public addresses (`assign_public_ip`).',
  remediation:
    'Set `assign_public_ip = false` and run the tasks in private subnets with a NAT gateway or VPC endpoints for what they call.',
  fix: {
    fixer: 'ecs',
    rank: 'B',
    title: 'Give the tasks no public addresses',
    minutes: 60,
    reason: 'in a subnet without NAT or endpoints the tasks can no longer fetch their image, and do not start',
    value: false,
  },
})
