/**
 * What cel-go's parser takes and the library's does not: optional items (`[?x]`, `{?'k': x}`), quoted fields (`` m.`a.b/c` ``), and names
 * from the root (`.object`). Each is written as something of the same length that the library takes, and remembered.
 */

export interface Syntax {
  readonly text: string
  /** Where a `?` before an item became a `!`. */
  readonly optional: ReadonlySet<number>
  /** The fields that names stand for. */
  readonly fields: ReadonlyMap<string, string>
}

const TOKEN =
  /\s+|\/\/[^\n]*|(?:[rRbB]{0,2})(?:"""[^]*?"""|'''[^]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|[A-Za-z_]\w*|\d[\w.]*|`[\w.\-/ ]+`|[^]/g

export function readSyntax(text: string): Syntax {
  const optional = new Set<number>()
  const fields = new Map<string, string>()
  const open: string[] = []
  let result = ''
  let before = ''
  for (const [token] of text.matchAll(TOKEN)) {
    let written = token
    const operand = endsOperand(before)
    if (token === '[' || token === '{' || token === '(') open.push(token === '[' && operand ? 'index' : token)
    else if (token === ']' || token === '}' || token === ')') open.pop()
    else if (token === '?' && startsItem(before, open.at(-1))) {
      optional.add(result.length)
      written = '!'
    } else if (token === '.' && !operand && !/^\d/.test(text.slice(result.length + 1))) written = ' '
    else if (token.length > 2 && token.startsWith('`') && (before === '.' || before === '.?')) {
      written = nameFor(token.length, text, fields)
      fields.set(written, token.slice(1, -1))
    }
    if (!/^(?:\s|\/\/)/.test(token)) before = token === '?' && before === '.' ? '.?' : token
    result += written
  }
  return { text: result, optional, fields }
}

/** Whether what follows continues an operand: after `a[` comes an index, after `in [` an item. */
function endsOperand(token: string): boolean {
  return token !== 'in' && /[\w"'`)\]}]$/.test(token)
}

function startsItem(before: string, inside: string | undefined): boolean {
  return (inside === '[' || inside === '{') && (before === inside || before === ',')
}

/** A name of that length that the expression does not hold. */
function nameFor(length: number, text: string, taken: ReadonlyMap<string, string>): string {
  for (let number = 0; ; number++) {
    const name = `_${number.toString(36)}`.padEnd(length, '_')
    if (!taken.has(name) && !text.includes(name)) return name
  }
}
