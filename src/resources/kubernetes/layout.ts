import { posix } from 'node:path'
import { type Alias, isMap, isNode, isScalar, isSeq, type Node } from 'yaml'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { resolveAlias } from '../../parse/yaml/nodes.ts'
import { valueAt } from './objects.ts'

/** A folder with `Chart.yaml`, and those of the given files that lie in its `templates/`. */
export interface HelmChart {
  /** Relative to the project root, `.` for the root itself. */
  readonly folder: string
  readonly templates: readonly string[]
  /** The chart that this one is vendored in under `charts/`, which renders it too. */
  readonly parent: string | undefined
}

/** A folder with a kustomization file. */
interface Kustomization {
  readonly folder: string
  readonly file: string
  /** Files that change other objects and are no objects of their own. */
  readonly patches: readonly string[]
  /** True if building it gives something else than the files it lists. */
  readonly transforms: boolean
  /** Folders of this project that it builds upon. */
  readonly bases: readonly string[]
  /** True if building it would fetch something from the network. */
  readonly remote: boolean
}

export interface KubernetesLayout {
  readonly charts: readonly HelmChart[]
  readonly kustomizations: readonly Kustomization[]
  /** What Gatekeeper's suites judge in their tests: bad on purpose, and never applied. */
  readonly samples: ReadonlySet<string>
}

/** What kustomize looks for in a folder. */
export const KUSTOMIZATION_NAMES: ReadonlySet<string> = new Set([
  'kustomization.yaml',
  'kustomization.yml',
  'Kustomization',
])
/** Fields that leave the listed files as they are. */
const PLAIN_FIELDS = new Set(['apiVersion', 'kind', 'metadata', 'resources'])

/** True if a text may hold a Kubernetes object: a cheap test before reading a large JSON or YAML file. */
export function mayHoldObjects(text: string): boolean {
  return text.includes('apiVersion') && text.includes('kind')
}

/** Recognises Helm charts and Kustomize folders among the files. */
export function readLayout(files: ReadonlyMap<string, YamlFile>): KubernetesLayout {
  const paths = [...files.keys()].sort()
  const folders = new Set(
    paths.filter((path) => posix.basename(path) === 'Chart.yaml').map((path) => posix.dirname(path)),
  )
  const charts = [...folders].map((folder) => ({
    folder,
    templates: paths.filter((path) => chartFolder(path, folders) === folder),
    parent: parentChart(folder, folders),
  }))
  const kustomizations = paths
    .filter((path) => KUSTOMIZATION_NAMES.has(posix.basename(path)))
    .flatMap((path) => {
      const file = files.get(path)
      return file === undefined ? [] : [readKustomization(file, files)]
    })
  return { charts, kustomizations, samples: suiteSamples(files.values()) }
}

/** The objects and inventories of suites (`test.gatekeeper.sh`) that lie in the folder of their suite or below it. */
export function suiteSamples(files: Iterable<YamlFile>): ReadonlySet<string> {
  const samples = new Set<string>()
  for (const file of files) {
    if (!file.text.includes('test.gatekeeper.sh')) continue
    const folder = posix.dirname(file.path)
    for (const { tree, aliases, valid } of file.documents) {
      const root = tree.contents
      if (!valid || !isMap(root)) continue
      const version = valueAt(root, 'apiVersion', aliases)
      if (version === undefined || text(version, aliases)[0]?.startsWith('test.gatekeeper.sh/') !== true) continue
      for (const test of items(root, 'tests', aliases)) {
        for (const one of items(test, 'cases', aliases)) {
          const object = isMap(one) ? valueAt(one, 'object', aliases) : undefined
          for (const node of [...(object === undefined ? [] : [object]), ...items(one, 'inventory', aliases)]) {
            const path = posix.normalize(posix.join(folder, text(node, aliases)[0] ?? ''))
            if (path !== file.path && (folder === '.' ? !path.startsWith('../') : path.startsWith(`${folder}/`))) {
              samples.add(path)
            }
          }
        }
      }
    }
  }
  return samples
}

function items(map: Node, field: string, aliases: ReadonlyMap<Alias, Node>): Node[] {
  const value = isMap(map) ? valueAt(map, field, aliases) : undefined
  return isSeq(value) ? value.items.filter(isNode).map((item) => resolveAlias(item, aliases) ?? item) : []
}

/** The chart whose `templates/` a file lies in. */
function chartFolder(path: string, charts: ReadonlySet<string>): string | undefined {
  const parts = path.split('/')
  for (let i = parts.lastIndexOf('templates'); i >= 0; i = i === 0 ? -1 : parts.lastIndexOf('templates', i - 1)) {
    const folder = i === 0 ? '.' : parts.slice(0, i).join('/')
    if (charts.has(folder)) return folder
  }
  return undefined
}

function parentChart(folder: string, charts: ReadonlySet<string>): string | undefined {
  const holder = posix.dirname(folder)
  const parent = posix.dirname(holder)
  return folder !== '.' && posix.basename(holder) === 'charts' && charts.has(parent) ? parent : undefined
}

function readKustomization(file: YamlFile, files: ReadonlyMap<string, YamlFile>): Kustomization {
  const folder = posix.dirname(file.path)
  const document = file.documents.find((candidate) => candidate.valid && isMap(candidate.tree.contents))
  const root = document?.tree.contents
  if (document === undefined || !isMap(root)) {
    return { folder, file: file.path, patches: [], transforms: true, bases: [], remote: false }
  }
  const { aliases } = document
  const within = (name: string): string => posix.normalize(posix.join(folder, name))
  const listed = (field: string): Node[] => {
    const value = valueAt(root, field, aliases)
    return isSeq(value) ? value.items.filter(isNode) : []
  }
  const patches = [
    ...listed('patchesStrategicMerge').flatMap((item) => text(item, aliases)),
    ...[...listed('patches'), ...listed('patchesJson6902')].flatMap((item) => {
      const entry = resolveAlias(item, aliases)
      const path = isMap(entry) ? valueAt(entry, 'path', aliases) : undefined
      return path === undefined ? [] : text(path, aliases)
    }),
  ].map(within)
  const built = [...listed('resources'), ...listed('bases'), ...listed('components')].flatMap((item) =>
    text(item, aliases),
  )
  const local = built.filter((name) => !isRemote(name)).map(within)
  return {
    folder,
    file: file.path,
    patches: patches.filter((path) => files.has(path)),
    transforms:
      root.items.some((pair) => !(isScalar(pair.key) && PLAIN_FIELDS.has(String(pair.key.value)))) ||
      built.some((name) => !files.has(within(name))),
    bases: local.filter((path) => !files.has(path)),
    remote: built.some(isRemote),
  }
}

/** Kustomize takes `https://...`, `git::...`, `git@...` and `github.com/owner/repo//path?ref=v1` for repositories. */
function isRemote(name: string): boolean {
  return /:\/\/|^git(?:::|@)|^[\w-]+(?:\.[\w-]+)+\/.*(?:\/\/|\?)|^github\.com\//.test(name)
}

function text(node: Node, aliases: ReadonlyMap<Alias, Node>): string[] {
  const value = resolveAlias(node, aliases)
  return isScalar(value) && typeof value.value === 'string' ? [value.value] : []
}
