import { settingRule } from '../../../shared/terraform-settings.ts'

export default settingRule({
  id: 'elb-listener-tls',
  title: 'Classic load balancers take HTTPS instead of HTTP',
  severity: 'high',
  severityReason:
    'Whoever shares a network with the user reads and changes every request, session cookies included; it takes that ' +
    'position, so it is not critical.',
  controls: ['SC-8', 'SC-23'],
  sameAs: ['checkov:CKV_AWS_376'],
  resources: ['aws_elb'],
  path: 'listener.*.lb_protocol',
  read: (at) => at.string(),
  // TCP passes packets on, TLS among them.
  holds: (protocol) => protocol?.toLowerCase() !== 'http',
  bad: ['http', 'HTTP'],
  message: 'This listener of the load balancer takes plain HTTP.',
  remediation:
    'Set `lb_protocol = "https"`, `lb_port = 443` and an ACM certificate. A classic load balancer cannot redirect: an ' +
    'application load balancer in its place can.',
})
