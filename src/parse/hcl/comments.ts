import type { Span } from '../../text/span.ts'
import type { HclDocument } from './ast.ts'
import { lex } from './lexer.ts'

export interface Comment {
  /** Without the line end. */
  readonly span: Span
  /** With the characters that make it a comment. */
  readonly text: string
}

const known = new WeakMap<HclDocument, readonly Comment[]>()

/** A document's comments in order. JSON syntax has none (its `//` keys are left out of the tree). */
export function comments(document: HclDocument): readonly Comment[] {
  const there = known.get(document)
  if (there !== undefined) return there
  const { text, syntax } = document
  const spans = syntax === 'native' ? lex(text, 'code').comments : []
  const found = spans.map((span) => ({ span, text: text.slice(span.start, span.end) }))
  known.set(document, found)
  return found
}
