import { type Span, spansOverlap } from './span.ts'

/** Replaces one span of a text by another text; an empty span inserts. */
export interface TextEdit {
  readonly span: Span
  readonly text: string
}

export function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text
}

/**
 * True if two edits cannot both be made in one go: they share a character, one inserts strictly inside what the
 * other replaces, or both insert at one offset (their order would be a guess).
 */
export function editsConflict(a: TextEdit, b: TextEdit): boolean {
  if (spansOverlap(a.span, b.span)) return true
  const aInserts = a.span.start === a.span.end
  const bInserts = b.span.start === b.span.end
  if (aInserts && bInserts) return a.span.start === b.span.start
  if (aInserts) return b.span.start < a.span.start && a.span.start < b.span.end
  if (bInserts) return a.span.start < b.span.start && b.span.start < a.span.end
  return false
}

/**
 * Applies edits that do not conflict, in any order of the list.
 * @throws RangeError if a span lies outside the text or two edits conflict: a programming error in a fixer.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end)
  let out = ''
  let at = 0
  for (const [index, edit] of ordered.entries()) {
    const previous = ordered[index - 1]
    if (previous && editsConflict(previous, edit)) throw new RangeError('edits overlap')
    if (edit.span.start < at || edit.span.end < edit.span.start || edit.span.end > text.length) {
      throw new RangeError(`edit ${edit.span.start}-${edit.span.end} lies outside the text`)
    }
    out += text.slice(at, edit.span.start) + edit.text
    at = edit.span.end
  }
  return out + text.slice(at)
}
