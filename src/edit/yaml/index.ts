import { isMap, isNode, isSeq, type Node } from 'yaml'
import type { YamlDocument, YamlFile } from '../../parse/yaml/ast.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import type { PathStep } from '../../resources/place.ts'
import { applyEdits, type TextEdit } from '../../text/edit.ts'
import { buildPatch, type ItemOrigins, patched, type YamlChange } from './change.ts'
import { dataKey, nodeData, sameData, type YamlData } from './data.ts'
import { pairValue } from '../../parse/yaml/nodes.ts'
import { reconcile } from './reconcile.ts'
import { Refusal } from './refusal.ts'
import { Splices } from './splices.ts'
import { documentStyle } from './style.ts'

export type { YamlChange } from './change.ts'
export type { YamlData } from './data.ts'

export interface YamlEditOptions {
  /** What to do where an edit would lie in a value that an alias shares with other places. Default: refuse. */
  readonly throughAlias?: 'refuse' | 'anchor'
}

export type YamlEditResult = { readonly edits: readonly TextEdit[] } | { readonly refused: string }

/**
 * Text edits that make all the changes to one object of a file, and nothing else. No edits if it is so already. The
 * result was read again: it is valid YAML, and its data differ from the data before by these changes only.
 * @param rootNode the object's mapping, somewhere in one of the file's documents; paths start there
 */
export function yamlEdit(
  file: YamlFile,
  rootNode: Node,
  changes: readonly YamlChange[],
  options: YamlEditOptions = {},
): YamlEditResult {
  const { throughAlias = 'refuse' } = options
  const known = KNOWN.get(rootNode) ?? new Map<string, YamlEditResult>()
  KNOWN.set(rootNode, known)
  const key = `${throughAlias} ${JSON.stringify(changes, distinctNumber)}`
  const result = known.get(key) ?? tryEdits(file, rootNode, changes, throughAlias)
  known.set(key, result)
  return result
}

/** By root node, which stays the same while its file does: a fixer asks for its edits when it judges and when it builds. */
const KNOWN = new WeakMap<Node, Map<string, YamlEditResult>>()

/** JSON has no infinity and one zero only. */
function distinctNumber(_key: string, value: unknown): unknown {
  return typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))
    ? `\0${Object.is(value, -0) ? '-0' : value}`
    : value
}

function tryEdits(
  file: YamlFile,
  rootNode: Node,
  changes: readonly YamlChange[],
  throughAlias: 'refuse' | 'anchor',
): YamlEditResult {
  try {
    return { edits: buildEdits(file, rootNode, changes, throughAlias) }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
}

function buildEdits(
  file: YamlFile,
  rootNode: Node,
  changes: readonly YamlChange[],
  throughAlias: 'refuse' | 'anchor',
): TextEdit[] {
  const { document: read, path } = locate(file, rootNode)
  const document = read.whole?.() ?? read
  const contents = document.tree.contents
  if (!isNode(contents)) return []
  const origins: ItemOrigins = new WeakMap()
  const before = nodeData(contents, document.aliases)
  const after = patched(before, buildPatch(changes, path), origins)
  if (after === undefined || sameData(before, after)) return []
  const style = documentStyle(file, document)
  const splices = new Splices(file.text, style.eol)
  const root = { kind: 'root', node: contents } as const
  reconcile(root, after, undefined, { file, document, style, splices, origins, throughAlias })
  const edits = splices.edits()
  verify(file, document, edits, throughAlias === 'refuse' ? after : undefined)
  return edits
}

/** The document that holds a node, and the way to it. */
function locate(file: YamlFile, wanted: Node): { document: YamlDocument; path: PathStep[] } {
  for (const document of file.documents) {
    const path = isNode(document.tree.contents) ? pathTo(document.tree.contents, wanted, document) : undefined
    if (path === undefined) continue
    if (!document.valid) throw new Refusal('the document cannot be read')
    return { document, path }
  }
  throw new RangeError(`the node to edit is not in ${file.path}`)
}

function pathTo(node: Node, wanted: Node, document: YamlDocument): PathStep[] | undefined {
  if (node === wanted) return []
  const children: [PathStep, Node | undefined][] = isMap(node)
    ? node.items.map((pair) => [dataKey(pair, document.aliases), pairValue(pair)])
    : isSeq(node)
      ? node.items.map((item, index) => [index, isNode(item) ? item : undefined])
      : []
  for (const [step, child] of children) {
    const rest = child && pathTo(child, wanted, document)
    if (rest) return [step, ...rest]
  }
  return undefined
}

/** The last guard: an edit that is not exactly what was asked for is refused, whatever shape of YAML led to it. */
function verify(
  file: YamlFile,
  document: YamlDocument,
  edits: readonly TextEdit[],
  expected: YamlData | undefined,
): void {
  const { start, end } = document.span
  const local = edits.map(({ span, text }) => ({
    span: { start: span.start - start, end: span.end - start },
    text,
  }))
  let text: string
  try {
    text = applyEdits(file.text.slice(start, end), local)
  } catch {
    throw new Refusal('the changes overlap in the text')
  }
  const result = parseYaml(file.path, text).documents[0]
  const contents = result?.tree.contents
  const exact =
    result?.valid === true &&
    isNode(contents) &&
    (expected === undefined || sameData(nodeData(contents, result.aliases), expected))
  if (!exact) throw new Refusal('the way this is written does not allow the change without rewriting more')
}
