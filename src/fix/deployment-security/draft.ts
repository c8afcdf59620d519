import { posix } from 'node:path'
import type { YamlChange, YamlData } from '../../edit/yaml/index.ts'
import { Place, type PathStep } from '../../resources/place.ts'
import { textAt, type Workload, type WorkloadContainer } from './view.ts'

/**
 * The changes to one workload, gathered from several concerns. Each asks for what it needs; what two of them ask for is
 * done once.
 */
export class Draft {
  readonly #workload: Workload
  readonly #changes = new Map<string, YamlChange>()
  readonly #volumes = new Set<string>()
  readonly #deleted = new Set<string>()
  readonly #mounted = new Set<string>()

  constructor(workload: Workload) {
    this.#workload = workload
    const claims = Place.of(workload.resource).get('spec', 'volumeClaimTemplates').items()
    const names = [...workload.spec.get('volumes').items(), ...claims.map((claim) => claim.get('metadata'))]
    for (const volume of names) this.#volumes.add(textAt(volume.get('name')) ?? '')
  }

  get changes(): readonly YamlChange[] {
    return [...this.#changes.values()]
  }

  set(place: Place, value: YamlData): void {
    this.#changes.set(this.#key(place.path), { op: 'set', path: place.path, value })
  }

  /** Deletes a key or an item, with the mappings and lists that this leaves empty. */
  delete(place: Place): void {
    this.#deleted.add(this.#key(place.path))
    this.#changes.set(this.#key(place.path), { op: 'delete', path: place.path, prune: true })
  }

  isDeleted(place: Place): boolean {
    return this.#deleted.has(this.#key(place.path))
  }

  isSet(place: Place): boolean {
    const change = this.#changes.get(this.#key(place.path))
    return change?.op === 'set'
  }

  append(place: Place, value: YamlData): void {
    this.#changes.set(`${this.#key(place.path)}+${JSON.stringify(value)}`, { op: 'append', path: place.path, value })
  }

  /** Sets something in the pod's securityContext unless it is there already. */
  setForPod(setting: string, value: YamlData): void {
    const place = this.#workload.spec.get('securityContext', setting)
    if (place.absent) this.set(place, value)
  }

  /** Lets a process that is not root listen on ports below 1024, in this pod's network only. */
  allowLowPorts(): void {
    const { spec } = this.#workload
    const network = spec.get('hostNetwork')
    const onHost = network.value?.kind === 'bool' && network.value.value && !this.isDeleted(network)
    // Kubernetes rejects network sysctls for pods on the node's network: they would change the node.
    if (onHost) return
    const sysctls = spec.get('securityContext', 'sysctls')
    const there = sysctls.items().some((item) => textAt(item.get('name')) === LOW_PORTS)
    if (!there) this.append(sysctls, { name: LOW_PORTS, value: '0' })
  }

  /** Mounts an empty folder where nothing is mounted yet; a mount on the path or above it is left as it is. */
  mountEmptyDir(container: WorkloadContainer, path: string): void {
    const key = `${this.#key(container.place.path)} ${path}`
    if (this.#mounted.has(key) || this.isMounted(container, path)) return
    this.#mounted.add(key)
    const name = this.#volumeName(container, path)
    this.append(this.#workload.spec.get('volumes'), { name, emptyDir: {} })
    this.append(container.place.get('volumeMounts'), { name, mountPath: path })
  }

  isMounted(container: WorkloadContainer, path: string): boolean {
    const wanted = realPath(path)
    return container.place
      .get('volumeMounts')
      .items()
      .filter((mount) => !this.isDeleted(mount))
      .flatMap((mount) => textAt(mount.get('mountPath')) ?? [])
      .map(realPath)
      .some((there) => there !== '/' && (wanted === there || wanted.startsWith(`${there}/`)))
  }

  #volumeName(container: WorkloadContainer, path: string): string {
    const base =
      path
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '') || 'scratch'
    const isOnly = this.#workload.containers.length === 1
    const wanted = label(isOnly ? base : `${container.name.toLowerCase().replace(/[^a-z0-9-]/g, '')}-${base}`)
    let name = wanted
    for (let n = 2; this.#volumes.has(name); n++) name = `${label(wanted, 59)}-${n}`
    this.#volumes.add(name)
    return name
  }

  #key(path: readonly PathStep[]): string {
    return JSON.stringify(path)
  }
}

const LOW_PORTS = 'net.ipv4.ip_unprivileged_port_start'

/** A volume's name is a DNS label: at most 63 characters, a letter or digit at both ends. */
function label(text: string, length = 63): string {
  return text.slice(0, length).replace(/^-+|-+$/g, '')
}

/** `/var/run` is a link to `/run` in every common image, so that a mount on either is a mount on both. */
function realPath(path: string): string {
  const clean = posix.normalize(path).replace(/(.)\/+$/, '$1')
  return clean.replace(/^\/var\/run(?=\/|$)/, '/run')
}
