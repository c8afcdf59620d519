import type { Place } from '../../resources/place.ts'
import type { PodView } from './kubernetes-pods.ts'

/** A volume of a pod that is a path of its node. */
export interface HostPathVolume {
  readonly name: string
  /** The place of `hostPath`. */
  readonly at: Place
  /** Without a slash at its end (but `/` itself); undefined if it is not known. */
  readonly path: string | undefined
}

export function hostPathVolumes(pod: PodView): readonly HostPathVolume[] {
  return pod.spec
    .get('volumes')
    .items()
    .filter((volume) => !volume.get('hostPath').absent)
    .map((volume) => {
      const at = volume.get('hostPath')
      const path = at.get('path').string()
      const name = volume.get('name').string()
      return {
        name: name.kind === 'known' ? name.value : '',
        at,
        path: path.kind === 'known' ? withoutTrailingSlash(path.value) : undefined,
      }
    })
}

/** Where container runtimes listen: whoever may write there starts any container on the node, as root. */
const RUNTIME_SOCKETS: readonly string[] = [
  '/run/containerd/containerd.sock',
  '/run/cri-dockerd.sock',
  '/run/crio/crio.sock',
  '/run/docker.sock',
  '/run/docker/containerd/containerd.sock',
  '/run/dockershim.sock',
  '/run/k3s/containerd/containerd.sock',
  '/run/podman/podman.sock',
]

/** The runtime socket that a host path is or holds. `/var/run` is a link to `/run` on every current distribution. */
export function runtimeSocketIn(path: string): string | undefined {
  const real = path.replace(/^\/var\/run(?=\/|$)/, '/run')
  if (RUNTIME_SOCKETS.includes(real)) return path
  const inside = real === '/' ? '/' : `${real}/`
  return RUNTIME_SOCKETS.find((socket) => socket.startsWith(inside))
}

/** Folders that hold the node's credentials, programs or devices, or other pods' files. */
const SENSITIVE: readonly string[] = [
  '/boot',
  '/dev',
  '/etc',
  '/home',
  '/lib',
  '/lib64',
  '/opt',
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
  '/var/run',
]

export function isSensitiveHostPath(path: string): boolean {
  return path === '/' || path === '/var' || SENSITIVE.some((folder) => path === folder || path.startsWith(`${folder}/`))
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path
}
