import { posix } from 'node:path'
import { isMap, isSeq } from 'yaml'
import { type YamlData, yamlEdit } from '../../edit/yaml/index.ts'
import { renderCompact } from '../../edit/yaml/render.ts'
import { documentStyle } from '../../edit/yaml/style.ts'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { KUSTOMIZATION_NAMES } from '../../resources/kubernetes/layout.ts'
import { valueAt } from '../../resources/kubernetes/objects.ts'
import type { Estate } from '../../resources/estate.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import { createFile, EMPTY_EDIT, fileEdit, mergeEdits, type WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { FixRefusal } from '../fixer.ts'

/** Why an object cannot be edited where it is written; undefined if it can. */
export function whyForeign({ source }: KubernetesResource, estate: Estate): FixRefusal | undefined {
  const { path } = source.document
  if (isVendored(path, estate))
    return {
      code: 'out-of-scope',
      refused: `${path} was copied from elsewhere; the next update would undo the fix`,
    }
  const chart = chartOf(path, estate)
  if (chart === undefined) return undefined
  return {
    code: 'out-of-scope',
    refused: `${path} is a template of the Helm chart in ${chart}: change it there together with the chart's values`,
  }
}

/** Below `vendor/` and the like, or in the `charts/` of a Helm chart, where `helm dependency update` puts others. */
export function isVendored(path: string, estate: Estate): boolean {
  if (/(?:^|\/)(?:vendor|third_party|node_modules)\//.test(path)) return true
  const parent = /^(?<parent>.*?\/|)charts\//.exec(path)?.groups?.['parent']
  return parent !== undefined && estate.files.has(`${parent}Chart.yaml`)
}

function chartOf(path: string, estate: Estate): string | undefined {
  const folders = path.split('/')
  for (let i = 0; i < folders.length - 1; i++) {
    if (folders[i] !== 'templates') continue
    const chart = folders.slice(0, i).join('/')
    if (estate.files.has(chart === '' ? 'Chart.yaml' : `${chart}/Chart.yaml`)) return chart === '' ? '.' : chart
  }
  return undefined
}

/**
 * New objects in a file of their own beside the object that they serve, written in its style; behind what is in the file
 * if it exists. A kustomization that lists the served object's file gets the new one too.
 * @param stem the file's name without extension, such as `external-secrets`
 */
export function addManifests(
  estate: Estate,
  served: KubernetesResource,
  stem: string,
  objects: readonly YamlData[],
): WorkspaceEdit | FixRefusal {
  const { document, index } = served.source
  const part = document.documents[index]
  if (part === undefined) return { code: 'undecidable', refused: `${document.path} cannot be read` }
  const { indent, sequenceIndent, quote, eol } = documentStyle(document, part)
  const style =
    document.syntax === 'json' ? { indent: 2, sequenceIndent: 2, quote, eol } : { indent, sequenceIndent, quote, eol }
  const texts = objects.map((object) => renderCompact(object, 0, style).join(eol) + eol)
  const extension = document.path.endsWith('.yml') ? 'yml' : 'yaml'
  const path = posix.join(posix.dirname(document.path), `${stem}.${extension}`)
  const there = estate.documents.get(path)
  if (there === undefined && !estate.files.has(path)) {
    return withListing(estate, document.path, path, createFile(path, texts.join(`---${eol}`)))
  }
  if (there?.language !== 'yaml' || there.template || there.documents.some(({ valid }) => !valid))
    return { code: 'undecidable', refused: `${path} exists and cannot be added to` }
  const { length } = there.text
  const gap = there.text === '' || there.text.endsWith('\n') ? '' : eol
  const text = texts.map((one) => `---${eol}${one}`).join('')
  return withListing(
    estate,
    document.path,
    path,
    fileEdit(path, [{ span: { start: length, end: length }, text: gap + text }]),
  )
}

function withListing(estate: Estate, served: string, path: string, edit: WorkspaceEdit): WorkspaceEdit | FixRefusal {
  let all = edit
  for (const document of estate.documents.values()) {
    if (document.language !== 'yaml' || !KUSTOMIZATION_NAMES.has(posix.basename(document.path))) continue
    const listing = listingEdit(document, served, path)
    if (listing === undefined) continue
    const merged = 'refused' in listing ? undefined : mergeEdits(all, listing)
    if (merged === undefined) return { code: 'undecidable', refused: `${document.path} cannot be added to` }
    all = merged
  }
  return all
}

/** Undefined if the kustomization does not list what is served, or lists the new file already. */
function listingEdit(
  file: YamlFile,
  served: string,
  path: string,
): WorkspaceEdit | { readonly refused: string } | undefined {
  const folder = posix.dirname(file.path)
  const part = file.documents.find(({ valid, tree }) => valid && isMap(tree.contents))
  const root = part?.tree.contents
  if (part === undefined || !isMap(root)) return undefined
  const list = valueAt(root, 'resources', part.aliases)
  const listed: readonly unknown[] = isSeq(list) ? list.items.map((item) => String(item)) : []
  const files = listed.map((name) => posix.normalize(posix.join(folder, String(name))))
  if (!files.includes(served) || files.includes(path)) return undefined
  const result = yamlEdit(file, root, [{ op: 'append', path: ['resources'], value: posix.relative(folder, path) }])
  return 'refused' in result ? result : fileEdit(file.path, result.edits)
}

/** Several edits as one, or the first reason against one of them. */
export function mergeParts(parts: readonly (WorkspaceEdit | FixRefusal)[]): WorkspaceEdit | FixRefusal {
  let all = EMPTY_EDIT
  for (const part of parts) {
    if ('refused' in part) return part
    const merged = mergeEdits(all, part)
    if (merged === undefined) return { code: 'undecidable', refused: 'the changes overlap in one file' }
    all = merged
  }
  return all
}
