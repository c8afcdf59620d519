import { posix } from 'node:path'
import type { YamlChange } from '../../edit/yaml/index.ts'
import { type Container, podTemplate } from '../../resources/kubernetes/workloads.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import { textAt } from '../shared/text-at.ts'
import { byFile, type Use } from './uses.ts'

/** Where the folders with files go: the first that lies apart from all other mounts. */
const FOLDERS = ['/var/run/secrets', '/etc/secrets', '/mnt/secrets']

/** Written in decimal, which every reader takes for the same: `0440` is 288 in YAML 1.1, 440 in YAML 1.2, and no JSON. */
const OWNER_AND_GROUP = 0o440
const EVERYBODY = 0o444

/** The changes to one object that let containers read credentials from files. All uses are of that object. */
export function mountFiles(uses: readonly Use[]): readonly YamlChange[] {
  const [first] = uses
  const template = first === undefined ? undefined : podTemplate(Place.of(first.resource))
  if (first === undefined || template === undefined) return []
  const volumes = new Volumes(first.resource, template.spec)
  return [...groupsOf(uses)].flatMap((group) => {
    const folder = volumes.folderFor(group)
    return [
      ...folder.changes,
      ...group.uses.flatMap((use) => byFile(use, posix.join(folder.path, folder.file(use.key)))),
    ]
  })
}

/** What one container takes of one Secret. */
interface Group {
  readonly container: Container
  readonly secret: string
  readonly uses: Use[]
}

function groupsOf(uses: readonly Use[]): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const use of uses) {
    const id = `${use.container.place.pathText} ${use.secret}`
    const group = groups.get(id) ?? { container: use.container, secret: use.secret, uses: [] }
    group.uses.push(use)
    groups.set(id, group)
  }
  return groups.values()
}

interface Folder {
  readonly path: string
  readonly changes: readonly YamlChange[]
  /** The file's name by the Secret's key. */
  readonly file: (key: string) => string
}

class Volumes {
  readonly #spec: Place
  readonly #names: Set<string>
  /** New volumes by what is in them: containers that need the same share one. */
  readonly #made = new Map<string, string>()

  constructor(resource: KubernetesResource, spec: Place) {
    this.#spec = spec
    const claims = Place.of(resource).get('spec', 'volumeClaimTemplates').items()
    const named = [...spec.get('volumes').items(), ...claims.map((claim) => claim.get('metadata'))]
    this.#names = new Set(named.map((one) => textAt(one.get('name')) ?? ''))
  }

  folderFor(group: Group): Folder {
    return this.#there(group) ?? this.#new(group)
  }

  /** The Secret as the container mounts it already, with the keys added that it does not show yet. */
  #there({ container, secret, uses }: Group): Folder | undefined {
    for (const volume of this.#spec.get('volumes').items()) {
      const source = volume.get('secret')
      if (textAt(source.get('secretName')) !== secret) continue
      const name = textAt(volume.get('name'))
      const mounts = mountsOf(container.place).filter((mount) => textAt(mount.get('name')) === name)
      const mount = mounts.find((one) => one.get('subPath').absent && one.get('subPathExpr').absent)
      const path = mount === undefined ? undefined : textAt(mount.get('mountPath'))
      if (path === undefined || !isReadable(source, this.#spec, container)) continue
      const items = source.get('items')
      const files = new Map(items.items().map((item) => [textAt(item.get('key')), textAt(item.get('path'))]))
      const missing = items.absent ? [] : keysOf(uses).filter((key) => files.get(key) === undefined)
      // What another container mounts too is not to show it more.
      if (missing.length > 0 && this.#isShared(name, container)) continue
      const changes = missing.map((key): YamlChange => ({ op: 'append', path: items.path, value: { key, path: key } }))
      return { path, changes, file: (key) => files.get(key) ?? key }
    }
    return undefined
  }

  #isShared(volume: string | undefined, own: Container): boolean {
    return ['initContainers', 'containers', 'ephemeralContainers']
      .flatMap((list) => this.#spec.get(list).items())
      .some(
        (container) =>
          container.pathText !== own.place.pathText &&
          mountsOf(container).some((mount) => textAt(mount.get('name')) === volume),
      )
  }

  #new({ container, secret, uses }: Group): Folder {
    const keys = keysOf(uses)
    const defaultMode = modeFor(this.#spec, container)
    const content = JSON.stringify([secret, defaultMode, keys])
    const there = this.#made.get(content)
    const name = there ?? this.#freeName(secret)
    this.#made.set(content, name)
    const path = freePath(container, name)
    const items = keys.map((key) => ({ key, path: key }))
    const volume: YamlChange = {
      op: 'append',
      path: this.#spec.get('volumes').path,
      value: { name, secret: { secretName: secret, defaultMode, items } },
    }
    const mount: YamlChange = {
      op: 'append',
      path: container.place.get('volumeMounts').path,
      value: { name, mountPath: path, readOnly: true },
    }
    return { path, changes: [...(there === undefined ? [volume] : []), mount], file: (key) => key }
  }

  /** A volume's name is a DNS label, a Secret's may have dots and be longer. */
  #freeName(secret: string): string {
    const label = secret
      .toLowerCase()
      .replaceAll(/[^a-z0-9-]+/g, '-')
      .slice(0, 59)
      .replaceAll(/^-+|-+$/g, '')
    const wanted = label === '' ? 'secret' : label
    let name = wanted
    for (let n = 2; this.#names.has(name); n++) name = `${wanted}-${n}`
    this.#names.add(name)
    return name
  }
}

function keysOf(uses: readonly Use[]): readonly string[] {
  return [...new Set(uses.map(({ key }) => key))].toSorted()
}

function mountsOf(container: Place): readonly Place[] {
  return container.get('volumeMounts').items()
}

/** Nothing may be mounted there or above, where a read-only volume would have no room for it, nor below. */
function freePath(container: Container, name: string): string {
  const taken = mountsOf(container.place).flatMap((mount) => realPath(textAt(mount.get('mountPath')) ?? ''))
  const paths = FOLDERS.map((folder) => posix.join(folder, name))
  const isFree = (path: string): boolean =>
    taken.every(
      (other) => !`${realPath(path)}/`.startsWith(`${other}/`) && !`${other}/`.startsWith(`${realPath(path)}/`),
    )
  return paths.find(isFree) ?? `/secrets-${name}`
}

/** `/var/run` is a link to `/run` in every common image. */
function realPath(path: string): string {
  return posix
    .normalize(path)
    .replace(/(.)\/+$/, '$1')
    .replace(/^\/var\/run(?=\/|$)/, '/run')
}

/**
 * The files of a Secret belong to root, and to the group of `fsGroup` if the pod has one. A process that is not root from
 * the start is in that group; one that starts as root may switch to a user that is not, before it reads. Without the
 * group only a mode for everybody is sure to be readable, also by the user that the container gets later: what else is in
 * the container runs as that user anyway.
 */
function modeFor(spec: Place, container: Container): number {
  return isInGroup(spec, container) ? OWNER_AND_GROUP : EVERYBODY
}

/** True if the program is sure to read what a volume shows. */
function isReadable(source: Place, spec: Place, container: Container): boolean {
  const mode = source.get('defaultMode').number()
  const isPlain = source
    .get('items')
    .items()
    .every((item) => item.get('mode').absent)
  const forEverybody = mode.kind === 'absent' || (mode.kind === 'known' && (mode.value & 0o004) !== 0)
  // For the group, Kubernetes adds the right to read where a mode lacks it.
  return isPlain && (forEverybody || (mode.kind === 'known' && isInGroup(spec, container)))
}

function isInGroup(spec: Place, { place }: Container): boolean {
  const hasGroup = spec.get('securityContext', 'fsGroup').number().kind === 'known'
  const [user, nonRoot] = ['runAsUser', 'runAsNonRoot'].map((setting) => {
    const own = place.get('securityContext', setting)
    return own.absent ? spec.get('securityContext', setting) : own
  })
  const uid = user?.number()
  const isNonRoot = nonRoot?.bool()
  const neverRoot = (uid?.kind === 'known' && uid.value > 0) || (isNonRoot?.kind === 'known' && isNonRoot.value)
  return hasGroup && neverRoot
}
