import type { TextEdit } from '../../text/edit.ts'
import type { Span } from '../../text/span.ts'

interface LineInsert {
  readonly offset: number
  readonly lines: readonly string[]
}

/**
 * Collects what an edit does to a text. Insertions at one offset come out in the order they were made in; removals may
 * overlap each other, and whole lines may be added behind lines that are removed.
 */
export class Splices {
  readonly #text: string
  readonly #eol: string
  readonly #inserts: { readonly offset: number; readonly text: string }[] = []
  readonly #lineInserts: LineInsert[] = []
  readonly #replacements: TextEdit[] = []
  readonly #removals: Span[] = []

  constructor(text: string, eol: string) {
    this.#text = text
    this.#eol = eol
  }

  insert(offset: number, text: string): void {
    this.#inserts.push({ offset, text })
  }

  /** Adds whole lines at the end of the line that ends at `offset`, or before the one that begins there. */
  insertLines(offset: number, lines: readonly string[]): void {
    this.#lineInserts.push({ offset, lines })
  }

  replace(span: Span, text: string): void {
    if (span.start === span.end) this.insert(span.start, text)
    else if (text === '') this.#removals.push(span)
    else this.#replacements.push({ span, text })
  }

  remove(span: Span): void {
    this.replace(span, '')
  }

  /** Sorted by offset. */
  edits(): TextEdit[] {
    const removals = union(this.#removals)
    const inserts = new Map<number, string>()
    for (const { offset, text } of [
      ...this.#inserts,
      ...this.#lineInserts.map((insert) => this.#place(insert, removals)),
    ]) {
      inserts.set(offset, (inserts.get(offset) ?? '') + text)
    }
    return [
      ...[...inserts].map(([offset, text]) => ({ span: { start: offset, end: offset }, text })),
      ...this.#replacements,
      ...removals.map((span) => ({ span, text: '' })),
    ].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  }

  #place({ offset, lines }: LineInsert, removals: readonly Span[]): { offset: number; text: string } {
    const body = lines.join(this.#eol)
    const removal = removals.find(({ start, end }) => start < offset && offset <= end)
    if (removal && offset < removal.end) {
      // The line to add behind goes itself, so these lines take its place.
      if (this.#startsLine(removal.start)) return { offset: removal.start, text: body + this.#eol }
      if (/[\r\n]/.test(this.#text[removal.start] ?? '')) return { offset: removal.start, text: this.#eol + body }
    }
    const opened = removal !== undefined && this.#startsLine(removal.start)
    if (opened && offset === this.#text.length && !this.#startsLine(offset)) return { offset, text: body }
    return { offset, text: this.#startsLine(offset) ? body + this.#eol : this.#eol + body }
  }

  #startsLine(offset: number): boolean {
    return offset > 0 ? this.#text[offset - 1] === '\n' || (offset === 1 && this.#text.startsWith('\ufeff')) : true
  }
}

function union(spans: readonly Span[]): Span[] {
  const merged: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && span.start < last.end)
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else merged.push(span)
  }
  return merged
}
