import { type JsonNode, scanJson } from '../../../parse/hcl/json-scan.ts'
import { type InputNode, list, map, scalar, underKey } from '../node.ts'
import { fault, InputFaults } from './faults.ts'
import { numberOf } from './numbers.ts'

export function parseJsonInput(text: string): InputNode {
  // The scanner's spans are the text's own, so a byte order mark is blanked, not cut off.
  const { root, reports } = scanJson(text.replace(/^\uFEFF/, ' '))
  const faults = reports.map(({ span, code, message }) => ({ span, code, message }))
  if (faults.length > 0) throw new InputFaults(faults)
  return convert(root)
}

/** JSON with comments; as in Conftest a comma before a closing bracket is a fault. */
export function parseJsoncInput(text: string): InputNode {
  return parseJsonInput(blankComments(text))
}

function convert(node: JsonNode): InputNode {
  switch (node.kind) {
    case 'object': {
      const members = new Map<string, InputNode>()
      for (const { key, value } of node.members) members.set(key.value, underKey(convert(value), key.span))
      return map(members, node.span)
    }
    case 'array':
      return list(node.items.map(convert), node.span)
    case 'string':
      return scalar(node.value, node.span)
    case 'scalar':
      return scalar(typeof node.value === 'number' ? numberOf(node.raw) : node.value, node.span)
    case 'invalid':
      throw fault(node.span, 'json-unreadable', 'This is no JSON value.')
  }
}

const STRING_OR_COMMENT = /"(?:[^"\\]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g

/** Comments become spaces, so that every place stays where it is. */
function blankComments(text: string): string {
  return text.replace(STRING_OR_COMMENT, (found) => (found.startsWith('"') ? found : found.replace(/[^\n]/g, ' ')))
}
