import { type Alias, isMap, isNode, isScalar, isSeq, type Node, type YAMLMap } from 'yaml'
import { nodeData, type YamlData } from '../../edit/yaml/data.ts'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { ownPair, pairValue, resolveAlias } from '../../parse/yaml/nodes.ts'
import { manifestObjects } from '../../resources/kubernetes/objects.ts'
import { yamlSpan } from '../../resources/location.ts'
import type { Position, Range } from '../../text/span.ts'

export type Step = string | number
export type DataMap = Readonly<Record<string, YamlData>>

/** One Kubernetes object of a file, with the places of its values. */
export interface LintObject {
  readonly file: YamlFile
  readonly node: YAMLMap
  readonly aliases: ReadonlyMap<Alias, Node>
  readonly data: DataMap
  readonly apiVersion: string
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
  readonly address: string
}

export function lintObjects(file: YamlFile): LintObject[] {
  return file.documents.flatMap(({ tree, valid, aliases }) => {
    const root = tree.contents
    if (!valid || !isNode(root)) return []
    return manifestObjects(root, aliases).map(({ apiVersion, kind, node }): LintObject => {
      const data = fields(nodeData(node, aliases))
      const metadata = fields(data['metadata'])
      const name = text(metadata['name'])
      const namespace = text(metadata['namespace'])
      const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
      const address = `${kind}/${namespace}/${name}`
      return { file, node, aliases, data, apiVersion, group, kind, name, namespace, address }
    })
  })
}

/** The node at a path, or the nearest one above it. */
function nodeAt(
  { node, aliases }: LintObject,
  path: readonly Step[],
): { node: Node; key: Node | undefined; whole: boolean } {
  let at: Node = node
  let key: Node | undefined
  for (const step of path) {
    const target = resolveAlias(at, aliases)
    const pair = isMap(target) ? ownPair(target, String(step)) : undefined
    const item = isSeq(target) && typeof step === 'number' ? target.items[step] : undefined
    const next = pair === undefined ? item : (pairValue(pair) ?? pair.key)
    if (!isNode(next)) return { node: at, key, whole: false }
    key = isNode(pair?.key) ? pair.key : undefined
    at = next
  }
  return { node: at, key, whole: true }
}

/** The value at a path; of a mapping or list its key; of what is not there the nearest parent. */
export function rangeOf(object: LintObject, path: readonly Step[]): Range {
  const { node, key } = nodeAt(object, path)
  const shown = isScalar(node) && !isBlockText(object, node) ? node : (key ?? firstOf(node))
  return object.file.lines.range(yamlSpan(shown))
}

/** The key of a pair. */
export function keyRange(object: LintObject, path: readonly Step[]): Range {
  const { node, key } = nodeAt(object, path)
  return object.file.lines.range(yamlSpan(key ?? firstOf(node)))
}

function firstOf(node: Node): Node {
  const first = isMap(node) ? node.items[0]?.key : isSeq(node) ? node.items[0] : undefined
  return isNode(first) ? firstOf(first) : node
}

function isBlockText({ file }: LintObject, node: Node): boolean {
  return /^[|>]/.test(file.text.slice(node.range?.[0] ?? 0, (node.range?.[0] ?? 0) + 1))
}

/** Where a stretch of a block text (Rego in a template) stands in the file; the text as a whole where that is not plain. */
export function rangeInText(object: LintObject, path: readonly Step[], inner: Range): Range {
  const { node, whole } = nodeAt(object, path)
  const { text: source, lines } = object.file
  const [start = 0, end = start] = node.range ?? []
  const head = /^\|[^\n]*\n/.exec(source.slice(start, end))
  if (!whole || head === null) return rangeOf(object, path)
  const body = source.slice(start + head[0].length, end)
  const indent = /^(?:[ \t]*\r?\n)*( *)/.exec(body)?.[1]?.length ?? 0
  const line = lines.position(start).line
  // An error at the end of a text may lie on a line that has no indent, or past the last one.
  const placed = (inside: Position): Position => {
    const at = Math.min(line + inside.line, lines.lineCount)
    return { line: at, column: Math.min(inside.column + indent, lines.lineText(at).length + 1) }
  }
  return { start: placed(inner.start), end: placed(inner.end) }
}

export function at(data: YamlData | undefined, ...path: readonly Step[]): YamlData | undefined {
  let value = data
  for (const step of path) {
    value = typeof step === 'number' ? (isList(value) ? value[step] : undefined) : member(value, step)
  }
  return value
}

function member(value: YamlData | undefined, key: string): YamlData | undefined {
  const map = fields(value)
  return Object.hasOwn(map, key) ? map[key] : undefined
}

export function fields(value: YamlData | undefined): DataMap {
  return typeof value === 'object' && value !== null && !isList(value) ? value : {}
}

export function list(value: YamlData | undefined): readonly YamlData[] {
  return isList(value) ? value : []
}

export function texts(value: YamlData | undefined): readonly string[] {
  return list(value).filter((item) => typeof item === 'string')
}

export function text(value: YamlData | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

function isList(value: YamlData | undefined): value is readonly YamlData[] {
  return Array.isArray(value)
}
