import { decide } from '../../../../resources/place.ts'
import { notApplicable } from '../../../rule.ts'
import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'alb-target-group-https',
  title: 'Load balancers speak HTTPS to their targets',
  severity: 'low',
  severityReason:
    'Inside the VPC only somebody who has taken over a host or a mirror session there can listen in, and reads decrypted ' +
    'requests then.',
  controls: ['SC-8'],
  sameAs: ['checkov:CKV_AWS_378'],
  resources: ['aws_lb_target_group', 'aws_alb_target_group'],
  path: 'protocol',
  read: (at) => at.string(),
  holds: (protocol) => protocol?.toUpperCase() !== 'HTTP',
  bad: ['HTTP'],
  message: 'The load balancer passes requests on to these targets as plain HTTP.',
  remediation:
    'Give the targets a certificate (a self-signed one will do, it is not verified) and set `protocol = "HTTPS"` and their port.',
  exempt: (group) =>
    decide(group.get('target_type').string(), (type) => type === 'lambda') === 'yes'
      ? notApplicable('Lambda functions are invoked, not connected to')
      : undefined,
})
