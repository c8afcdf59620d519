import { posix } from 'node:path'
import { isMap, isScalar, isSeq, type Node } from 'yaml'
import type { YamlDocument } from '../../parse/yaml/ast.ts'
import { resolveAlias } from '../../parse/yaml/nodes.ts'
import { KUSTOMIZATION_NAMES } from './layout.ts'
import { valueAt } from './objects.ts'
import { type Estate, oncePerEstate } from '../estate.ts'
import type { Place, Reading, Tri } from '../place.ts'

/**
 * The namespace that an object ends up in: what a kustomization that builds its file sets, or else what the manifest
 * says. Absent means `default`, unless whoever applies the manifest names another. Unknown with all options if several
 * kustomizations build the file; undefined among them is one that leaves it absent.
 */
export function namespaceOf(object: Place, estate: Estate): Reading<string> {
  const { resource } = object
  const path = resource.kind === 'kubernetes' ? resource.source.document.path : ''
  const built = buildsOf(estate).namespaces.get(path) ?? new Set([undefined])
  const own = built.has(undefined) ? object.get('metadata', 'namespace').string() : undefined
  if (own?.kind === 'unknown') return own
  const written = own?.kind === 'known' && own.value !== '' ? own.value : undefined
  const options = [...new Set([...built].map((name) => name ?? written))].sort()
  const names = options.filter((name) => name !== undefined)
  if (options.length > 1) {
    const reason = [`it is built for ${names.join(' and ')}`, ...(options.includes(undefined) ? ['for none'] : [])]
    return { kind: 'unknown', reason: reason.join(' and '), options }
  }
  if (names[0] !== undefined) return { kind: 'known', value: names[0] }
  if (!isInChart(path, estate)) return { kind: 'absent' }
  return { kind: 'unknown', reason: 'Helm puts it into the namespace that the chart is installed in' }
}

/** Whether two objects are in one namespace. One that names none may be applied to any, but surely is with its like. */
export function sameNamespace(a: Reading<string>, b: Reading<string>): Tri {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    if (a.kind === 'unknown' && b.kind === 'unknown' && a.reason === b.reason) return 'yes'
    const options = (reading: Reading<string>) => (reading.kind === 'known' ? [reading.value] : optionsOf(reading))
    const [left, right] = [options(a), options(b)]
    if (left === undefined || right === undefined || [...left, ...right].includes(undefined)) return 'unknown'
    return left.some((name) => right.includes(name)) ? 'unknown' : 'no'
  }
  if (a.kind === 'known' && b.kind === 'known') return a.value === b.value ? 'yes' : 'no'
  if (a.kind === b.kind) return 'yes'
  const named = a.kind === 'known' ? a.value : b.kind === 'known' ? b.value : ''
  return named === 'default' ? 'yes' : 'unknown'
}

function optionsOf(reading: Reading<string>): readonly (string | undefined)[] | undefined {
  return reading.kind === 'unknown' ? reading.options : undefined
}

function isInChart(path: string, estate: Estate): boolean {
  const folders = path.split('/')
  return folders.some(
    (folder, i) =>
      folder === 'templates' &&
      i < folders.length - 1 &&
      estate.files.has([...folders.slice(0, i), 'Chart.yaml'].join('/')),
  )
}

interface Kustomization {
  readonly namespace: string | undefined
  /** What it lists, from the project root. */
  readonly resources: readonly string[]
}

interface Builds {
  /** By file, the namespaces that it is built for; undefined is one that no kustomization sets. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string | undefined>>
  /** By file, the folders of the kustomizations that build it. */
  readonly folders: ReadonlyMap<string, ReadonlySet<string>>
}

/**
 * Whether an object is deployed wherever another one is, as far as kustomizations tell: it is in none, or in one that
 * builds the other too. An optional component that no overlay uses is not.
 */
export function builtWith(object: Place, other: Place, estate: Estate): boolean {
  const [own, others] = [object, other].map(({ resource }) =>
    resource.kind === 'kubernetes' ? buildsOf(estate).folders.get(resource.source.document.path) : undefined,
  )
  return own === undefined || [...own].some((folder) => others?.has(folder) === true)
}

const buildsOf = oncePerEstate((estate): Builds => {
  const byFolder = readKustomizations(estate)
  const folders = new Map<string, Set<string>>()
  for (const folder of byFolder.keys()) for (const file of filesOf(folder, byFolder)) addTo(folders, file, folder)
  return { namespaces: namespacesOf(byFolder), folders }
})

/** An overlay has the last word over the bases that it builds upon, and these are built through it only. */
function namespacesOf(byFolder: ReadonlyMap<string, Kustomization>): Builds['namespaces'] {
  const namespaces = new Map<string, Set<string | undefined>>()
  const done = new Set<string>()
  const reached = new Set<string>()
  const build = (folder: string, outer: string | undefined): void => {
    const kustomization = byFolder.get(folder)
    const namespace = outer ?? kustomization?.namespace
    const step = JSON.stringify([folder, namespace])
    if (kustomization === undefined || done.has(step)) return
    done.add(step)
    reached.add(folder)
    for (const path of kustomization.resources) {
      if (byFolder.has(path)) build(path, namespace)
      else addTo(namespaces, path, namespace)
    }
  }
  const bases = new Set([...byFolder.values()].flatMap(({ resources }) => resources))
  for (const folder of byFolder.keys()) if (!bases.has(folder)) build(folder, undefined)
  // What is left names itself in a circle.
  for (const folder of byFolder.keys()) if (!reached.has(folder)) build(folder, undefined)
  return namespaces
}

function addTo<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const set = map.get(key)
  if (set) set.add(value)
  else map.set(key, new Set([value]))
}

function readKustomizations(estate: Estate): ReadonlyMap<string, Kustomization> {
  const byFolder = new Map<string, Kustomization>()
  for (const [path, document] of estate.documents) {
    if (document.language !== 'yaml' || !KUSTOMIZATION_NAMES.has(posix.basename(path))) continue
    const folder = posix.dirname(path)
    for (const part of document.documents) {
      const kustomization = part.valid ? readKustomization(part, folder) : undefined
      if (kustomization !== undefined) byFolder.set(folder, kustomization)
    }
  }
  return byFolder
}

/** The files that a kustomization builds. */
function filesOf(folder: string, byFolder: ReadonlyMap<string, Kustomization>, seen = new Set<string>()): string[] {
  if (seen.has(folder)) return []
  seen.add(folder)
  const { resources = [] } = byFolder.get(folder) ?? {}
  return resources.flatMap((path) => (byFolder.has(path) ? filesOf(path, byFolder, seen) : [path]))
}

function readKustomization({ tree, aliases }: YamlDocument, folder: string): Kustomization | undefined {
  const root = tree.contents
  if (!isMap(root)) return undefined
  const text = (node: unknown): string | undefined =>
    isScalar(node) && typeof node.value === 'string' && node.value !== '' ? node.value : undefined
  const listed = ['resources', 'bases', 'components'].flatMap((field) => {
    const list = valueAt(root, field, aliases)
    return isSeq<Node>(list) ? list.items.map((item) => text(resolveAlias(item, aliases))) : []
  })
  return {
    namespace: text(valueAt(root, 'namespace', aliases)),
    resources: listed
      .filter((path) => path !== undefined)
      .map((path) => posix.normalize(posix.join(folder, path)).replace(/(?<=.)\/$/, '')),
  }
}
