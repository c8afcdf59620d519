import type { Alias, Document, Node } from 'yaml'
import type { Span } from '../../text/span.ts'
import type { ParsedFile } from '../document.ts'

/** A YAML (or JSON) file: one or more documents over the original text. Positions come from the nodes' `range`. */
export interface YamlFile extends ParsedFile {
  readonly language: 'yaml'
  readonly syntax: 'yaml' | 'json'
  readonly documents: readonly YamlDocument[]
  /** True if it is a template (Helm, Go, Jinja) that is no YAML before it is rendered. */
  readonly template: boolean
}

export interface YamlDocument {
  /** From 0, empty documents included. */
  readonly index: number
  /** From the first character after the previous document's end to the end of this one. */
  readonly span: Span
  /** The library's tree, with ranges into the whole file's text. It may lack source tokens; see `whole`. */
  readonly tree: Pick<Document, 'contents'>
  /** False if this document could not be read; it then has diagnostics in the file and yields no resources. */
  readonly valid: boolean
  /** What each alias stands for. Complete and free of cycles in a valid document. */
  readonly aliases: ReadonlyMap<Alias, Node>
  /** The same document with source tokens, where this one has none. Its nodes are others. */
  readonly whole?: () => YamlDocument | undefined
}
