import { containerFlagRule } from '../../shared/kubernetes-flags.ts'

export default containerFlagRule({
  id: 'k8s-no-privileged',
  title: 'Containers do not run privileged',
  severity: 'high',
  severityReason:
    'One exploited bug in a privileged container is root on the node, with every other pod and credential there. ' +
    'Not critical, because the attacker first needs a way into the container.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_16', 'trivy:KSV-0017'],
  setting: 'privileged',
  wanted: false,
  defaultIsFine: true,
  messages: {
    wrong: 'Container {container} is privileged: it has every capability and every device of the node.',
    missing: 'Container {container} does not say whether it is privileged.',
  },
  remediation:
    'Set `securityContext.privileged: false`. If the container really manages the node, add the one capability or ' +
    'device that it needs instead, and keep it in a namespace of its own.',
})
