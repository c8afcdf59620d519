/** Kubernetes objects as policies see them: plain values, and where they were written. */
import type { Alias, Node, YAMLMap } from 'yaml'
import type { YamlFile } from '../parse/yaml/ast.ts'
import { manifestObjects } from '../resources/kubernetes/objects.ts'
import { originLocation } from '../resources/location.ts'
import type { Range } from '../text/span.ts'
import { type Fields, fieldsAt, isFields, memberAt, textAt, textMapAt } from './json.ts'
import { nodeAt, plainValue } from './plain.ts'

/** Where an object was written. */
interface ObjectSource {
  readonly file: YamlFile
  readonly node: YAMLMap
  readonly aliases: ReadonlyMap<Alias, Node>
}

/** One object. `value` must not change. */
export class KubernetesObject {
  readonly value: Fields
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly generateName: string
  readonly namespace: string
  readonly #source: ObjectSource | undefined
  #labels: ReadonlyMap<string, string> | undefined

  constructor(value: Fields, source?: ObjectSource) {
    this.value = value
    this.apiVersion = textAt(value, 'apiVersion')
    this.kind = textAt(value, 'kind')
    this.name = textAt(value, 'metadata', 'name')
    this.generateName = textAt(value, 'metadata', 'generateName')
    this.namespace = textAt(value, 'metadata', 'namespace')
    this.#source = source
  }

  get group(): string {
    return groupOf(this.apiVersion)
  }

  get version(): string {
    return this.apiVersion.slice(this.apiVersion.indexOf('/') + 1)
  }

  get labels(): ReadonlyMap<string, string> {
    return (this.#labels ??= textMapAt(this.value, 'metadata', 'labels'))
  }

  get annotations(): ReadonlyMap<string, string> {
    return textMapAt(this.value, 'metadata', 'annotations')
  }

  get isNamespace(): boolean {
    return this.kind === 'Namespace' && this.group === ''
  }

  /** `Kind/namespace/name`, as everywhere in the program. */
  get address(): string {
    return `${this.kind}/${this.namespace}/${this.name === '' ? this.generateName : this.name}`
  }

  /** Empty for an object that was in no file. */
  get file(): string {
    return this.#source?.file.path ?? ''
  }

  /** The same object inside of another one, as a review holds it. */
  inside(path: readonly string[]): KubernetesObject | undefined {
    const value = memberAt(this.value, ...path)
    if (!isFields(value)) return undefined
    const source = this.#source
    const found = source && nodeAt(source.node, path, source.aliases)
    const node = found?.depth === path.length ? found.node : undefined
    return new KubernetesObject(value, source && node && isYamlMap(node) ? { ...source, node } : undefined)
  }

  /** The place of the value at a path, or of its nearest parent that is there; and how much of the path is there. */
  locate(path: readonly unknown[]): { readonly range: Range; readonly depth: number } {
    const source = this.#source
    if (source === undefined) return { range: START, depth: 0 }
    const { node, depth } = nodeAt(source.node, path, source.aliases)
    const { span } = originLocation({ language: 'yaml', document: source.file, node })
    return { range: source.file.lines.range(span), depth }
  }

  /** A line and column inside of the text value at a path, such as Rego in a template. */
  locateInText(path: readonly (string | number)[], line: number, column: number): Range {
    const source = this.#source
    const { range, depth } = this.locate(path)
    if (source === undefined || depth < path.length) return range
    const [start = 0, end = start] = nodeAt(source.node, path, source.aliases).node.range ?? []
    const { text, lines } = source.file
    const written = text.slice(start, end)
    const first = lines.position(start)
    const block = /^[|>][^\n]*\n/.exec(written)
    if (block === null) {
      // A text over several lines was folded: only its start is known.
      if (written.includes('\n')) return range
      const quote = /^["']/.test(written) ? 1 : 0
      const position = { line: first.line, column: Math.min(first.column + quote + column - 1, range.end.column) }
      return { start: position, end: position }
    }
    const indent = /^(?:[ \t]*\r?\n)*( *)/.exec(written.slice(block[0].length))?.[1]?.length ?? 0
    // An error at the end of a text stands behind its last line end.
    const position = lines.position(Math.min(lines.lineStart(first.line + line) + indent + column - 1, end))
    return { start: position, end: position }
  }
}

const START: Range = { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } }

function isYamlMap(node: Node): node is YAMLMap {
  return 'items' in node && 'has' in node
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

/** The objects of a parsed file, in their order; items of lists one by one. Documents that are no objects are left out. */
export function objectsOf(file: YamlFile): KubernetesObject[] {
  return file.documents.flatMap(({ tree, valid, aliases }) => {
    const root = tree.contents
    if (!valid || root === null) return []
    return manifestObjects(root, aliases).map(({ apiVersion, kind, node }) => {
      const value = plainValue(node, aliases)
      const fields = isFields(value) ? value : {}
      return new KubernetesObject({ ...fields, apiVersion, kind }, { file, node, aliases })
    })
  })
}

/** With another name, namespace or owner: a copy whose places are those of the original. */
export function withMetadata(value: Fields, metadata: Fields): Fields {
  return { ...value, metadata: { ...fieldsAt(value, 'metadata'), ...metadata } }
}
