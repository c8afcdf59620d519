// Reads the little of Go that the schemas of a Terraform provider are written in: composite literals, calls and
// selectors. Everything else (function bodies, operators) is passed over as `other`.

const TOKEN =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|`[^`]*`|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'|[A-Za-z_]\w*|\d[\w.]*|:=|\.\.\.|[=!<>]=|&&|\|\||[^\s]/gy

export function tokenize(text) {
  const tokens = []
  let line = false
  for (const { 0: raw, index } of text.matchAll(TOKEN)) {
    if (/^\s/.test(raw) || raw.startsWith('//') || raw.startsWith('/*')) {
      line ||= raw.includes('\n')
      continue
    }
    tokens.push({ raw, index, line })
    line = false
  }
  return tokens
}

const CLOSING = { '{': '}', '(': ')', '[': ']' }

/** The index behind the bracket that closes the one at `at`. */
export function skip(tokens, at) {
  const stack = []
  for (let i = at; i < tokens.length; i++) {
    const { raw } = tokens[i]
    if (raw in CLOSING) stack.push(CLOSING[raw])
    else if (raw === stack.at(-1)) stack.pop()
    if (stack.length === 0) return i + 1
  }
  return tokens.length
}

/**
 * The expression at `at`, and the index behind it.
 * Kinds: string, name (`a.b.c`), call {callee, args}, literal {type, entries: [{key?, value}]}, function {from, to}, other.
 */
export function parseExpression(tokens, at) {
  let [node, i] = parsePrimary(tokens, at)
  // Operators: the whole is something that a schema does not need to know.
  while (i < tokens.length && !/^[,;:})\]]$|^:=$/.test(tokens[i].raw) && !endsStatement(tokens, i)) {
    node = { kind: 'other' }
    i = tokens[i].raw in CLOSING ? skip(tokens, i) : i + 1
  }
  return [node, i]
}

/** Semicolons are not written in Go: a line that ends with an operand ends the statement. */
function endsStatement(tokens, i) {
  return tokens[i].line && /^[\w"`'})\]]/.test(tokens[i - 1].raw.at(-1))
}

function parsePrimary(tokens, at) {
  let i = at
  while (tokens[i]?.raw === '&' || tokens[i]?.raw === '*' || tokens[i]?.raw === '!') i++
  const raw = tokens[i]?.raw ?? ''
  if (/^["`]/.test(raw)) return [{ kind: 'string', value: raw.slice(1, -1) }, i + 1]
  if (/^\d/.test(raw)) return [{ kind: 'name', name: raw }, i + 1]
  if (raw === 'func') {
    i = skip(tokens, i + 1)
    while (tokens[i] !== undefined && tokens[i].raw !== '{') i = tokens[i].raw in CLOSING ? skip(tokens, i) : i + 1
    const to = skip(tokens, i)
    return [{ kind: 'function', tokens, from: i, to }, to]
  }
  if (raw === '{') return parseLiteral(tokens, i, '')
  if (raw === 'map' || raw === '[') {
    let type = ''
    while (tokens[i] !== undefined && tokens[i].raw !== '{' && !/^[,;)}]$/.test(tokens[i].raw)) type += tokens[i++].raw
    return tokens[i]?.raw === '{' ? parseLiteral(tokens, i, type) : [{ kind: 'other' }, i]
  }
  if (!/^[A-Za-z_]/.test(raw)) return [{ kind: 'other' }, raw in CLOSING ? skip(tokens, i) : i]
  return parsePostfix(tokens, i + 1, { kind: 'name', name: raw })
}

function parsePostfix(tokens, at, first) {
  let [node, i] = [first, at]
  for (;;) {
    const raw = tokens[i]?.raw
    if (raw === '.' && /^[A-Za-z_]/.test(tokens[i + 1]?.raw ?? '')) {
      const name = tokens[i + 1].raw
      node =
        node.kind === 'name'
          ? { kind: 'name', name: `${node.name}.${name}` }
          : { kind: 'name', name: `?.${name}`, of: node }
      i += 2
    } else if (raw === '(') {
      const [args, next] = parseList(tokens, i, ')')
      node = { kind: 'call', callee: node.kind === 'name' ? node.name : '?', args: args.map(({ value }) => value) }
      i = next
    } else if (raw === '[') {
      // A generic call (`f[T](x)`) or an index.
      i = skip(tokens, i)
    } else if (raw === '{' && node.kind === 'name' && /^(?:[a-z]\w*\.)?[A-Z]/.test(node.name)) {
      return parseLiteral(tokens, i, node.name)
    } else return [node, i]
  }
}

function parseLiteral(tokens, at, type) {
  const [entries, next] = parseList(tokens, at, '}')
  return [{ kind: 'literal', type, entries }, next]
}

function parseList(tokens, at, end) {
  const entries = []
  let i = at + 1
  while (i < tokens.length && tokens[i].raw !== end) {
    const before = i
    let [value, next] = parseExpression(tokens, i)
    let key
    if (tokens[next]?.raw === ':') {
      key = value
      ;[value, next] = parseExpression(tokens, next + 1)
    }
    entries.push({ key, value })
    i = tokens[next]?.raw === ',' ? next + 1 : next
    if (i === before) i = tokens[i].raw in CLOSING ? skip(tokens, i) : i + 1
  }
  return [entries, i + 1]
}
