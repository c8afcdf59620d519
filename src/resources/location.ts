import { isMap, isSeq, type Node } from 'yaml'
import type { ParsedFile } from '../parse/document.ts'
import type { Span } from '../text/span.ts'
import type { Origin } from './value.ts'

/** A span of one file. */
export interface Location {
  readonly document: ParsedFile
  readonly span: Span
}

/** What a message about a value points at: the value itself, the header of a block, the first key of a mapping. */
export function originLocation(origin: Origin): Location {
  switch (origin.language) {
    case 'hcl':
      return {
        document: origin.document,
        span: origin.node.kind === 'block' ? origin.node.headerSpan : origin.node.span,
      }
    case 'embedded-json':
      return { document: origin.document, span: origin.span }
    case 'yaml':
      return { document: origin.document, span: yamlDisplaySpan(origin.node) }
  }
}

/** A block mapping spans many lines, so its first key stands for it; a sequence is shown at its first item. */
function yamlDisplaySpan(node: Node): Span {
  const first = isMap(node) ? node.items[0]?.key : isSeq(node) ? node.items[0] : undefined
  if (isYamlNode(first)) return yamlDisplaySpan(first)
  return yamlSpan(node)
}

export function yamlSpan(node: Node): Span {
  const [start, valueEnd] = node.range ?? [0, 0]
  return { start, end: valueEnd }
}

function isYamlNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}
