/**
 * YAML as Conftest and kubectl read it, which is the YAML 1.1 of Go's library: `yes`, `on` and their like are booleans, also as keys (`on:`
 * of a workflow is `true`), and keys become strings.
 */
import { type Alias, isAlias, isMap, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import { parseYaml as readYaml } from '../../../parse/yaml/parser.ts'
import { isMergeKey, mergedMaps, pairValue, resolveAlias } from '../../../parse/yaml/nodes.ts'
import type { Value } from '../../../rego/value/value.ts'
import type { Span } from '../../../text/span.ts'
import { type InputNode, list, map, scalar, underKey } from '../node.ts'
import { InputFaults } from './faults.ts'
import { goInteger, numberOf } from './numbers.ts'

/** Several documents are a list of them; an empty file is null. */
export function parseYamlInput(text: string, file: string): InputNode {
  const { documents, diagnostics, lines, template } = readYaml(file.replace(/\.json$/i, '.yaml'), text)
  if (template || documents.some(({ valid }) => !valid)) {
    throw new InputFaults(
      diagnostics.map(({ code, message, range }) => {
        const { start, end } = range ?? { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }
        const offset = (at: { line: number; column: number }): number => lines.lineStart(at.line) + at.column - 1
        return {
          code,
          message: message.replace(/audited/g, 'checked'),
          span: { start: offset(start), end: offset(end) },
        }
      }),
    )
  }
  const nodes = documents.map(({ tree, aliases, span }) => {
    const root = tree.contents as Node | null
    return root === null ? scalar(null, { start: span.start, end: span.start }) : convert(root, aliases)
  })
  const [first] = nodes
  if (first === undefined) return scalar(null)
  return nodes.length === 1 ? first : list(nodes)
}

function convert(node: Node, aliases: ReadonlyMap<Alias, Node>): InputNode {
  if (isAlias(node)) {
    const target = resolveAlias(node, aliases)
    const span = spanOf(node)
    return target === undefined ? scalar(null, span) : convert(target, aliases)
  }
  if (isScalar(node)) return scalar(scalarValue(node), spanOf(node))
  if (isSeq<Node>(node))
    return list(
      node.items.map((item) => convert(item, aliases)),
      spanOf(node),
    )
  if (!isMap(node)) return scalar(null, spanOf(node))
  const members = new Map<string, InputNode>()
  for (const pair of node.items) {
    if (isMergeKey(pair)) continue
    const key = pair.key as Node | null
    const value = pairValue(pair)
    const converted = value === undefined ? scalar(null) : convert(value, aliases)
    const name = keyText(key === null ? null : valueOfKey(key, aliases))
    members.set(name, key === null ? converted : underKey(converted, spanOf(key)))
  }
  for (const source of mergedMaps(node, aliases)) {
    const merged = convert(source, aliases)
    if (merged.kind !== 'map') continue
    for (const [key, member] of merged.members) if (!members.has(key)) members.set(key, member)
  }
  return map(members, spanOf(node))
}

function valueOfKey(key: Node, aliases: ReadonlyMap<Alias, Node>): Value {
  const node = convert(key, aliases)
  return node.kind === 'scalar' ? node.value : null
}

function keyText(value: Value): string {
  return typeof value === 'string' ? value : String(value)
}

function spanOf(node: Node): Span {
  const [start, end] = node.range ?? [0, 0]
  return { start, end }
}

const TRUE = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'])
const FALSE = new Set(['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'])
const NULL = new Set(['', '~', 'null', 'Null', 'NULL'])
const FLOAT = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/

function scalarValue({ type, source, value, tag }: Scalar): Value {
  const text = source ?? (typeof value === 'string' ? value : '')
  if (type !== 'PLAIN' || tag === 'tag:yaml.org,2002:str') return text
  if (NULL.has(text)) return null
  if (TRUE.has(text)) return true
  if (FALSE.has(text)) return false
  if (!/^[-+.\d]/.test(text)) return text
  const digits = text.replaceAll('_', '')
  const whole = goInteger(digits)
  if (whole !== undefined) return whole
  if (!FLOAT.test(digits)) return text
  return numberOf(plainNumber(digits)) ?? text
}

/** `+.5` and `5.` in the spelling of JSON. */
function plainNumber(text: string): string {
  return text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/\.(?=$|[eE])/, '.0')
}
