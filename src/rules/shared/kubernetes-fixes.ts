import type { KubernetesEdit } from '../../edit/yaml/place-edit.ts'
import type { Place } from '../../resources/place.ts'

/** The edit, unless the file was copied from elsewhere: the next update would undo it. */
export function inOwnFile(at: Place, edit: () => KubernetesEdit): KubernetesEdit {
  const path = at.resource.kind === 'kubernetes' ? at.resource.source.document.path : ''
  const copied = /(?:^|\/)(?:vendor|third_party|node_modules|charts\/[^/]+\/templates)\//.test(path)
  return copied ? { refused: `${path} was copied from elsewhere; the next update would undo the fix` } : edit()
}
