import { containerFlagRule } from '../../shared/kubernetes-flags.ts'

export default containerFlagRule({
  id: 'k8s-read-only-root-filesystem',
  title: "Containers cannot write to their image's files",
  severity: 'medium',
  severityReason:
    'With a writable root filesystem an attacker who runs code can replace the program itself and leave tools behind ' +
    'until the next restart. It makes a break-in last longer, but opens no door by itself.',
  controls: ['CM-5', 'CM-7', 'SI-7'],
  sameAs: ['checkov:CKV_K8S_22', 'trivy:KSV-0014'],
  setting: 'readOnlyRootFilesystem',
  wanted: true,
  messages: {
    wrong: 'Container {container} may change the files of its own image.',
    missing: 'Container {container} has a writable root filesystem, which is the default.',
  },
  remediation:
    'Set `securityContext.readOnlyRootFilesystem: true` and mount an `emptyDir` on each folder that the program writes ' +
    'to, such as `/tmp`.',
})
