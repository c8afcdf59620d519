import { undecided } from '../../rule.ts'
import { hostPathVolumes, isSensitiveHostPath } from '../../shared/kubernetes-host-paths.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

export default podRule({
  id: 'k8s-no-host-path',
  title: "Pods do not mount the node's files",
  severity: 'medium',
  severityReason:
    "Files of the node outlive the pod and are shared by all pods there; where they are the node's own configuration, " +
    'credentials, programs or devices the pod is one write away from root on the node, and the finding is high.',
  controls: ['AC-6', 'SC-39'],
  sameAs: ['trivy:KSV-0023'],
  messages: { mounted: 'Volume {volume} is the folder or file {path} of the node.' },
  remediation:
    'Use a PersistentVolumeClaim for data, an `emptyDir` for scratch space, and a ConfigMap or Secret for configuration.',
  *checkPod(pod) {
    const volumes = pod.spec.get('volumes')
    if (volumes.mayHaveMore()) yield undecided(volumes)
    for (const { name, at, path } of hostPathVolumes(pod)) {
      const data = { volume: name, path: path ?? 'that is not known here' }
      const severity = path !== undefined && isSensitiveHostPath(path) ? 'high' : 'medium'
      yield { at, message: 'mounted', data, severity }
    }
  },
})
