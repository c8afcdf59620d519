import type { Value } from '../../value.ts'
import { list, map, str } from './convert.ts'
import { Fault } from './definition.ts'

/** A CSV text with a header line as a list of maps, as Terraform's `csvdecode` reads it (RFC 4180, strict quotes). */
export function decodeCsv(text: string): Value {
  const [header, ...rows] = parseRows(text)
  if (header === undefined) throw new Fault('missing header line')
  if (new Set(header).size < header.length) throw new Fault('duplicate column name')
  return list(
    rows.map((row) => {
      if (row.length !== header.length) throw new Fault('wrong number of fields in a line')
      return map(row.map((field, i) => [header[i] ?? '', str(field)] as const))
    }),
  )
}

function parseRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const field = /(?:"((?:[^"]|"")*)"|([^",\n\r]*(?:\r(?!\n|$)[^",\n\r]*)*))(,|\r?\n|\r?$)/y
  while (field.lastIndex < text.length || row.length > 0) {
    const match = field.exec(text)
    if (match === null) throw new Fault('a quote is out of place or not closed')
    const [whole, quoted, bare = '', end] = match
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"').replaceAll('\r\n', '\n'))
    if (end === ',') continue
    // Empty lines do not count.
    if (row.length > 1 || row[0] !== '' || quoted !== undefined) rows.push(row)
    row = []
    if (whole === '') break
  }
  return rows
}
