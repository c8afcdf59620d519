import { publicIngressRule, single } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-public-ssh',
  title: 'SSH is not open to the internet',
  severity: 'high',
  severityReason:
    'Within minutes anyone can try passwords, leaked keys and the next sshd flaw on every host behind the group; it takes ' +
    'one of these to get in, so it is not critical by itself.',
  controls: ['AC-17', 'SC-7', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_24', 'trivy:AWS-0107'],
  guarded: [single('SSH', 22)],
  message: 'Anyone on the internet ({cidr}) can reach {ports}.',
  remediation:
    'Name the networks that administrators come from, or close the port and use Systems Manager Session Manager or EC2 ' +
    'Instance Connect Endpoint.',
})
