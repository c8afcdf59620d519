import { diffArrays } from 'diff'
import { applyEdits, editsConflict, sameEdit, type TextEdit } from './edit.ts'

/** Lines with their line ends; a text without final line end has a shorter last line. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? []
}

/** Lines [start, end) of the old text become these lines. */
interface Hunk {
  start: number
  end: number
  lines: string[]
}

function lineHunks(from: readonly string[], to: readonly string[]): Hunk[] {
  const hunks: Hunk[] = []
  let open: Hunk | undefined
  let at = 0
  for (const part of diffArrays([...from], [...to])) {
    if (!part.added && !part.removed) {
      at += part.value.length
      open = undefined
      continue
    }
    if (!open) hunks.push((open = { start: at, end: at, lines: [] }))
    if (part.added) open.lines.push(...part.value)
    else open.end = at += part.value.length
  }
  return hunks
}

/**
 * The same insertions and removals as far up as they go: where a block begins like the text after it, or ends like the
 * text before it, a diff cannot know which of the two is meant, and this one takes the later.
 */
function slideUp(hunks: readonly Hunk[], from: readonly string[]): Hunk[] {
  return hunks.map((hunk, index) => {
    const low = hunks[index - 1]?.end ?? -1
    const removes = hunk.lines.length === 0
    if (!removes && hunk.end > hunk.start) return hunk
    let { start, end, lines } = hunk
    for (;;) {
      const last = removes ? from[end - 1] : lines.at(-1)
      if (start - 1 <= low || last === undefined || from[start - 1] !== last) return { start, end, lines }
      if (!removes) lines = [last, ...lines.slice(0, -1)]
      start--
      end--
    }
  })
}

const WORD = /[\p{L}\p{N}_-]/u

/** True if an offset cuts a word of either text in two. */
function cutsWord(text: string, at: number, other: string, otherAt: number): boolean {
  const left = WORD.test(text[at - 1] ?? '') || WORD.test(other[otherAt - 1] ?? '')
  return left && (WORD.test(text[at] ?? '') || WORD.test(other[otherAt] ?? ''))
}

/** The one stretch in which two lines differ, widened to whole words: half of a word is nobody's edit. */
function narrow(before: string, after: string, offset: number): TextEdit {
  const shortest = Math.min(before.length, after.length)
  let head = 0
  while (head < shortest && before[head] === after[head]) head++
  let tail = 0
  while (tail < shortest - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++
  while (head > 0 && cutsWord(before, head, after, head)) head--
  while (tail > 0 && cutsWord(before, before.length - tail, after, after.length - tail)) tail--
  const span = { start: offset + head, end: offset + before.length - tail }
  return { span, text: after.slice(head, after.length - tail) }
}

function hunkEdits(hunk: Hunk, from: readonly string[], starts: readonly number[]): TextEdit[] {
  const start = starts[hunk.start] ?? 0
  if (hunk.end - hunk.start !== hunk.lines.length) {
    return [{ span: { start, end: starts[hunk.end] ?? start }, text: hunk.lines.join('') }]
  }
  return hunk.lines.flatMap((line, index) => {
    const before = from[hunk.start + index] ?? ''
    return before === line ? [] : [narrow(before, line, starts[hunk.start + index] ?? 0)]
  })
}

function combine(ours: readonly TextEdit[], theirs: readonly TextEdit[]): TextEdit[] | undefined {
  const rest = ours.filter((edit) => !theirs.some((other) => sameEdit(edit, other)))
  if (rest.some((edit) => theirs.some((other) => editsConflict(edit, other)))) return undefined
  return [...rest, ...theirs]
}

/**
 * Makes two independent changes of one text together: `base` to `ours` and `base` to `theirs`. Changes are taken line
 * by line, and within a line that both keep, word by word.
 * @returns undefined if they overlap, so that only a person can say what is meant
 */
export function mergeTexts(base: string, ours: string, theirs: string): string | undefined {
  const lines = splitLines(base)
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length)
  const variants = (text: string): TextEdit[][] => {
    const hunks = lineHunks(lines, splitLines(text))
    return [hunks, slideUp(hunks, lines)].map((list) => list.flatMap((hunk) => hunkEdits(hunk, lines, starts)))
  }
  const theirVariants = variants(theirs)
  for (const our of variants(ours)) {
    for (const their of theirVariants) {
      const edits = combine(our, their)
      if (edits) return applyEdits(base, edits)
    }
  }
  return undefined
}
