import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'ec2-instance-no-public-ip',
  title: 'Instances get no public addresses',
  severity: 'medium',
  severityReason:
    'The host can be reached from the internet past every load balancer and firewall, as far as its security group lets it; ' +
    'with a closed group nobody can.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_88'],
  resources: ['aws_instance', 'aws_launch_template'],
  path: ['associate_public_ip_address', 'network_interfaces.*.associate_public_ip_address'],
  wanted: false,
  message: 'This instance is given a public address (`associate_public_ip_address`).',
  remediation:
    'Set `associate_public_ip_address = false`, put the instance into a private subnet behind a load balancer, and administer ' +
    'it with Systems Manager.',
  fix: ({ resource }) =>
    resource.type === 'aws_instance'
      ? {
          fixer: 'ec2',
          rank: 'B',
          title: 'Give the instance no public address',
          minutes: 60,
          reason: 'the instance is replaced, and without NAT or endpoints it has no way out',
          value: false,
        }
      : {
          fixer: 'ec2',
          rank: 'C',
          title: 'Give new instances no public address',
          minutes: 30,
          reason: 'instances started from the new version have no way out unless there is NAT or an endpoint',
          value: false,
        },
})
