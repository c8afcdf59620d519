import { isMap, isScalar } from 'yaml'
import { type KubernetesEdit, setAt } from '../../../edit/yaml/place-edit.ts'
import { yamlSpan } from '../../../resources/location.ts'
import type { Place } from '../../../resources/place.ts'
import { fileEdit } from '../../../text/workspace-edit.ts'

/**
 * Sets `imagePullPolicy: Always`. Nearly every container of a project needs it, and the general editor reads the whole
 * file again for each edit, so the two plain forms of YAML are spliced here: in place, or in a line after the image.
 */
export function alwaysPull(container: Place): KubernetesEdit {
  return spliced(container) ?? setAt(container, ['imagePullPolicy'], 'Always')
}

function spliced(container: Place): KubernetesEdit | undefined {
  const { resource, value } = container
  const origin = value?.origin
  if (resource.kind !== 'kubernetes' || value?.kind !== 'map' || origin?.language !== 'yaml') return undefined
  const { document, index } = resource.source
  const { path, text } = document
  if (document.syntax === 'json' || document.documents[index]?.aliases.size !== 0) return undefined
  const policy = container.get('imagePullPolicy').value?.origin
  if (policy?.language === 'yaml' && isScalar(policy.node)) {
    return fileEdit(path, [{ span: yamlSpan(policy.node), text: 'Always' }])
  }
  const image = container.get('image').value?.origin
  const key = value.keySpans?.get('image')
  if (image?.language !== 'yaml' || key === undefined || !isMap(origin.node) || origin.node.flow === true) {
    return undefined
  }
  const { end } = yamlSpan(image.node)
  const lineStart = text.lastIndexOf('\n', key.start - 1) + 1
  const lineEnd = /\r?\n|$/.exec(text.slice(end))
  const rest = text.slice(end, end + (lineEnd?.index ?? 0))
  // A key after `? `, a folded value or anything else out of the common form is for the general editor.
  const before = text.slice(lineStart, key.start)
  if (!/^[ -]*$/.test(before) || text.slice(key.end, end).includes('\n') || !/^[ \t]*(?:#.*)?$/.test(rest))
    return undefined
  const at = end + rest.length
  const line = `${lineEnd?.[0] || '\n'}${' '.repeat(before.length)}imagePullPolicy: Always`
  return fileEdit(path, [{ span: { start: at, end: at }, text: line }])
}
