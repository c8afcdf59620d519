import { containerFlagRule } from '../../shared/kubernetes-flags.ts'

export default containerFlagRule({
  id: 'k8s-no-privilege-escalation',
  title: 'Containers cannot gain privileges after they start',
  severity: 'medium',
  severityReason:
    'A set-user-ID program in the image turns an ordinary process into root inside the container; that is a step of an ' +
    'attack and not yet a way out of the container.',
  controls: ['AC-6', 'CM-6'],
  sameAs: ['checkov:CKV_K8S_20', 'trivy:KSV-0001'],
  setting: 'allowPrivilegeEscalation',
  wanted: false,
  messages: {
    wrong: 'Container {container} allows its processes to gain more privileges than it was started with.',
    missing: 'Container {container} does not forbid privilege escalation, and the default allows it.',
  },
  remediation: 'Set `securityContext.allowPrivilegeEscalation: false` on the container.',
})
