import type { FindingLocation } from '../engine/finding.ts'
import { LineMap } from '../text/line-map.ts'
import { visible } from './escape.ts'

/** Where code lines come from, and what keeps secrets out of them. */
export interface CodeSources {
  /** The text of an audited file, or undefined if it is not at hand. */
  readonly sources: (file: string) => string | undefined
  /** Hides secrets in one line of a file; the identity where there are none. */
  readonly mask: (file: string, line: number, text: string) => string
}

/** One code line, ready to be shown: everything visible, tabs as two spaces; the marked part in the middle. */
export interface CodeLine {
  readonly line: number
  readonly before: string
  readonly marked: string
  readonly after: string
}

/** Reads lines of files, each file once. */
export class CodeReader {
  readonly #from: CodeSources
  readonly #files = new Map<string, LineMap | undefined>()

  constructor(from: CodeSources) {
    this.#from = from
  }

  /** The first line of a place; undefined if the file is not at hand or has no such line. */
  lineAt(location: FindingLocation): CodeLine | undefined {
    const { start, end } = location.range
    const lines = this.#lines(location.file)
    if (lines === undefined || start.line < 1 || start.line > lines.lineCount) return undefined
    const original = lines.lineText(start.line)
    const text = this.#from.mask(location.file, start.line, original)
    // Columns belong to the original: once something is hidden they fit no longer, so the whole line is marked.
    const from = text === original ? Math.min(start.column - 1, text.length) : text.length - text.trimStart().length
    const to = text === original && end.line === start.line ? Math.max(end.column - 1, from) : text.trimEnd().length
    return {
      line: start.line,
      before: shown(text.slice(0, from)),
      marked: shown(text.slice(from, to)),
      after: shown(text.slice(to).trimEnd()),
    }
  }

  #lines(file: string): LineMap | undefined {
    if (!this.#files.has(file)) {
      const text = this.#from.sources(file)
      this.#files.set(file, text === undefined ? undefined : new LineMap(text))
    }
    return this.#files.get(file)
  }
}

function shown(text: string): string {
  return visible(text.replaceAll('\t', '  '))
}
