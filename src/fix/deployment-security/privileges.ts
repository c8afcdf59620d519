import { type Concern, containerConcern, type Judgement } from './concern.ts'
import { addsSysAdmin, removeSysAdmin } from './capabilities.ts'
import { commandLine, containerOf, textAt, type Workload, type WorkloadContainer } from './view.ts'

/** Programs that manage nodes, networks, disks or other containers, as people name them. */
const NODE_SOFTWARE =
  /(?:^|[^a-z])(?:cni|csi|calico|cilium|flannel|weave|multus|kube-proxy|device-plugin|nvidia|gpu|node-exporter|node-agent|falco|sysdig|datadog-agent|fluent-?bit|dind|docker|buildkit|buildx|kaniko|podman|containerd|longhorn|ceph|openebs|istio-(?:init|cni)|linkerd-init|nfs-server|vpn|wireguard|openvpn|tailscale)(?:$|[^a-z])/i
const NODE_COMMANDS =
  /(?:^|[\s/;&|])(?:sysctl|mount|umount|modprobe|insmod|iptables|nft|ip6tables|nsenter|losetup|mkfs|chroot|dockerd)(?:$|[\s;&|])/

/** What in the manifest suggests that a container is privileged for a reason; undefined if nothing does. */
function signOfNeed(container: WorkloadContainer, workload: Workload): string | undefined {
  const { spec, resource } = workload
  for (const setting of ['hostPID', 'hostIPC', 'hostNetwork']) {
    const value = spec.get(setting).value
    if (value?.kind === 'bool' && value.value) return `the pod has ${setting}`
  }
  const paths = spec
    .get('volumes')
    .items()
    .flatMap((volume) => textAt(volume.get('hostPath', 'path')) ?? [])
  const path = paths.find(
    (one) => one === '/' || /^\/(?:dev|sys|proc|lib\/modules|etc|run|var\/run|var\/lib\/kubelet)(?:\/|$)/.test(one),
  )
  if (path !== undefined) return `the pod mounts ${path} of its node`
  if (!container.place.get('volumeDevices').absent) return 'it uses block devices'
  if (NODE_SOFTWARE.test(`${container.image} ${container.name} ${resource.name}`)) {
    return `its name or image (${container.image}) sounds like software that manages nodes`
  }
  const command = NODE_COMMANDS.exec(commandLine(container))?.[0]?.replace(/[\s/;&|]/g, '')
  return command === undefined ? undefined : `it runs ${command}`
}

function judgePrivileged(container: WorkloadContainer, workload: Workload, title: string): Judgement {
  const sign = signOfNeed(container, workload)
  if (sign === undefined) return { rank: 'E', title }
  return {
    rank: 'C',
    title,
    reason: `${sign}, so it may be privileged for a reason`,
    steps: ['Find out which device or capability it uses, and grant that one alone if there is one.'],
  }
}

export const privileged: Concern = containerConcern({
  rules: ['k8s-no-privileged'],
  assess: (container, { workload }) =>
    judgePrivileged(container, workload, `End privileged mode of container ${container.name}`),
  change(container, _subject, draft) {
    draft.set(container.place.get('securityContext', 'privileged'), false)
  },
})

/** The API server rejects `allowPrivilegeEscalation: false` beside privileged mode or CAP_SYS_ADMIN, so those go with it. */
export const escalation: Concern = containerConcern({
  rules: ['k8s-no-privilege-escalation'],
  assess(container, { workload }) {
    const title = `Forbid privilege escalation in container ${container.name}`
    if (addsSysAdmin(container)) {
      const reason = 'Kubernetes accepts this only without CAP_SYS_ADMIN, which is removed with it'
      return { rank: 'C', title, minutes: 0, reason, steps: ['Find out what SYS_ADMIN was added for.'] }
    }
    return container.privileged
      ? judgePrivileged(container, workload, `${title}, and end its privileged mode`)
      : { rank: 'E', title }
  },
  change(container, _subject, draft) {
    if (container.privileged) draft.set(container.place.get('securityContext', 'privileged'), false)
    removeSysAdmin(container, draft)
    draft.set(container.place.get('securityContext', 'allowPrivilegeEscalation'), false)
  },
})

const RUNTIME_DEFAULT = { type: 'RuntimeDefault' } as const

export const seccomp: Concern = {
  rules: ['k8s-seccomp-profile'],
  assess(complaint) {
    const title = `Filter system calls of container ${String(complaint.data['container'] ?? '')} with the runtime's profile`
    const { profile } = complaint.data
    if (profile === undefined) return { rank: 'E', title }
    return {
      rank: 'C',
      title,
      reason: `the manifest asks for ${String(profile)}, so somebody may have met a system call that the profile refuses`,
      steps: ['Watch the first pod for `Operation not permitted` where there was none.'],
    }
  },
  change(complaints, { workload }, draft) {
    const concerned = new Set(complaints.flatMap((complaint) => containerOf(complaint, workload) ?? []))
    const shared = workload.spec.get('securityContext', 'seccompProfile')
    for (const container of concerned) {
      const own = container.place.get('securityContext', 'seccompProfile')
      const mayShare = own.absent && everyOtherHasOwn(concerned, workload)
      draft.set(mayShare ? shared : own, RUNTIME_DEFAULT)
    }
  },
}

function everyOtherHasOwn(concerned: ReadonlySet<WorkloadContainer>, { containers }: Workload): boolean {
  return containers.every((one) => concerned.has(one) || !one.place.get('securityContext', 'seccompProfile').absent)
}
