import { stripVTControlCharacters } from 'node:util'

/** Cells a text takes on a terminal, near enough: code points, without colour codes. */
export function textWidth(text: string): number {
  return Array.from(stripVTControlCharacters(text)).length
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** The text, or its beginning with an ellipsis. For text without colour codes. */
export function truncate(text: string, width: number): string {
  const characters = Array.from(text)
  return characters.length <= width ? text : `${characters.slice(0, Math.max(0, width - 1)).join('')}…`
}

/** Words in lines of at most `width`; a word that is longer gets a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line === '') line = word
    else if (textWidth(line) + 1 + textWidth(word) <= width) line += ` ${word}`
    else {
      lines.push(line)
      line = word
    }
  }
  return line === '' ? lines : [...lines, line]
}

export type Align = 'left' | 'right'

/** Aligned columns, two spaces apart; the last one is not padded. */
export function table(rows: readonly (readonly string[])[], align: readonly Align[] = []): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, textWidth(cell))
    })
  }
  return rows.map((row) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - textWidth(cell)))
        if (align[column] === 'right') return gap + cell
        return column === row.length - 1 ? cell : cell + gap
      })
      .join('  ')
      .trimEnd(),
  )
}
