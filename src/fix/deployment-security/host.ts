import type { Place } from '../../resources/place.ts'
import type { Complaint } from '../fixer.ts'
import type { Concern } from './concern.ts'
import type { Draft } from './draft.ts'
import { replaceLostMounts } from './filesystem.ts'
import { textAt, type Workload } from './view.ts'

const NAMESPACES: Readonly<Record<string, { readonly setting: string; readonly loses: string }>> = {
  'k8s-no-host-pid': { setting: 'hostPID', loses: "sees the node's processes" },
  'k8s-no-host-ipc': { setting: 'hostIPC', loses: "shares memory with the node's programs" },
  'k8s-no-host-network': { setting: 'hostNetwork', loses: "is reached at its node's address" },
}

export const hostNamespaces: Concern = {
  rules: Object.keys(NAMESPACES),
  assess(complaint) {
    const { setting = '', loses = '' } = NAMESPACES[complaint.ruleId] ?? {}
    return {
      rank: 'C',
      title: `Remove ${setting}`,
      reason: `the repository cannot show that nobody relies on a pod that ${loses}`,
      steps: [`Ask who needs ${setting}; monitoring and network agents do, applications do not.`],
    }
  },
  change(complaints, { workload }, draft) {
    for (const { ruleId } of complaints) {
      const { setting } = NAMESPACES[ruleId] ?? {}
      if (setting === undefined) continue
      draft.delete(workload.spec.get(setting))
      const dns = workload.spec.get('dnsPolicy')
      // The policy is for pods on the node's network; the default does the same for all others.
      if (setting === 'hostNetwork' && textAt(dns) === 'ClusterFirstWithHostNet') draft.delete(dns)
    }
  },
}

export const hostPorts: Concern = {
  rules: ['k8s-no-host-port'],
  assess(complaint) {
    const port = String(complaint.data['port'] ?? '')
    return {
      rank: 'C',
      title: `Stop opening port ${port} on the node`,
      reason: `clients may connect to port ${port} of the node, which nothing in the repository would show`,
      steps: ['Publish the port with a Service first, and move the clients to it.'],
    }
  },
  change(complaints, _subject, draft) {
    for (const { at } of complaints) draft.delete(at)
  },
}

/** Folders that only hold what belongs to the node: an empty folder in their place serves nobody. */
const OF_THE_NODE: readonly string[] = [
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root',
  '/run',
  '/sbin',
  '/sys',
  '/usr',
  '/var/lib/containerd',
  '/var/lib/docker',
  '/var/lib/etcd',
  '/var/lib/kubelet',
  '/var/log',
  '/var/run',
]

function isOfTheNode(path: string): boolean {
  return (
    path === '/' || path === '/var' || OF_THE_NODE.some((folder) => path === folder || path.startsWith(`${folder}/`))
  )
}

export const hostPaths: Concern = {
  rules: ['k8s-no-host-path', 'k8s-no-container-socket'],
  assess(complaint) {
    const path = String(complaint.data['path'] ?? '')
    const volume = String(complaint.data['volume'] ?? '')
    const replaced = isScratch(complaint)
    return {
      rank: 'C',
      title: replaced ? `Replace the node's ${path} by an empty folder` : `Remove the mount of the node's ${path}`,
      reason: replaced
        ? `the pod may rely on files that lie in ${path} on its nodes; an emptyDir starts empty and ends with the pod`
        : `the repository cannot show that the program does without ${path} of its node`,
      steps: [
        replaced
          ? `Copy what is worth keeping out of ${path} on each node. Data that must outlive the pod belongs in a PersistentVolumeClaim.`
          : `Find out what reads volume ${volume}; the kubelet's and the Kubernetes API serve most such needs.`,
      ],
    }
  },
  change(complaints, { workload }, draft) {
    for (const complaint of complaints) {
      const volume = complaint.at.parent
      if (volume === undefined) continue
      const mustGo = complaints.some((other) => other.at.parent?.pathText === volume.pathText && !isScratch(other))
      if (mustGo) removeVolume(volume, workload, draft)
      else {
        draft.delete(complaint.at)
        draft.set(volume.get('emptyDir'), {})
      }
    }
  },
}

function isScratch(complaint: Complaint): boolean {
  const type = textAt(complaint.at.get('type')) ?? ''
  const path = String(complaint.data['path'] ?? '')
  const isFolder = type === '' || type === 'Directory' || type === 'DirectoryOrCreate'
  return complaint.ruleId === 'k8s-no-host-path' && isFolder && !isOfTheNode(path) && !path.endsWith('.sock')
}

function removeVolume(volume: Place, workload: Workload, draft: Draft): void {
  const name = textAt(volume.get('name'))
  draft.delete(volume)
  for (const container of workload.containers) {
    for (const mount of container.place.get('volumeMounts').items()) {
      if (name !== undefined && textAt(mount.get('name')) === name) draft.delete(mount)
    }
    replaceLostMounts(container, draft)
  }
}
