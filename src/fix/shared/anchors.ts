import { isNode, type Node } from 'yaml'
import { buildPatch, patched } from '../../edit/yaml/change.ts'
import { nodeData, sameData } from '../../edit/yaml/data.ts'
import type { YamlChange } from '../../edit/yaml/index.ts'
import { kubernetesEdit, type KubernetesEdit } from '../../edit/yaml/place-edit.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import type { PathStep } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import type { Value } from '../../resources/value.ts'
import { applyEdits } from '../../text/edit.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { FixRefusal } from '../fixer.ts'

/** The changes to an object as an edit, at the anchor where containers share what changes. */
export function objectEdit(resource: KubernetesResource, changes: readonly YamlChange[]): WorkspaceEdit | FixRefusal {
  const result = kubernetesEdit(resource, changes)
  if (!('refused' in result)) return result
  const { source } = resource
  const sharesValues = (source.document.documents[source.index]?.aliases.size ?? 0) > 0
  const shared = sharesValues ? sharedEdit(resource, changes) : result
  return 'refused' in shared ? { code: 'undecidable', refused: result.refused } : shared
}

/**
 * The changes to an object in which containers share values by anchor and alias. Where all that share a value ask for
 * the same change, it is made once, at the anchor; refused if anything else would change with it.
 */
function sharedEdit(resource: KubernetesResource, changes: readonly YamlChange[]): KubernetesEdit {
  const written = writtenPaths(resource.value)
  const atAnchors = new Map<string, YamlChange>()
  for (const change of changes) {
    const moved = { ...change, path: anchoredPath(change.path, resource.value, written) }
    atAnchors.set(JSON.stringify(moved), moved)
  }
  const edit = kubernetesEdit(resource, [...atAnchors.values()], { throughAlias: 'anchor' })
  if ('refused' in edit || givesExactly(resource, changes, edit.changes.get(resource.source.document.path) ?? []))
    return edit
  return { refused: 'an anchor shares this value with places that are not to change' }
}

/** Where each node is written: the first path that leads to it, since an anchor stands before its aliases. */
function writtenPaths(root: Value): ReadonlyMap<Node, readonly PathStep[]> {
  const paths = new Map<Node, readonly PathStep[]>()
  const visit = (value: Value, path: readonly PathStep[]): void => {
    const node = value.origin?.language === 'yaml' ? value.origin.node : undefined
    if (node !== undefined) {
      if (paths.has(node)) return
      paths.set(node, path)
    }
    if (value.kind === 'map') for (const [key, child] of value.entries) visit(child, [...path, key])
    if (value.kind === 'list') for (const [index, child] of value.items.entries()) visit(child, [...path, index])
  }
  visit(root, [])
  return paths
}

function anchoredPath(
  path: readonly PathStep[],
  root: Value,
  written: ReadonlyMap<Node, readonly PathStep[]>,
): readonly PathStep[] {
  let value: Value | undefined = root
  let result: readonly PathStep[] = []
  for (const step of path) {
    value = childOf(value, step)
    const node = value?.origin?.language === 'yaml' ? value.origin.node : undefined
    result = (node === undefined ? undefined : written.get(node)) ?? [...result, step]
  }
  return result
}

function childOf(value: Value | undefined, step: PathStep): Value | undefined {
  if (value?.kind === 'map') return value.entries.get(String(step))
  return value?.kind === 'list' && typeof step === 'number' ? value.items[step] : undefined
}

/** True if the object, read again after the edits, differs by the changes and nothing else. */
function givesExactly(
  { source }: KubernetesResource,
  changes: readonly YamlChange[],
  edits: Parameters<typeof applyEdits>[1],
): boolean {
  const before = source.document.documents[source.index]
  const after = parseYaml(source.document.path, applyEdits(source.document.text, edits)).documents[source.index]
  const [was, is] = [before?.tree.contents, after?.tree.contents]
  // In a List an anchor may reach into other objects.
  if (before === undefined || after === undefined || was !== source.node || !isNode(was) || !isNode(is)) return false
  const expected = patched(nodeData(was, before.aliases), buildPatch(changes, []), new WeakMap())
  return expected !== undefined && sameData(nodeData(is, after.aliases), expected)
}
