import { GraphqlError } from './tree.ts'

export interface Token {
  /** A punctuator, or one of the names below. */
  readonly kind: string
  readonly value: string
  readonly line: number
  readonly column: number
}

const SPACE = /(?:[ \t\r\n,\ufeff]|#[^\r\n]*)*/y
const TOKEN =
  /(?<name>[_A-Za-z]\w*)|(?<punctuator>\.\.\.|[!$&():=@[\]{}|])|(?<block>"""(?:\\"""|[^])*?""")|(?<string>"(?:[^"\\\r\n]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*")|(?<float>-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][+-]?\d+)?|[eE][+-]?\d+)(?![\d.]))|(?<int>-?(?:0|[1-9]\d*)(?![\d.eE]))/y

const KINDS: Readonly<Record<string, string>> = {
  name: 'Name',
  block: 'BlockString',
  string: 'String',
  float: 'Float',
  int: 'Int',
}

/** All tokens and `<EOF>`; what is none is `<Invalid>` and ends the list. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let lineStart = 0
  let counted = 0
  let characters = 0
  const advance = (from: number, to: number): void => {
    for (let at = source.indexOf('\n', from); at >= 0 && at < to; at = source.indexOf('\n', at + 1)) {
      line++
      lineStart = at + 1
    }
  }
  for (let at = 0; ;) {
    SPACE.lastIndex = at
    const start = at + (SPACE.exec(source)?.[0].length ?? 0)
    advance(at, start)
    // Columns count characters, from the last token on if that stands on the same line.
    if (counted < lineStart) [counted, characters] = [lineStart, 0]
    for (; counted < start; characters++) counted += (source.codePointAt(counted) ?? 0) > 0xffff ? 2 : 1
    const column = characters + 1
    if (start >= source.length) {
      tokens.push({ kind: '<EOF>', value: '', line, column })
      return tokens
    }
    TOKEN.lastIndex = start
    const match = TOKEN.exec(source)
    const group = Object.entries(match?.groups ?? {}).find(([, value]) => value !== undefined)
    if (match === null || group === undefined) {
      tokens.push({ kind: '<Invalid>', value: '', line, column })
      return tokens
    }
    const [name, raw = ''] = group
    const kind = KINDS[name]
    // A string counts from behind its quote, as elsewhere in the field.
    const place = kind === 'String' ? column + 1 : column
    tokens.push({ kind: kind ?? raw, value: kind === undefined ? '' : valueOf(kind, raw), line, column: place })
    at = start + raw.length
    advance(start, at)
  }
}

function valueOf(kind: string, raw: string): string {
  if (kind === 'BlockString') return blockText(raw.slice(3, -3).replaceAll('\\"""', '"""'))
  if (kind !== 'String') return raw
  const parsed: unknown = JSON.parse(raw.replace(/\t/g, '\\t'))
  if (typeof parsed !== 'string') throw new GraphqlError('Unterminated string')
  return parsed
}

/** Without the common indent, and without empty lines at both ends. */
function blockText(raw: string): string {
  const lines = raw.split(/\r\n|[\r\n]/)
  const indents = lines.slice(1).flatMap((line) => (/\S/.test(line) ? [/^[ \t]*/.exec(line)?.[0].length ?? 0] : []))
  const common = indents.length === 0 ? 0 : Math.min(...indents)
  const shifted = lines.map((line, index) => (index === 0 ? line : line.slice(common)))
  while (shifted.length > 0 && !/[^ \t]/.test(shifted[0] ?? '')) shifted.shift()
  while (shifted.length > 0 && !/[^ \t]/.test(shifted.at(-1) ?? '')) shifted.pop()
  return shifted.join('\n')
}
