import { isMap, isNode, isScalar, isSeq, type Node } from 'yaml'
import type { YamlDocument, YamlFile } from '../../parse/yaml/ast.ts'
import { pairValue } from '../../parse/yaml/nodes.ts'
import type { Quote } from './render.ts'

/** How a file is written, for what is added to it. */
export interface YamlStyle {
  readonly eol: string
  /** Columns from a key to the mapping under it. */
  readonly indent: number
  /** Columns from a key to the dashes of the sequence under it; often 0. */
  readonly sequenceIndent: number
  readonly quote: Quote
}

/** The habits of one document; where it shows none, those that Kubernetes' own documentation has. */
export function documentStyle(file: YamlFile, document: YamlDocument): YamlStyle {
  const indents: number[] = []
  const sequenceIndents: number[] = []
  const quotes: Quote[] = []
  const walk = (node: Node): void => {
    if (isScalar(node)) {
      if (node.type === 'QUOTE_DOUBLE') quotes.push('double')
      if (node.type === 'QUOTE_SINGLE') quotes.push('single')
    }
    if (isSeq(node)) node.items.filter(isNode).forEach(walk)
    if (!isMap(node)) return
    const own = blockIndent(node)
    for (const pair of node.items) {
      const value = pairValue(pair)
      if (value === undefined) continue
      const inner = blockIndent(value)
      if (own !== undefined && inner !== undefined) (isSeq(value) ? sequenceIndents : indents).push(inner - own)
      walk(value)
    }
  }
  if (isNode(document.tree.contents)) walk(document.tree.contents)
  const crlf = file.text.match(/\r\n/g)?.length ?? 0
  const lf = (file.text.match(/\n/g)?.length ?? 0) - crlf
  return {
    eol: crlf > lf ? '\r\n' : '\n',
    indent: mostCommon(indents.filter((indent) => indent > 0)) ?? 2,
    sequenceIndent: mostCommon(sequenceIndents.filter((indent) => indent >= 0)) ?? 2,
    quote: mostCommon(quotes) ?? 'double',
  }
}

/** The column of a block collection's keys or dashes; undefined for anything else. */
export function blockIndent(node: Node): number | undefined {
  const token = node.srcToken
  return token?.type === 'block-map' || token?.type === 'block-seq' ? token.indent : undefined
}

/** The first of the most frequent values. */
function mostCommon<T>(values: readonly T[]): T | undefined {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  let best: T | undefined
  for (const [value, count] of counts) if (best === undefined || count > (counts.get(best) ?? 0)) best = value
  return best
}
