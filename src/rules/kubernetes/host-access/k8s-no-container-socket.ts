import { undecided } from '../../rule.ts'
import { hostPathVolumes, runtimeSocketIn } from '../../shared/kubernetes-host-paths.ts'
import { podRule } from '../../shared/kubernetes-pods.ts'

export default podRule({
  id: 'k8s-no-container-socket',
  title: "Pods do not mount the container runtime's socket",
  severity: 'high',
  severityReason:
    'Whoever writes to the socket starts a privileged container with the whole node mounted; a read-only mount does not ' +
    'help, because connecting is enough. Not critical, because the attacker first needs a way into the pod.',
  controls: ['AC-6', 'CM-7', 'SC-39'],
  sameAs: ['checkov:CKV_K8S_27', 'trivy:KSV-0006'],
  messages: {
    socket: "Volume {volume} hands out the container runtime's socket {path}.",
    holds: "Volume {volume} mounts {path} of the node, where the container runtime's socket {socket} lies.",
  },
  remediation:
    'Remove the volume. Build images with a tool that needs no daemon, and read container data from the kubelet or the ' +
    'Kubernetes API.',
  *checkPod(pod) {
    const volumes = pod.spec.get('volumes')
    if (volumes.mayHaveMore()) yield undecided(volumes)
    for (const { name, at, path } of hostPathVolumes(pod)) {
      if (path === undefined) {
        yield undecided(at.get('path'))
        continue
      }
      const socket = runtimeSocketIn(path)
      if (socket === undefined) continue
      yield { at, message: socket === path ? 'socket' : 'holds', data: { volume: name, path, socket }, key: 'socket' }
    }
  },
})
