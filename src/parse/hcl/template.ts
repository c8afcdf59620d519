import type { Expression, TemplatePart } from './ast.ts'
import type { Cursor } from './cursor.ts'
import { MAX_DEPTH } from './cursor.ts'
import { isSpace, type Token } from './token.ts'

/** A template's content before its directives are paired: texts one token each, as HCL trims by tokens. */
export type Piece =
  | { readonly kind: 'text'; value: string; readonly start: number; readonly end: number }
  | { readonly kind: 'interpolation'; readonly expression: Expression; readonly start: number; readonly end: number }
  | Directive

type Directive =
  | { readonly kind: 'if'; readonly condition: Expression; readonly start: number; readonly end: number }
  | {
      readonly kind: 'for'
      readonly keyName: string | undefined
      readonly valueName: string
      readonly collection: Expression
      readonly start: number
      readonly end: number
    }
  | { readonly kind: 'else' | 'endif' | 'endfor'; readonly start: number; readonly end: number }

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
])
const QUOTED_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([^]))|\\$|([$%])\4\{/gu
const HEREDOC_ESCAPE = /([$%])\1\{/g

/** A text token's value, its escapes resolved; a wrong escape is reported and stands for its own characters. */
export function textValue(cursor: Cursor, token: Token, quoted: boolean): string {
  const raw = cursor.text(token)
  if (!quoted) {
    // A JSON string may spell a lone \r as an escape; in a file HCL takes it for no line end and refuses it.
    const lone = token.text === undefined && raw.includes('\r') ? raw.search(/\r(?!\n)/) : -1
    if (lone >= 0) {
      const place = { start: token.start + lone, end: token.start + lone + 1 }
      cursor.note(place, 'hcl-lone-carriage-return', 'A carriage return stands here without a line feed: remove it.')
    }
    return raw.includes('{') ? raw.replace(HEREDOC_ESCAPE, '$1{') : raw
  }
  if (!raw.includes('\\') && !raw.includes('{')) return raw
  return raw.replace(
    QUOTED_ESCAPE,
    (
      all: string,
      short: string | undefined,
      long: string | undefined,
      letter: string | undefined,
      sign: string | undefined,
      at: number,
    ) => {
      if (sign !== undefined) return `${sign}{`
      const hex = short ?? long
      if (hex !== undefined) {
        const point = Number.parseInt(hex, 16)
        if (point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) return String.fromCodePoint(point)
      }
      const known = letter === undefined ? undefined : ESCAPES.get(letter)
      if (known !== undefined) return known
      // Offsets into a token that the file spells differently cannot be mapped one by one: the whole token is shown.
      const span = token.text === undefined ? { start: token.start + at, end: token.start + at + all.length } : token
      cursor.note(span, 'hcl-invalid-escape', escapeMessage(all))
      return letter ?? all
    },
  )
}

function escapeMessage(escape: string): string {
  if (/^\\U/i.test(escape)) {
    return `${escape} is no Unicode escape: write \\u with four hexadecimal digits or \\U with eight (up to 0010FFFF, no surrogates), or \\\\ for a backslash.`
  }
  return `${escape} is no escape sequence: write \\\\ for a backslash, or one of \\n \\r \\t \\" \\uNNNN \\UNNNNNNNN.`
}

export function trimEnd(text: string): string {
  let end = text.length
  while (end > 0 && isSpace(text.charAt(end - 1))) end--
  return text.slice(0, end)
}

export function trimStart(text: string): string {
  let start = 0
  while (start < text.length && isSpace(text.charAt(start))) start++
  return text.slice(start)
}

/**
 * Takes the common indentation off a `<<-` heredoc's lines, by HCL's rule: the fewest leading spaces over all lines that
 * are not blank, where a line that begins with an interpolation counts as not indented. Strip markers have been
 * applied before, so a text emptied by `~}` no longer ends its line (as in HCL itself).
 */
export function removeIndentation(pieces: readonly Piece[]): void {
  let fewest = Infinity
  let lineStarts = true
  const firsts: (Piece & { kind: 'text' })[] = []
  for (const piece of pieces) {
    if (lineStarts) {
      lineStarts = false
      if (piece.kind !== 'text') {
        fewest = 0
      } else {
        const trimmed = trimStart(piece.value)
        if (trimmed !== '' || !piece.value.endsWith('\n')) {
          fewest = Math.min(fewest, piece.value.length - trimmed.length)
          firsts.push(piece)
        }
      }
    }
    if (piece.kind === 'text' && piece.value.endsWith('\n')) lineStarts = true
  }
  for (const piece of firsts) piece.value = piece.value.slice(fewest)
}

interface OpenDirective {
  readonly piece: Directive & { kind: 'if' | 'for' }
  readonly parts: TemplatePart[]
  /** Set once `%{ else }` was met. */
  otherwise: TemplatePart[] | undefined
}

/** Pairs the directives, joins neighbouring texts, and reports what has no partner. */
export function buildParts(cursor: Cursor, pieces: readonly Piece[]): readonly TemplatePart[] {
  const root: TemplatePart[] = []
  const open: OpenDirective[] = []
  for (const piece of pieces) {
    const top = open.at(-1)
    const target = top === undefined ? root : (top.otherwise ?? top.parts)
    if (piece.kind === 'text') addText(target, piece)
    else if (piece.kind === 'interpolation') {
      target.push({ kind: 'interpolation', expression: piece.expression, span: { start: piece.start, end: piece.end } })
    } else if (piece.kind === 'if' || piece.kind === 'for') {
      if (open.length + cursor.depth >= MAX_DEPTH) {
        cursor.note(piece, 'hcl-too-deep', tooDeepMessage())
        break
      }
      open.push({ piece, parts: [], otherwise: undefined })
    } else if (piece.kind === 'else' && top?.piece.kind === 'if' && top.otherwise === undefined) {
      top.otherwise = []
    } else if (top !== undefined && piece.kind === `end${top.piece.kind}`) {
      open.pop()
      enclosing(root, open).push(finish(top, piece.end))
    } else {
      cursor.note(piece, 'hcl-unexpected-directive', unexpectedMessage(piece.kind, top?.piece.kind))
    }
  }
  for (let top = open.pop(); top !== undefined; top = open.pop()) {
    const name = top.piece.kind
    cursor.note(top.piece, 'hcl-unclosed-directive', `This %{ ${name} } has no %{ end${name} }: add one where it ends.`)
    enclosing(root, open).push(finish(top, pieces.at(-1)?.end ?? top.piece.end))
  }
  return root
}

function enclosing(root: TemplatePart[], open: readonly OpenDirective[]): TemplatePart[] {
  const top = open.at(-1)
  return top === undefined ? root : (top.otherwise ?? top.parts)
}

function addText(parts: TemplatePart[], piece: Piece & { kind: 'text' }): void {
  const last = parts.at(-1)
  // Texts are apart in the source only where something that is no part stood between them.
  if (last?.kind === 'text' && last.span.end === piece.start) {
    parts[parts.length - 1] = {
      kind: 'text',
      value: last.value + piece.value,
      span: { start: last.span.start, end: piece.end },
    }
  } else {
    parts.push({ kind: 'text', value: piece.value, span: { start: piece.start, end: piece.end } })
  }
}

function finish(directive: OpenDirective, end: number): TemplatePart {
  const { piece, parts, otherwise } = directive
  const span = { start: piece.start, end }
  // oxlint-disable-next-line unicorn/no-thenable -- the branch's name; it is never a function
  if (piece.kind === 'if') return { kind: 'if', condition: piece.condition, then: parts, else: otherwise ?? [], span }
  const { keyName, valueName, collection } = piece
  return { kind: 'for', keyName, valueName, collection, body: parts, span }
}

function unexpectedMessage(kind: string, inside: string | undefined): string {
  if (inside !== undefined)
    return `%{ ${kind} } does not fit here: the %{ ${inside} } before it needs its %{ end${inside} } first.`
  return `%{ ${kind} } has nothing to belong to: remove it, or write %%{ for the literal characters.`
}

export function tooDeepMessage(): string {
  return `This is nested more than ${MAX_DEPTH} levels deep and is not read: move inner parts into locals.`
}
