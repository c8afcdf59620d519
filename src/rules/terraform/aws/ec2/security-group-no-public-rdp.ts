import { publicIngressRule, single } from '../../../shared/terraform-security-groups.ts'

export default publicIngressRule({
  id: 'security-group-no-public-rdp',
  title: 'Remote Desktop is not open to the internet',
  severity: 'high',
  severityReason:
    'Remote Desktop is the usual first step of ransomware: passwords are tried around the clock and flaws have spread from ' +
    'host to host by themselves. It still takes a password or a flaw, so it is not critical by itself.',
  controls: ['AC-17', 'SC-7', 'CM-7'],
  sameAs: ['checkov:CKV_AWS_25', 'trivy:AWS-0107'],
  guarded: [single('Remote Desktop', 3389, 'tcp', 'udp')],
  message: 'Anyone on the internet ({cidr}) can reach {ports}.',
  remediation: 'Name the networks that administrators come from, or close the port and use Fleet Manager or a VPN.',
})
