import { posix } from 'node:path'
import { isNode } from 'yaml'
import type { YamlDocument, YamlFile } from '../../parse/yaml/ast.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import { type Location, yamlSpan } from '../location.ts'
import { asString } from '../place.ts'
import type { KubernetesResource } from '../resource.ts'
import type { MapValue, Value } from '../value.ts'
import { type HelmChart, type KubernetesLayout, readLayout } from './layout.ts'
import { type ManifestObject, manifestObjects } from './objects.ts'
import { readMap, readNode } from './value.ts'

export interface KubernetesReading {
  /** In the order of path, document, list item. */
  readonly resources: readonly KubernetesResource[]
  /** All diagnostics of these files, the parser's included; those of a Helm chart's templates are one per chart. */
  readonly diagnostics: readonly Diagnostic[]
  readonly layout: KubernetesLayout
}

/** Finds the Kubernetes objects of a project in its YAML and JSON files. Other YAML yields nothing. */
export function readKubernetes(files: ReadonlyMap<string, YamlFile>): KubernetesReading {
  const layout = readLayout(files)
  const templates = new Set(layout.charts.flatMap((chart) => chart.templates))
  const patches = new Set(layout.kustomizations.flatMap((kustomization) => kustomization.patches))
  const resources: KubernetesResource[] = []
  const seen = new Map<string, number>()
  for (const path of [...files.keys()].sort()) {
    const file = files.get(path)
    if (file === undefined || patches.has(path) || layout.samples.has(path)) continue
    for (const document of file.documents) {
      const root = document.tree.contents
      if (!document.valid || !isNode(root)) continue
      for (const object of manifestObjects(root, document.aliases)) {
        // It configures a build on this machine; the cluster never sees it.
        if (object.apiVersion.startsWith('kustomize.config.k8s.io/')) continue
        resources.push(readObject(object, file, document, templates.has(path), seen))
      }
    }
  }
  return { resources, diagnostics: diagnose(files, layout, templates), layout }
}

function readObject(
  object: ManifestObject,
  file: YamlFile,
  document: YamlDocument,
  templated: boolean,
  seen: Map<string, number>,
): KubernetesResource {
  const context = { document: file, aliases: document.aliases, templated, sensitive: false }
  const plain = readMap(object.node, context)
  const value = object.kind === 'Secret' ? withSensitiveData(plain, context) : plain
  const metadata = value.entries.get('metadata')
  const generated = member(metadata, 'generateName')
  const name = member(metadata, 'name') ?? (generated === undefined ? '' : `${generated}*`)
  const namespace = member(metadata, 'namespace') ?? ''
  const root = posix.dirname(file.path)
  return {
    kind: 'kubernetes',
    type: object.kind,
    apiVersion: object.apiVersion,
    name,
    namespace,
    address: unique(`${object.kind}/${namespace}/${name}`, root, seen),
    root,
    value,
    header: headerOf(value, file),
    dormant: false,
    source: { document: file, index: document.index, node: object.node },
  }
}

function withSensitiveData(secret: MapValue, context: Parameters<typeof readNode>[1]): MapValue {
  const entries = new Map(secret.entries)
  for (const key of ['data', 'stringData']) {
    const origin = entries.get(key)?.origin
    if (origin?.language === 'yaml') entries.set(key, readNode(origin.node, { ...context, sensitive: true }))
  }
  return { ...secret, entries }
}

/** The second object with one address in one root gets `#2`, in the order of files and documents. */
function unique(address: string, root: string, seen: Map<string, number>): string {
  const key = JSON.stringify([root, address])
  const count = (seen.get(key) ?? 0) + 1
  seen.set(key, count)
  return count === 1 ? address : `${address}#${count}`
}

function member(map: Value | undefined, key: string): string | undefined {
  const value = map?.kind === 'map' ? map.entries.get(key) : undefined
  return value === undefined ? undefined : asString(value)
}

/** The value of `kind`; an item of a typed list may have none and is shown at its name or its beginning. */
function headerOf(value: MapValue, file: YamlFile): Location {
  const metadata = value.entries.get('metadata')
  const name = metadata?.kind === 'map' ? metadata.entries.get('name') : undefined
  const origin = value.entries.get('kind')?.origin ?? name?.origin ?? value.origin
  const node = origin?.language === 'yaml' ? origin.node : undefined
  return { document: file, span: node === undefined ? { start: 0, end: 0 } : yamlSpan(node) }
}

function diagnose(
  files: ReadonlyMap<string, YamlFile>,
  layout: KubernetesLayout,
  templates: ReadonlySet<string>,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = []
  for (const chart of layout.charts) diagnostics.push(...chartDiagnostics(chart, files))
  for (const { folder, file, transforms } of layout.kustomizations) {
    if (!transforms) continue
    const message =
      `The files under ${folder} are audited as they stand, before this kustomization changes them: its patches and ` +
      'generators are not applied. `--render` builds it with kustomize if that is installed.'
    diagnostics.push({ file, code: 'kustomize-not-rendered', message })
  }
  for (const [path, file] of files) {
    const inChart = templates.has(path)
    diagnostics.push(...file.diagnostics.filter((item) => !(inChart && item.code === 'helm-template')))
  }
  return diagnostics.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))
}

function chartDiagnostics(chart: HelmChart, files: ReadonlyMap<string, YamlFile>): Diagnostic[] {
  const count = chart.templates.filter((path) => files.get(path)?.template).length
  if (count === 0) return []
  const what = count === 1 ? '1 template of this Helm chart is' : `${count} templates of this Helm chart are`
  const message = `${what} not plain YAML and not audited. \`--render\` audits what helm makes of them if it is installed.`
  return [{ file: posix.join(chart.folder, 'Chart.yaml'), code: 'helm-template', message }]
}
