import { flagRule } from '../../../shared/terraform-settings.ts'

export default flagRule({
  id: 'launch-configuration-no-public-ip',
  title: 'Launch configurations give no public addresses',
  severity: 'medium',
  severityReason:
    'Every host of the group can be reached from the internet past the load balancer, as far as its security group lets it; ' +
    'with a closed group nobody can.',
  controls: ['AC-4', 'SC-7'],
  sameAs: ['checkov:CKV_AWS_389', 'trivy:AWS-0009'],
  resources: ['aws_launch_configuration'],
  path: 'associate_public_ip_address',
  wanted: false,
  message: 'Instances from this launch configuration are given public addresses.',
  remediation:
    'Set `associate_public_ip_address = false` and run the group in private subnets; better move to a launch template.',
  fix: {
    fixer: 'ec2',
    rank: 'B',
    title: 'Give the instances no public addresses',
    minutes: 60,
    reason: 'the launch configuration is replaced, and without NAT or endpoints its instances have no way out',
    value: false,
  },
})
