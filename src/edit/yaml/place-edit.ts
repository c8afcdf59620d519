import type { KubernetesResource } from '../../resources/resource.ts'
import type { Place } from '../../resources/place.ts'
import { fileEdit, type WorkspaceEdit } from '../../text/workspace-edit.ts'
import { type YamlChange, type YamlData, yamlEdit, type YamlEditOptions } from './index.ts'

export type KubernetesEdit = WorkspaceEdit | { readonly refused: string }

/** Changes to one Kubernetes object as an edit of its file; paths start at the object. */
export function kubernetesEdit(
  resource: KubernetesResource,
  changes: readonly YamlChange[],
  options: YamlEditOptions = {},
): KubernetesEdit {
  const { document, node } = resource.source
  const result = yamlEdit(document, node, changes, options)
  return 'refused' in result ? result : fileEdit(document.path, result.edits)
}

/**
 * Sets a value under a place of a Kubernetes object, such as `securityContext.privileged` of a container.
 * @throws TypeError if the place lies in another kind of resource: a programming error in a rule
 */
export function setAt(
  place: Place,
  path: YamlChange['path'],
  value: YamlData,
  options: YamlEditOptions = {},
): KubernetesEdit {
  return kubernetesEdit(ownerOf(place), [{ op: 'set', path: [...place.path, ...path], value }], options)
}

/** Deletes what is written under a place, and what that leaves empty if asked. Throws as `setAt`. */
export function deleteAt(place: Place, path: YamlChange['path'], prune = false): KubernetesEdit {
  return kubernetesEdit(ownerOf(place), [{ op: 'delete', path: [...place.path, ...path], prune }])
}

function ownerOf(place: Place): KubernetesResource {
  if (place.resource.kind !== 'kubernetes') throw new TypeError(`${place.resource.address} is no Kubernetes object`)
  return place.resource
}
