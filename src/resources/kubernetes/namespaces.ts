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
 * kustomizations build the file.
 */
export function namespaceOf(object: Place, estate: Estate): Reading<string> {
  const at = object.get('metadata', 'namespace')
  const { resource } = object
  const path = resource.kind === 'kubernetes' ? resource.source.document.path : ''
  const built = [...(buildsOf(estate).namespaces.get(path) ?? [])].sort()
  if (built.length > 1) return { kind: 'unknown', reason: `it is built for ${built.join(' and ')}`, options: built }
  if (built[0] !== undefined) return { kind: 'known', value: built[0] }
  const own = at.string()
  if (own.kind === 'unknown' || (own.kind === 'known' && own.value !== '')) return own
  if (!isInChart(path, estate)) return { kind: 'absent' }
  return { kind: 'unknown', reason: 'Helm puts it into the namespace that the chart is installed in' }
}

/** Whether two objects are in one namespace. One that names none may be applied to any, but surely is with its like. */
export function sameNamespace(a: Reading<string>, b: Reading<string>): Tri {
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    if (a.kind === 'unknown' && b.kind === 'unknown' && a.reason === b.reason) return 'yes'
    const options = (reading: Reading<string>) => (reading.kind === 'known' ? [reading.value] : optionsOf(reading))
    const [left, right] = [options(a), options(b)]
    return left !== undefined && right !== undefined && !left.some((name) => right.includes(name)) ? 'no' : 'unknown'
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
  /** By file, the namespaces that the kustomizations set that build it, directly or as part of a base. */
  readonly namespaces: ReadonlyMap<string, ReadonlySet<string>>
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
  const namespaces = new Map<string, Set<string>>()
  const folders = new Map<string, Set<string>>()
  for (const [folder, { namespace }] of byFolder) {
    for (const file of filesOf(folder, byFolder, new Set())) {
      addTo(folders, file, folder)
      if (namespace !== undefined) addTo(namespaces, file, namespace)
    }
  }
  // An overlay has the last word over the bases that it builds on.
  for (const [folder, { namespace }] of byFolder) {
    if (namespace === undefined) continue
    const bases = new Set<string>()
    filesOf(folder, byFolder, bases)
    bases.delete(folder)
    for (const base of bases) {
      const inner = byFolder.get(base)?.namespace
      if (inner === undefined || inner === namespace) continue
      for (const file of filesOf(base, byFolder, new Set())) namespaces.get(file)?.delete(inner)
    }
  }
  return { namespaces, folders }
})

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
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

/** The files that a kustomization builds; the folders of all kustomizations met are added to `seen`. */
function filesOf(folder: string, byFolder: ReadonlyMap<string, Kustomization>, seen: Set<string>): string[] {
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
