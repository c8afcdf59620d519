import type { Position, Range, Span } from './span.ts'

/** Turns offsets of one text into lines and columns. LF, CRLF and a lone CR each end a line. */
export class LineMap {
  readonly #starts: number[] = [0]
  readonly #text: string

  constructor(text: string) {
    this.#text = text
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1)
    }
  }

  get lineCount(): number {
    return this.#starts.length
  }

  /** Offsets outside the text are moved to its nearest end. */
  position(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#text.length))
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: at - (this.#starts[low] ?? 0) + 1 }
  }

  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) }
  }

  /** The offset at which a line (from 1) begins; lines past the end give the text's length. */
  lineStart(line: number): number {
    return this.#starts[line - 1] ?? this.#text.length
  }

  /** The offset just past a line's last character, before its line end. */
  lineEnd(line: number): number {
    let end = this.#starts[line] ?? this.#text.length
    if (line < this.#starts.length) {
      if (this.#text[end - 1] === '\n') end--
      if (this.#text[end - 1] === '\r') end--
    }
    return end
  }

  /** A line's text without its line end. */
  lineText(line: number): string {
    return this.#text.slice(this.lineStart(line), this.lineEnd(line))
  }
}
