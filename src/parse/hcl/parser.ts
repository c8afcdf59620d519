import { diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { Span } from '../../text/span.ts'
import type { Attribute, Block, Body, HclDocument, Label } from './ast.ts'
import { Cursor, MAX_DEPTH } from './cursor.ts'
import { describe, parseExpression } from './expression.ts'
import { lex } from './lexer.ts'
import { textValue, tooDeepMessage } from './template.ts'
import type { Token } from './token.ts'

/** Block types that stand at the top of a file: a missing `}` is found by these beginning a line. */
const ROOT_BLOCKS: ReadonlySet<string> = new Set([
  'resource',
  'data',
  'module',
  'variable',
  'output',
  'provider',
  'locals',
  'terraform',
])

/** Reads a file in HCL's native syntax. Never throws: what cannot be read is left out or `invalid`, with a diagnostic. */
export function parseHcl(path: string, text: string): HclDocument {
  const lines = new LineMap(text)
  const cursor = new Cursor(text, lex(text, 'code').tokens)
  const body = new BodyParser(cursor).root(text.length)
  const diagnostics = cursor.reports
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, code, message }) => diagnosticAt(path, lines, span, code, message))
  return { language: 'hcl', syntax: 'native', path, text, lines, diagnostics, body }
}

class BodyParser {
  readonly #cursor: Cursor
  /** True once a block turned out to have no end: from then on a root block's type in the first column ends it. */
  #strict = false

  constructor(cursor: Cursor) {
    this.#cursor = cursor
  }

  root(length: number): Body {
    const cursor = this.#cursor
    const items: (Attribute | Block)[] = []
    for (;;) {
      this.#items(items)
      const token = cursor.peek()
      if (token.kind === 'end-of-file') break
      cursor.note(
        token,
        'hcl-unexpected-brace',
        `This ${describe(cursor, token)} closes nothing: remove it, or add what it should close.`,
      )
      cursor.next()
    }
    return { span: { start: 0, end: length }, items }
  }

  /** Attributes and blocks up to a closing brace or the end. */
  #items(items: (Attribute | Block)[]): void {
    const cursor = this.#cursor
    const names = new Set(items.map((item) => (item.kind === 'attribute' ? item.name : undefined)))
    for (;;) {
      const token = cursor.peek()
      if (token.kind === 'newline') {
        cursor.next()
        continue
      }
      if (token.kind === 'end-of-file' || token.kind === '}') return
      if (this.#strict && cursor.depth > 0 && this.#startsRootBlock(token)) return
      const item = this.#item()
      if (item !== undefined) {
        items.push(item)
        if (item.kind === 'attribute') this.#unique(names, item)
      }
      this.#endOfItem(item)
    }
  }

  #unique(names: Set<string | undefined>, attribute: Attribute): void {
    const { name, nameSpan } = attribute
    if (names.has(name)) {
      const wasBroken = this.#cursor.broken
      this.#cursor.broken = false
      this.#cursor.note(
        nameSpan,
        'hcl-duplicate-attribute',
        `"${name}" is set twice in this block: remove one of the two.`,
      )
      this.#cursor.broken = wasBroken
    }
    names.add(name)
  }

  /** Reads the line's end after an item, or skips to it. */
  #endOfItem(item: Attribute | Block | undefined): void {
    const cursor = this.#cursor
    const token = cursor.peek()
    if (!cursor.broken) {
      if (token.kind === 'newline' || token.kind === 'end-of-file') return
      if (item?.kind === 'attribute' && token.kind === '}') {
        cursor.note(
          token,
          'hcl-expected-newline',
          'A block of several lines closes on a line of its own: put "}" on the next line.',
        )
        return
      }
      if (item?.kind === 'block' && this.#strict && this.#startsRootBlock(token)) return
      const what = item?.kind === 'block' ? 'block' : 'attribute'
      const way = token.kind === ',' ? ': remove the comma' : ': start a new line'
      cursor.fail(
        token,
        'hcl-expected-newline',
        `A line break must follow this ${what}, not ${describe(cursor, token)}${way}.`,
      )
    }
    cursor.recover('newline')
    while (cursor.peek().kind !== 'newline' && cursor.peek().kind !== 'end-of-file' && cursor.peek().kind !== '}') {
      cursor.next()
      cursor.recover('newline')
    }
    cursor.broken = false
  }

  #startsRootBlock(token: Token): boolean {
    const cursor = this.#cursor
    if (token.kind !== 'identifier' || !cursor.inFirstColumn(token) || !ROOT_BLOCKS.has(cursor.text(token)))
      return false
    const { kind } = cursor.ahead(1)
    return kind === 'open-quote' || kind === '{'
  }

  #item(): Attribute | Block | undefined {
    const cursor = this.#cursor
    const token = cursor.peek()
    if (token.kind === 'identifier') {
      cursor.next()
      return cursor.peek().kind === '=' ? this.#attribute(token) : this.#block(token)
    }
    if (token.kind === 'open-quote') {
      cursor.fail(token, 'hcl-quoted-name', 'A name at the start of a line is written without quotes: remove them.')
    } else {
      cursor.fail(
        token,
        'hcl-expected-item',
        `An attribute or a block is expected here, not ${describe(cursor, token)}.`,
      )
    }
    return undefined
  }

  #attribute(name: Token): Attribute {
    const cursor = this.#cursor
    cursor.next()
    const value = parseExpression(cursor)
    return {
      kind: 'attribute',
      name: cursor.text(name),
      nameSpan: spanOf(name),
      span: { start: name.start, end: value.span.end },
      value,
    }
  }

  #block(type: Token): Block | undefined {
    const cursor = this.#cursor
    const labels = this.#labels()
    const headerSpan = { start: type.start, end: labels.at(-1)?.span.end ?? type.end }
    if (cursor.broken) return undefined
    const open = this.#openBrace(type, labels)
    if (open === undefined) return undefined
    if (cursor.depth >= MAX_DEPTH) {
      cursor.fail(headerSpan, 'hcl-too-deep', tooDeepMessage())
      // The brace is read already: its content is skipped as a whole.
      cursor.recover('}')
      if (cursor.take('}')) cursor.broken = false
      return undefined
    }
    cursor.depth++
    const { items, closed } = this.#body(open)
    cursor.depth--
    const { end } = cursor
    return {
      kind: 'block',
      type: cursor.text(type),
      typeSpan: spanOf(type),
      labels,
      span: { start: type.start, end },
      headerSpan,
      body: { span: { start: open.end, end: closed ? end - 1 : end }, items },
    }
  }

  #openBrace(type: Token, labels: readonly Label[]): Token | undefined {
    const cursor = this.#cursor
    const token = cursor.peek()
    if (token.kind === '{') return cursor.next()
    if (token.kind === 'newline' && cursor.ahead(1).kind === '{') {
      cursor.note(
        cursor.ahead(1),
        'hcl-brace-on-next-line',
        'A block opens on the line of its type and labels: move this "{" up.',
      )
      cursor.next()
      return cursor.next()
    }
    const name = cursor.text(type)
    if (token.kind === '=' && labels.length > 0) {
      cursor.fail(token, 'hcl-expected-item', `An attribute has one name before "=": "${name}" is followed by more.`)
    } else {
      cursor.fail(
        token.kind === 'newline' || token.kind === 'end-of-file' ? type : token,
        'hcl-expected-item',
        `"${name}" begins neither an attribute nor a block: "=" and a value or "{" must follow on its line, not ${describe(cursor, token)}.`,
      )
    }
    return undefined
  }

  #labels(): Label[] {
    const cursor = this.#cursor
    const labels: Label[] = []
    for (;;) {
      const token = cursor.peek()
      if (token.kind === 'identifier') {
        cursor.next()
        labels.push({ value: cursor.text(token), span: spanOf(token) })
      } else if (token.kind === 'open-quote') {
        labels.push(this.#quotedLabel())
        if (cursor.broken) return labels
      } else {
        return labels
      }
    }
  }

  #quotedLabel(): Label {
    const cursor = this.#cursor
    const open = cursor.next()
    let value = ''
    for (;;) {
      const token = cursor.peek()
      if (token.kind === 'text') {
        cursor.next()
        value += textValue(cursor, token, true)
      } else if (token.kind === 'close-quote') {
        cursor.next()
        return { value, span: { start: open.start, end: cursor.end } }
      } else if (token.kind === 'open-interpolation' || token.kind === 'open-directive') {
        const sign = cursor.text(token).charAt(0)
        cursor.note(
          token,
          'hcl-template-in-label',
          `A label is a fixed text: write ${sign}${sign}{ for the literal characters.`,
        )
        cursor.next()
        cursor.recover('close-sequence')
        cursor.take('close-sequence')
      } else {
        cursor.fail(
          { start: open.start, end: token.start },
          'hcl-unclosed-string',
          'This label is not closed on its line: add the missing double quote.',
        )
        if (token.kind === 'unclosed') cursor.next()
        return { value, span: { start: open.start, end: cursor.end } }
      }
    }
  }

  /** What stands between a block's braces, the closing one read as well if it is there. */
  #body(open: Token): { readonly items: readonly (Attribute | Block)[]; readonly closed: boolean } {
    const cursor = this.#cursor
    const items: (Attribute | Block)[] = []
    const mark = cursor.mark()
    if (cursor.peek().kind === 'identifier') this.#oneLine(items)
    this.#items(items)
    if (cursor.take('}')) return { items, closed: true }
    if (!this.#strict && cursor.depth === 1 && cursor.peek().kind === 'end-of-file') {
      // Read again, now ending the block where the next root block begins; at most once in a file.
      this.#strict = true
      cursor.reset(mark)
      return this.#body(open)
    }
    cursor.note(open, 'hcl-unclosed-block', 'This block is never closed: add the missing "}".')
    return { items, closed: false }
  }

  /** What follows `{` on its line: one attribute and the closing brace, nothing else. */
  #oneLine(items: (Attribute | Block)[]): void {
    const cursor = this.#cursor
    const item = this.#item()
    if (item !== undefined) items.push(item)
    if (item?.kind === 'attribute' && !cursor.broken && cursor.peek().kind === '}') return
    if (item !== undefined) {
      cursor.note(
        item.span,
        'hcl-one-line-block',
        'A block on one line holds one attribute and closes on that line: start a new line after "{".',
      )
    }
    if (cursor.peek().kind !== '}' || cursor.broken) this.#endOfItem(item)
  }
}

function spanOf(token: Token): Span {
  return { start: token.start, end: token.end }
}
