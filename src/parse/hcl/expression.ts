import type { Span } from '../../text/span.ts'
import type { BinaryOperator, Expression, ObjectItem, SplatItem, TemplateExpression, TemplatePart } from './ast.ts'
import { type Cursor, MAX_DEPTH } from './cursor.ts'
import { buildParts, type Piece, removeIndentation, textValue, tooDeepMessage, trimEnd, trimStart } from './template.ts'
import type { Token, TokenKind } from './token.ts'

/** How tightly each operator binds; all of them group to the left. */
const PRECEDENCE: ReadonlyMap<TokenKind, readonly [BinaryOperator, number]> = new Map(
  (
    [
      ['||', 1],
      ['&&', 2],
      ['==', 3],
      ['!=', 3],
      ['<', 4],
      ['>', 4],
      ['<=', 4],
      ['>=', 4],
      ['+', 5],
      ['-', 5],
      ['*', 6],
      ['/', 6],
      ['%', 6],
    ] satisfies [BinaryOperator, number][]
  ).map((entry) => [entry[0], entry]),
)

/** How high a tree may grow by chains (`a + b + ...`, `a.b.c...`), which are deep without nesting in the source. */
const MAX_HEIGHT = 1000

/** Parses one expression; on a mistake reports it, leaves the cursor `broken` and returns what could be read. */
export function parseExpression(cursor: Cursor): Expression {
  if (cursor.depth >= MAX_DEPTH) {
    cursor.fail(cursor.peek(), 'hcl-too-deep', tooDeepMessage())
    return invalid(cursor)
  }
  const beside = cursor.height
  cursor.height = 0
  cursor.depth++
  const expression = parseConditional(cursor)
  cursor.depth--
  cursor.height = Math.max(beside, cursor.height + 1)
  return expression
}

function parseConditional(cursor: Cursor): Expression {
  const condition = parseBinary(cursor, 1)
  if (cursor.broken || !cursor.take('?')) return condition
  const then = parseExpression(cursor)
  if (cursor.broken) return condition
  const colon = cursor.peek()
  if (!cursor.take(':')) {
    cursor.fail(
      colon,
      'hcl-expected-colon',
      `A conditional needs ":" and the value for false here, not ${describe(cursor, colon)}.`,
    )
    return condition
  }
  const otherwise = parseExpression(cursor)
  // oxlint-disable-next-line unicorn/no-thenable -- the branch's name; it is never a function
  return { kind: 'conditional', condition, then, else: otherwise, span: between(condition.span, otherwise.span) }
}

function parseBinary(cursor: Cursor, lowest: number): Expression {
  const beside = cursor.height
  cursor.height = 0
  let left = parseUnary(cursor)
  while (!cursor.broken) {
    const operator = PRECEDENCE.get(cursor.peek().kind)
    if (operator === undefined || operator[1] < lowest) break
    if (!chainFits(cursor)) break
    cursor.next()
    const right = parseBinary(cursor, operator[1] + 1)
    left = { kind: 'binary', operator: operator[0], left, right, span: between(left.span, right.span) }
  }
  cursor.height = Math.max(beside, cursor.height)
  return left
}

function chainFits(cursor: Cursor): boolean {
  if (++cursor.height <= MAX_HEIGHT) return true
  cursor.fail(
    cursor.peek(),
    'hcl-too-deep',
    `More than ${MAX_HEIGHT} links in one chain are not read: move parts of it into locals.`,
  )
  return false
}

function parseUnary(cursor: Cursor): Expression {
  const sign = cursor.peek()
  if (sign.kind !== '-' && sign.kind !== '!') {
    const beside = cursor.height
    cursor.height = 0
    const expression = parsePostfix(cursor, parseTerm(cursor))
    cursor.height = Math.max(beside, cursor.height)
    return expression
  }
  if (cursor.depth >= MAX_DEPTH) {
    cursor.fail(sign, 'hcl-too-deep', tooDeepMessage())
    return invalid(cursor)
  }
  cursor.next()
  cursor.depth++
  const operand = parseUnary(cursor)
  cursor.depth--
  return { kind: 'unary', operator: sign.kind, operand, span: { start: sign.start, end: operand.span.end } }
}

function parsePostfix(cursor: Cursor, start: Expression): Expression {
  let target = start
  while (!cursor.broken) {
    const { kind } = cursor.peek()
    if (kind !== '.' && kind !== '[') break
    if (!chainFits(cursor)) break
    target = kind === '.' ? parseDot(cursor, target) : parseBracket(cursor, target)
  }
  return target
}

function parseDot(cursor: Cursor, target: Expression): Expression {
  const dot = cursor.next()
  if (cursor.peek().kind !== '*') return parseMember(cursor, target)
  const star = cursor.next()
  const item: SplatItem = { kind: 'splat-item', span: { start: dot.start, end: star.end } }
  let each: Expression = item
  while (!cursor.broken && cursor.peek().kind === '.') {
    if (!chainFits(cursor)) break
    const next = cursor.next()
    const nested = cursor.peek()
    if (nested.kind === '*') {
      cursor.fail(
        { start: next.start, end: nested.end },
        'hcl-nested-splat',
        'A ".*" cannot follow another: write "[*]" for both.',
      )
      break
    }
    each = parseMember(cursor, each)
  }
  return { kind: 'splat', style: 'attribute', source: target, each, span: between(target.span, each.span) }
}

/** What follows a dot: a name, or a number by the legacy index syntax. */
function parseMember(cursor: Cursor, target: Expression): Expression {
  const token = cursor.peek()
  if (token.kind === 'identifier') {
    cursor.next()
    const nameSpan = spanOf(token)
    return { kind: 'get-attribute', target, name: cursor.text(token), nameSpan, span: between(target.span, nameSpan) }
  }
  if (token.kind === 'number') {
    cursor.next()
    const raw = cursor.text(token)
    if (!/^\d+$/.test(raw)) {
      const brackets = raw.split('.').map((index) => `[${index}]`)
      cursor.note(token, 'hcl-legacy-index', `".${raw}" reads as a decimal number: write ${brackets.join('')}.`)
    }
    const key: Expression = { kind: 'literal', value: Number(raw), raw, span: spanOf(token) }
    return { kind: 'index', target, key, span: between(target.span, token) }
  }
  cursor.fail(token, 'hcl-expected-name', `A dot needs an attribute's name after it, not ${describe(cursor, token)}.`)
  return target
}

function parseBracket(cursor: Cursor, target: Expression): Expression {
  const open = cursor.next()
  if (cursor.peek().kind === '*' && cursor.ahead(1).kind === ']') {
    cursor.next()
    const close = cursor.next()
    const item: SplatItem = { kind: 'splat-item', span: { start: open.start, end: close.end } }
    if (cursor.depth >= MAX_DEPTH) {
      cursor.fail(open, 'hcl-too-deep', tooDeepMessage())
      return target
    }
    cursor.depth++
    const each = parsePostfix(cursor, item)
    cursor.depth--
    return { kind: 'splat', style: 'full', source: target, each, span: between(target.span, each.span) }
  }
  const key = inBrackets(cursor, false, () => {
    const inner = parseExpression(cursor)
    expectClose(cursor, open, ']')
    return inner
  })
  return { kind: 'index', target, key, span: { start: target.span.start, end: cursor.end } }
}

/** Runs a part of the grammar with line ends significant or not, and puts the cursor back as it was. */
function inBrackets<T>(cursor: Cursor, newlines: boolean, parse: () => T): T {
  const before = cursor.newlines
  cursor.newlines = newlines
  const result = parse()
  cursor.newlines = before
  return result
}

/** Reads the closer of a bracket; if something else stands there, reports it and skips to the closer. */
function expectClose(cursor: Cursor, open: Token, closer: ']' | ')' | '}'): void {
  if (!cursor.broken) {
    if (cursor.take(closer)) return
    failUnclosed(cursor, open, closer)
  }
  cursor.recover(closer)
  if (cursor.take(closer)) cursor.broken = false
}

function failUnclosed(cursor: Cursor, open: Token, closer: string): void {
  const token = cursor.peek()
  const opener = cursor.text(open)
  if (endsConstruct(token.kind) || beginsItem(cursor)) {
    cursor.fail(open, 'hcl-unclosed-bracket', `This "${opener}" is never closed: add the missing "${closer}".`)
  } else {
    cursor.fail(token, 'hcl-unexpected-token', `"${closer}" is expected here, not ${describe(cursor, token)}.`)
  }
}

function endsConstruct(kind: TokenKind): boolean {
  return kind === 'end-of-file' || kind === 'unclosed' || kind === '}' || kind === 'close-sequence'
}

/** True if the next tokens look like the next attribute of a body: then the expression before them was not closed. */
function beginsItem(cursor: Cursor): boolean {
  return cursor.peek().kind === 'identifier' && (cursor.ahead(1).kind === '=' || cursor.ahead(1).kind === '{')
}

function parseTerm(cursor: Cursor): Expression {
  const token = cursor.peek()
  switch (token.kind) {
    case 'identifier':
      return parseName(cursor)
    case 'number':
      return parseNumber(cursor)
    case 'open-quote':
    case 'open-heredoc':
      return parseTemplate(cursor)
    case '(':
      return inBrackets(cursor, false, () => {
        cursor.next()
        const inner = parseExpression(cursor)
        expectClose(cursor, token, ')')
        return { kind: 'parentheses', inner, span: { start: token.start, end: cursor.end } }
      })
    case '[':
      return inBrackets(cursor, false, () => parseTuple(cursor))
    case '{':
      return parseObject(cursor)
    default:
      cursor.fail(
        token,
        'hcl-expected-expression',
        `A value is expected here, not ${describe(cursor, token)}.${hint(cursor, token)}`,
      )
      return invalid(cursor)
  }
}

function hint(cursor: Cursor, token: Token): string {
  const text = cursor.text(token)
  if (text === "'") return ' Strings are written in double quotes.'
  if (text === '/*') return ' The comment is never closed: add "*/".'
  if (text === '<<') return ' A heredoc begins with <<NAME and nothing else on its line.'
  return ''
}

function parseNumber(cursor: Cursor): Expression {
  const token = cursor.next()
  const raw = cursor.text(token)
  if (!/^\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(raw)) {
    cursor.note(
      token,
      'hcl-invalid-number',
      `${raw} is no number: write digits with at most one dot and one exponent, or quote it.`,
    )
  }
  return { kind: 'literal', value: Number(raw), raw, span: spanOf(token) }
}

function parseName(cursor: Cursor): Expression {
  const token = cursor.next()
  const name = cursor.text(token)
  const after = cursor.peek().kind
  if (after === '(' || after === '::') return parseCall(cursor, token)
  const span = spanOf(token)
  if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true', raw: name, span }
  if (name === 'null') return { kind: 'literal', value: null, raw: name, span }
  return { kind: 'variable', name, span }
}

function parseCall(cursor: Cursor, first: Token): Expression {
  let name = cursor.text(first)
  while (cursor.take('::')) {
    const part = cursor.peek()
    if (part.kind !== 'identifier') {
      cursor.fail(
        part,
        'hcl-expected-name',
        `"${name}::" needs a function's name after it, not ${describe(cursor, part)}.`,
      )
      return { kind: 'invalid', span: { start: first.start, end: cursor.end } }
    }
    name += `::${cursor.text(cursor.next())}`
  }
  const nameSpan = { start: first.start, end: cursor.end }
  const open = cursor.peek()
  if (open.kind !== '(') {
    cursor.fail(
      open,
      'hcl-expected-arguments',
      `"${name}" names a function: "(" and its arguments must follow, not ${describe(cursor, open)}.`,
    )
    return { kind: 'invalid', span: nameSpan }
  }
  return inBrackets(cursor, false, () => {
    cursor.next()
    const args: Expression[] = []
    let expandFinal = false
    parseList(cursor, open, ')', () => {
      args.push(parseExpression(cursor))
      if (cursor.broken || !cursor.take('...')) return
      expandFinal = true
      const after = cursor.peek()
      if (after.kind === ')') return
      cursor.fail(after, 'hcl-unexpected-token', `")" must follow "...", not ${describe(cursor, after)}.`)
    })
    return { kind: 'call', name, nameSpan, args, expandFinal, span: { start: first.start, end: cursor.end } }
  })
}

/** Items with commas between them up to the closer; a broken item costs only itself. */
function parseList(cursor: Cursor, open: Token, closer: ')' | ']', item: () => void): void {
  while (!cursor.take(closer)) {
    if (beginsItem(cursor)) failUnclosed(cursor, open, closer)
    else item()
    if (!cursor.broken) {
      if (cursor.take(',')) continue
      if (cursor.take(closer)) return
      const token = cursor.peek()
      if (endsConstruct(token.kind) || beginsItem(cursor)) failUnclosed(cursor, open, closer)
      else
        cursor.fail(
          token,
          'hcl-expected-comma',
          `A comma or "${closer}" is expected here, not ${describe(cursor, token)}.`,
        )
    }
    cursor.recover(',', closer)
    if (cursor.take(',')) cursor.broken = false
    else if (cursor.peek().kind === closer) cursor.broken = false
    else return
  }
}

function parseTuple(cursor: Cursor): Expression {
  const open = cursor.next()
  if (cursor.isKeyword('for')) return parseFor(cursor, open, ']')
  const items: Expression[] = []
  parseList(cursor, open, ']', () => items.push(parseExpression(cursor)))
  return { kind: 'tuple', items, span: { start: open.start, end: cursor.end } }
}

function parseObject(cursor: Cursor): Expression {
  const open = cursor.next()
  const isFor = inBrackets(cursor, false, () => {
    const mark = cursor.mark()
    const found = cursor.isKeyword('for')
    if (!found) cursor.reset(mark)
    return found
  })
  if (isFor) return inBrackets(cursor, false, () => parseFor(cursor, open, '}'))
  return inBrackets(cursor, true, () => {
    const items: ObjectItem[] = []
    let last = -1
    while (!cursor.take('}')) {
      if (cursor.take('newline')) continue
      // Recovery may step back to the line of an item that could not even be begun: that one is skipped.
      if (cursor.mark().index <= last) cursor.next()
      last = cursor.mark().index
      parseObjectItem(cursor, open, items)
      if (!cursor.broken) {
        if (cursor.take(',') || cursor.take('newline')) continue
        if (cursor.take('}')) break
        failItemEnd(cursor, open)
      }
      cursor.recover(',', 'newline', '}')
      const { kind } = cursor.peek()
      if (kind !== ',' && kind !== 'newline' && kind !== '}') break
      if (kind !== '}') cursor.next()
      cursor.broken = false
    }
    return { kind: 'object', items, span: { start: open.start, end: cursor.end } }
  })
}

function parseObjectItem(cursor: Cursor, open: Token, items: ObjectItem[]): void {
  const key = parseExpression(cursor)
  if (cursor.broken) return
  const separator = cursor.peek()
  if (separator.kind !== '=' && separator.kind !== ':') {
    if (separator.kind === 'end-of-file') failItemEnd(cursor, open)
    else {
      cursor.fail(
        separator,
        'hcl-expected-equals',
        `An object's key needs "=" and a value after it, not ${describe(cursor, separator)}; put quotes around a key with special characters.`,
      )
    }
    return
  }
  cursor.next()
  const value = parseExpression(cursor)
  items.push({ keyName: keyName(key), key, value, span: between(key.span, value.span) })
}

/** A bare word before `=` is the key itself, even `null`. */
function keyName(key: Expression): string | undefined {
  if (key.kind === 'variable') return key.name
  return key.kind === 'literal' && typeof key.value !== 'number' ? key.raw : undefined
}

function failItemEnd(cursor: Cursor, open: Token): void {
  const token = cursor.peek()
  if (token.kind === 'end-of-file' || token.kind === 'unclosed' || token.kind === 'close-sequence') {
    cursor.fail(open, 'hcl-unclosed-bracket', 'This "{" is never closed: add the missing "}".')
  } else {
    cursor.fail(
      token,
      'hcl-expected-comma',
      `A line break, a comma or "}" is expected after an object's item, not ${describe(cursor, token)}.`,
    )
  }
}

function parseFor(cursor: Cursor, open: Token, closer: ']' | '}'): Expression {
  cursor.next()
  const names = parseForNames(cursor)
  const collection = parseExpression(cursor)
  const colon = cursor.peek()
  if (!cursor.broken && !cursor.take(':')) {
    cursor.fail(
      colon,
      'hcl-expected-colon',
      `":" is expected after a for expression's collection, not ${describe(cursor, colon)}.`,
    )
  }
  let key: Expression | undefined
  let value = parseExpression(cursor)
  let grouped = false
  let condition: Expression | undefined
  if (!cursor.broken && cursor.take('=>')) {
    key = value
    value = parseExpression(cursor)
  }
  if (!cursor.broken && cursor.take('...')) grouped = true
  if (!cursor.broken && cursor.isKeyword('if')) {
    cursor.next()
    condition = parseExpression(cursor)
  }
  const failed = cursor.broken
  expectClose(cursor, open, closer)
  const span = { start: open.start, end: cursor.end }
  if (failed) return { kind: 'invalid', span }
  if (closer === ']' && (key !== undefined || grouped)) {
    cursor.note(
      key?.span ?? value.span,
      'hcl-invalid-for',
      'A for expression in [ ] has no key and no "...": use { } for an object.',
    )
  }
  if (closer === '}' && key === undefined) {
    cursor.note(value.span, 'hcl-invalid-for', 'A for expression in { } needs "key => value": use [ ] for a list.')
  }
  return { kind: 'for', ...names, collection, key, value, grouped, condition, span }
}

/** `v in` or `k, v in`. */
function parseForNames(cursor: Cursor): { keyName: string | undefined; valueName: string } {
  const first = forName(cursor)
  const second = !cursor.broken && cursor.take(',') ? forName(cursor) : undefined
  if (!cursor.broken) {
    if (cursor.isKeyword('in')) cursor.next()
    else
      cursor.fail(
        cursor.peek(),
        'hcl-expected-in',
        `"in" and a collection are expected here, not ${describe(cursor, cursor.peek())}.`,
      )
  }
  return second === undefined ? { keyName: undefined, valueName: first } : { keyName: first, valueName: second }
}

function forName(cursor: Cursor): string {
  const token = cursor.peek()
  if (token.kind === 'identifier') return cursor.text(cursor.next())
  cursor.fail(token, 'hcl-expected-name', `"for" needs a variable's name here, not ${describe(cursor, token)}.`)
  return ''
}

function parseTemplate(cursor: Cursor): TemplateExpression {
  const open = cursor.next()
  const quoted = open.kind === 'open-quote'
  const indented = !quoted && cursor.text(open).startsWith('<<-')
  const pieces = parsePieces(cursor, quoted)
  const content = { start: open.end, end: cursor.end }
  const close = cursor.peek()
  if (close.kind === 'close-quote' || close.kind === 'close-heredoc') {
    content.end = close.start
    if (close.kind === 'close-heredoc' && cursor.ahead(1).kind === 'end-of-file') {
      cursor.note(
        close,
        'hcl-unclosed-heredoc',
        'A line break must follow the closing marker of a heredoc: add one at the end of the file.',
      )
    }
    cursor.next()
  } else if (quoted) {
    cursor.fail(
      { start: open.start, end: close.start },
      'hcl-unclosed-string',
      'This string is not closed on its line: add the missing double quote, or use a heredoc for several lines.',
    )
    if (close.kind === 'unclosed') cursor.next()
  } else {
    const marker = cursor.text(open).replace(/^<<-?/, '').trim()
    cursor.fail(open, 'hcl-unclosed-heredoc', `This heredoc is never closed: add a line with ${marker} alone.`)
  }
  if (indented) removeIndentation(pieces)
  const parts = buildParts(cursor, pieces)
  const style = quoted ? 'quoted' : indented ? 'indented-heredoc' : 'heredoc'
  return { kind: 'template', style, parts, span: { start: open.start, end: cursor.end }, contentSpan: content }
}

/** The parts of a template without delimiters (a JSON string's content), up to the end of the cursor's tokens. */
export function parseBareTemplate(cursor: Cursor): readonly TemplatePart[] {
  return buildParts(cursor, parsePieces(cursor, false))
}

/** Texts and sequences up to the template's end, strip markers applied. */
function parsePieces(cursor: Cursor, quoted: boolean): Piece[] {
  const pieces: Piece[] = []
  let strip = false
  for (;;) {
    const token = cursor.peek()
    if (token.kind === 'text') {
      cursor.next()
      const value = textValue(cursor, token, quoted)
      pieces.push({ kind: 'text', value: strip ? trimStart(value) : value, start: token.start, end: token.end })
      strip = false
    } else if (token.kind === 'open-interpolation' || token.kind === 'open-directive') {
      const last = pieces.at(-1)
      if (cursor.text(token).endsWith('~') && last?.kind === 'text') last.value = trimEnd(last.value)
      const parsed = inBrackets(cursor, false, () => parseSequence(cursor))
      pieces.push(parsed.piece)
      strip = parsed.strip
    } else {
      return pieces
    }
  }
}

function parseSequence(cursor: Cursor): { piece: Piece; strip: boolean } {
  const open = cursor.next()
  const wasBroken = cursor.broken
  const content = open.kind === 'open-directive' ? parseDirective(cursor) : undefined
  const expression = content === undefined && !cursor.broken ? parseExpression(cursor) : invalid(cursor)
  const close = cursor.peek()
  if (!cursor.broken && close.kind !== 'close-sequence') failSequence(cursor, open, close)
  if (cursor.broken) cursor.recover('close-sequence')
  const last = cursor.peek()
  const closed = last.kind === 'close-sequence'
  if (closed || (last.kind === 'unclosed' && cursor.ahead(1).kind === 'close-heredoc')) {
    cursor.next()
    cursor.broken = wasBroken
  }
  const place = { start: open.start, end: cursor.end }
  const piece: Piece =
    content === undefined ? { kind: 'interpolation', expression, ...place } : { ...content, ...place }
  return { piece, strip: closed && cursor.text(last).startsWith('~') }
}

function failSequence(cursor: Cursor, open: Token, close: Token): void {
  const opener = cursor.text(open)
  const escape = `write ${opener.charAt(0)}${opener.slice(0, 2)} if this is meant for another language`
  if (close.kind === 'end-of-file' || close.kind === 'unclosed' || close.kind === 'open-quote') {
    cursor.fail(open, 'hcl-unclosed-sequence', `This ${opener} is never closed: add the missing "}", or ${escape}.`)
  } else {
    cursor.fail(close, 'hcl-unexpected-token', `"}" is expected here, not ${describe(cursor, close)}; ${escape}.`)
  }
}

type DirectiveContent =
  | { readonly kind: 'if'; readonly condition: Expression }
  | {
      readonly kind: 'for'
      readonly keyName: string | undefined
      readonly valueName: string
      readonly collection: Expression
    }
  | { readonly kind: 'else' | 'endif' | 'endfor' }

function parseDirective(cursor: Cursor): DirectiveContent | undefined {
  const token = cursor.peek()
  const keyword = token.kind === 'identifier' ? cursor.text(token) : ''
  switch (keyword) {
    case 'if':
      cursor.next()
      return { kind: 'if', condition: parseExpression(cursor) }
    case 'for': {
      cursor.next()
      const names = parseForNames(cursor)
      return { kind: 'for', ...names, collection: parseExpression(cursor) }
    }
    case 'else':
    case 'endif':
    case 'endfor':
      cursor.next()
      return { kind: keyword }
    default:
      cursor.fail(
        token,
        'hcl-invalid-directive',
        `A directive is one of if, else, endif, for, endfor, not ${describe(cursor, token)}; write %%{ for the literal characters.`,
      )
      return undefined
  }
}

/** An empty expression right after what was read last: inside its parent and before whatever follows. */
function invalid(cursor: Cursor): Expression {
  return { kind: 'invalid', span: { start: cursor.end, end: cursor.end } }
}

function spanOf(token: Token): Span {
  return { start: token.start, end: token.end }
}

function between(first: Span, last: Span): Span {
  return { start: first.start, end: last.end }
}

/** A token as a message names it; never more of the file than its own characters. */
export function describe(cursor: Cursor, token: Token): string {
  switch (token.kind) {
    case 'newline':
      return 'a line break'
    case 'end-of-file':
      return 'the end'
    case 'unclosed':
      return "the line's end"
    case 'open-quote':
      return 'a string'
    case 'open-heredoc':
      return 'a heredoc'
    case 'text':
      return 'text'
    default:
      return `"${cursor.text(token).slice(0, 40)}"`
  }
}
