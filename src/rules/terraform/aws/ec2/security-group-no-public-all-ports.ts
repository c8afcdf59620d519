import { publicIngressRule } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-public-all-ports',
  title: 'No ingress rule opens every port to the internet',
  severity: 'critical',
  severityReason:
    'Whatever listens behind the group is reachable, databases and agents without authentication included, now and for ' +
    'everything that is installed later.',
  controls: ['AC-4', 'SC-7', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_277', 'trivy:AWS-0107'],
  guarded: [{ name: 'every port', low: 1, high: 65_535, protocols: ['tcp', 'udp'] }],
  message: 'Anyone on the internet ({cidr}) can reach {ports}.',
  remediation: 'Write one rule for each port that must be reached, with its protocol and the networks it is for.',
})
