export interface TextLine {
  /** Without its line end. */
  readonly text: string
  readonly start: number
}

/** The lines of a text, one after the other. */
export function linesOf(text: string): { next(): TextLine | undefined } {
  let at = text.startsWith('\uFEFF') ? 1 : 0
  return {
    next() {
      if (at > text.length || (at === text.length && at > 0)) return undefined
      const found = text.indexOf('\n', at)
      const end = found < 0 ? text.length : found
      const line = { text: text.slice(at, end).replace(/\r$/, ''), start: at }
      at = end + 1
      return line
    },
  }
}
