import { type Alias, isAlias, isMap, isNode, isScalar, isSeq, type Node, type Scalar, type YAMLMap } from 'yaml'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { isMergeKey, keyText, mergedMaps, pairValue, resolveAlias } from '../../parse/yaml/nodes.ts'
import type { Span } from '../../text/span.ts'
import { yamlSpan } from '../location.ts'
import type { MapValue, Value, YamlOrigin } from '../value.ts'

export interface ReadContext {
  readonly document: YamlFile
  readonly aliases: ReadonlyMap<Alias, Node>
  /** True if strings may hold template expressions that are filled in before the cluster sees them. */
  readonly templated: boolean
  readonly sensitive: boolean
}

/** Kubernetes reads YAML 1.1, where a leading zero makes a number octal (`defaultMode: 0644`). */
const OCTAL = /^0[0-7]+$/

/** A node of a valid document as a value. An alias gives what it stands for, with the origin of the anchored node. */
export function readNode(node: Node, context: ReadContext): Value {
  const target = resolveAlias(node, context.aliases)
  const origin: YamlOrigin = { language: 'yaml', document: context.document, node: target ?? node }
  if (isScalar(target))
    return {
      ...readScalar(target, context),
      origin,
      ...(context.sensitive && { sensitive: true }),
    }
  if (isMap(target)) return readMap(target, context)
  if (isSeq(target)) {
    return {
      kind: 'list',
      items: target.items.filter(isNode).map((item) => readNode(item, context)),
      origin,
    }
  }
  return {
    kind: 'unknown',
    reason: `nothing is known of the alias *${isAlias(node) ? node.source : ''}`,
    origin,
  }
}

export function readMap(map: YAMLMap, context: ReadContext): MapValue {
  const entries = new Map<string, Value>()
  const keySpans = new Map<string, Span>()
  for (const pair of map.items) {
    const key = keyText(pair)
    if (key === undefined || !isNode(pair.key)) continue
    const value = pairValue(pair)
    entries.set(key, value === undefined ? { kind: 'null' } : readNode(value, context))
    keySpans.set(key, yamlSpan(pair.key))
  }
  if (map.items.some(isMergeKey)) {
    for (const source of mergedMaps(map, context.aliases)) {
      const merged = readMap(source, context)
      for (const [key, value] of merged.entries) {
        if (entries.has(key)) continue
        entries.set(key, value)
        const span = merged.keySpans?.get(key)
        if (span) keySpans.set(key, span)
      }
    }
  }
  return {
    kind: 'map',
    entries,
    keySpans,
    origin: { language: 'yaml', document: context.document, node: map },
  }
}

function readScalar(scalar: Scalar, context: ReadContext): Value {
  const { value } = scalar
  if (typeof value === 'string') {
    return context.templated && value.includes('{{')
      ? { kind: 'unknown', reason: 'a Helm template fills this in', notNull: true }
      : { kind: 'string', value }
  }
  if (typeof value === 'boolean') return { kind: 'bool', value }
  if (typeof value === 'number') {
    const { source = '' } = scalar
    return { kind: 'number', value: OCTAL.test(source) ? Number.parseInt(source, 8) : value }
  }
  return { kind: 'null' }
}
