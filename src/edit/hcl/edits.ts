import type { Attribute, Block, HclDocument, ObjectExpression } from '../../parse/hcl/ast.ts'
import type { TextEdit } from '../../text/edit.ts'
import { type Span, spanContains } from '../../text/span.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import { deletionSpan, topAttributeSpan } from './deletion.ts'
import { insertIntoJson, jsonBlockInsertions } from './json.ts'
import { insertIntoBody } from './native.ts'
import { type BlockSpec, type HclValue, type ItemSpec, jsonValue, renderBlock, renderValue } from './spec.ts'
import { documentStyle, indentAt } from './style.ts'

/** What attributes and nested blocks can be added to; in JSON syntax nested blocks are objects. */
export type Container = Block | ObjectExpression

export interface Insertion {
  readonly offset: number
  readonly text: string
  /** Text that the insertion replaces, from `offset` on; white space at most. */
  readonly replaces?: number
}

interface Addition {
  readonly document: HclDocument
  readonly items: ItemSpec[]
}

/**
 * Collects what a fix does to Terraform files and renders it as text edits at the end, so that several things added to
 * one block come out as one piece. Nothing is re-serialised: what is not edited keeps every byte.
 */
export class HclEdits {
  readonly #inserts = new Map<string, Map<number, string>>()
  readonly #replacements = new Map<string, TextEdit[]>()
  readonly #texts = new Map<string, string>()
  readonly #additions = new Map<Container, Addition>()
  readonly #jsonBlocks = new Map<HclDocument, BlockSpec[]>()
  readonly #deleted = new Set<Attribute | Block>()
  readonly #widths = new Map<Attribute, number>()
  readonly #creates = new Map<string, string>()
  /** Line ends that complete the last line of a file, once something stands below it. */
  readonly #finalLineEnds = new Map<string, string>()

  /** Replaces a span; a second replacement of the same span wins over the first. */
  replace(document: Pick<HclDocument, 'path' | 'text'>, span: Span, text: string): void {
    this.#texts.set(document.path, document.text)
    const edits = this.#replacements.get(document.path) ?? []
    const rest = edits.filter((edit) => edit.span.start !== span.start || edit.span.end !== span.end)
    this.#replacements.set(document.path, [...rest, { span, text }])
  }

  /** Says in which width an attribute's name is laid out by another edit, so that what joins it is aligned with it. */
  layOut(attribute: Attribute, width: number): void {
    this.#widths.set(attribute, width)
  }

  /** Insertions at one offset come out in the order they were made in. */
  insert(document: Pick<HclDocument, 'path'>, offset: number, text: string): void {
    const inserts = this.#inserts.get(document.path) ?? new Map<number, string>()
    inserts.set(offset, (inserts.get(offset) ?? '') + text)
    this.#inserts.set(document.path, inserts)
  }

  /** A new file; what else is for the same one goes below, set apart by a blank line. */
  create(path: string, text: string): void {
    const there = this.#creates.get(path)
    const eol = text.includes('\r\n') ? '\r\n' : '\n'
    if (there === undefined) this.#creates.set(path, text)
    else if (!there.includes(text)) this.#creates.set(path, there + eol + text)
  }

  /** Replaces an attribute's expression, or adds the attribute where it belongs among those that are there. */
  setAttribute(document: HclDocument, container: Container, name: string, value: HclValue): void {
    const there = container.kind === 'block' ? findAttribute(container, name) : undefined
    if (there !== undefined) this.replace(document, there.value.span, valueText(document, value))
    else this.addItem(document, container, { kind: 'attribute', name, value })
  }

  /** Adds a nested block at the end of a body. */
  addBlock(document: HclDocument, container: Container, spec: BlockSpec): void {
    this.addItem(document, container, spec)
  }

  addItem(document: HclDocument, container: Container, item: ItemSpec): void {
    const addition = this.#additions.get(container) ?? { document, items: [] }
    const same = addition.items.findIndex(
      (other) => item.kind === 'attribute' && other.kind === 'attribute' && other.name === item.name,
    )
    if (same >= 0) addition.items[same] = item
    else addition.items.push(item)
    this.#additions.set(container, addition)
  }

  /** Removes an attribute or a block with the rest of its last line; comments above it stay. */
  delete(document: HclDocument, container: Block, item: Attribute | Block): void {
    this.#deleted.add(item)
    this.replace(document, deletionSpan(document, container, item), '')
  }

  /** Removes an attribute of a `.tfvars` file with its lines. */
  deleteFromFile(document: HclDocument, item: Attribute): void {
    this.#deleted.add(item)
    this.replace(document, topAttributeSpan(document, item), '')
  }

  /** A new top-level block below another one, a blank line between them. */
  addBlockAfter(document: HclDocument, after: Block, spec: BlockSpec): void {
    if (document.syntax === 'json') {
      this.#addJson(document, spec)
      return
    }
    const style = documentStyle(document)
    const { lines, text } = document
    const end = lines.lineEnd(lines.position(after.span.end).line)
    const indent = indentAt(document, after.span.start)
    this.insert(document, end, style.eol + style.eol + renderBlock(spec, indent, style).join(style.eol))
    if (end === text.length) this.#finalLineEnds.set(document.path, style.eol)
  }

  /** A new top-level block at the end of a file. */
  append(document: HclDocument, spec: BlockSpec): void {
    const last = document.body.items.findLast((item) => item.kind === 'block')
    if (document.syntax === 'json') {
      this.#addJson(document, spec)
    } else if (last?.kind === 'block' && document.text.slice(last.span.end).trim() === '') {
      this.addBlockAfter(document, last, spec)
    } else {
      const style = documentStyle(document)
      const body = document.text.replace(/^\uFEFF/, '')
      const gap = body.trim() === '' ? '' : body.endsWith('\n') ? style.eol : style.eol + style.eol
      this.insert(document, document.text.length, gap + renderBlock(spec, '', style).join(style.eol) + style.eol)
    }
  }

  #addJson(document: HclDocument, spec: BlockSpec): void {
    const specs = this.#jsonBlocks.get(document)
    if (specs === undefined) this.#jsonBlocks.set(document, [spec])
    else specs.push(spec)
  }

  finish(): WorkspaceEdit {
    for (const [container, { document, items }] of this.#additions) {
      const insertions =
        document.syntax === 'json' || container.kind === 'object'
          ? insertIntoJson(document, container, items)
          : insertIntoBody(
              document,
              container,
              items,
              this.#deleted,
              (attribute) => this.#rewrites(document, attribute),
              this.#widths,
            )
      for (const insertion of insertions) this.#place(document, insertion)
    }
    this.#additions.clear()
    for (const [document, specs] of this.#jsonBlocks) {
      for (const insertion of jsonBlockInsertions(document, specs)) this.#place(document, insertion)
    }
    this.#jsonBlocks.clear()
    const changes = new Map<string, readonly TextEdit[]>()
    for (const path of new Set([...this.#inserts.keys(), ...this.#replacements.keys()]))
      changes.set(path, this.#editsOf(path))
    return { changes, creates: this.#creates }
  }

  #place(document: HclDocument, { offset, text, replaces }: Insertion): void {
    if (replaces === undefined || replaces === 0) this.insert(document, offset, text)
    else this.replace(document, { start: offset, end: offset + replaces }, text)
  }

  #rewrites({ path }: HclDocument, { value }: Attribute): boolean {
    const edits = this.#replacements.get(path) ?? []
    return edits.some(({ span }) => span.start === value.span.start && span.end === value.span.end)
  }

  #editsOf(path: string): TextEdit[] {
    const all = this.#replacements.get(path) ?? []
    const source = this.#texts.get(path) ?? ''
    const removed = union(all.filter(({ text }) => text === '').map(({ span }) => span)).map((span) =>
      tidied(source, span),
    )
    // What lies inside something that goes as a whole goes with it.
    const replaced = all.filter(({ span, text }) => text !== '' && !removed.some((outer) => spanContains(outer, span)))
    const inserts = new Map(this.#inserts.get(path))
    const finalLineEnd = this.#finalLineEnds.get(path)
    if (finalLineEnd !== undefined) {
      const end = Math.max(...inserts.keys())
      inserts.set(end, (inserts.get(end) ?? '') + finalLineEnd)
    }
    const placed = [...inserts]
      .filter(([offset]) => !removed.some(({ start, end }) => start < offset && offset < end))
      .map(([offset, text]) => ({ span: { start: offset, end: offset }, text }))
    return [...placed, ...replaced, ...removed.map((span) => ({ span, text: '' }))].toSorted(
      (a, b) => a.span.start - b.span.start || a.span.end - b.span.end,
    )
  }
}

/** Spans that touch or overlap as one: neighbours that go share the blank line between them. */
function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last !== undefined && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else {
      merged.push(span)
    }
  }
  return merged
}

/** Whole lines that go before a closing brace take the blank line above with them. */
function tidied(text: string, { start, end }: Span): Span {
  const blank = /\n([ \t]*\r?\n)$/.exec(text.slice(0, start))?.[1]
  return blank !== undefined && /^[ \t]*\}/.test(text.slice(end))
    ? { start: start - blank.length, end }
    : { start, end }
}

/** A value in a document's own syntax. */
export function valueText(document: HclDocument, value: HclValue): string {
  return document.syntax === 'json' ? JSON.stringify(jsonValue(value)) : renderValue(value)
}

export function findAttribute(container: Block, name: string): Attribute | undefined {
  for (const item of container.body.items) if (item.kind === 'attribute' && item.name === name) return item
  return undefined
}

export function findBlocks(container: Block, type: string): readonly Block[] {
  return container.body.items.filter((item): item is Block => item.kind === 'block' && item.type === type)
}
