import { type Entry, isBlank, isBlockScalar, lineEnd, lineStart, nextLine, pointAfter, rangeOf } from './positions.ts'
import { Refusal } from './refusal.ts'
import type { Splices } from './splices.ts'

/** What happens to the entries of one block collection that has at least one. */
export interface BlockChange {
  readonly text: string
  readonly eol: string
  readonly entries: readonly Entry[]
  readonly removed: ReadonlySet<number>
  /** Lines of what is new, indented. */
  readonly added: readonly string[]
  /** The column of the collection's keys or dashes. */
  readonly indent: number
}

/** Removes and adds whole lines. If all entries go, something must be added. */
export function changeBlock(change: BlockChange, splices: Splices): void {
  const { text, eol, entries, removed, added, indent } = change
  for (const index of removed) if (entries[index]?.explicit) throw new Refusal('a key written with ? is not changed')
  const lastKept = entries.findLast((_, index) => !removed.has(index))
  const first = entries[0]
  if (lastKept === undefined && first) {
    // Nothing stays, so the new entries take the place of the first one.
    splices.replace(first, added.join(eol).slice(indent))
  }
  for (const index of removed) {
    const entry = entries[index]
    if (entry && (lastKept !== undefined || index > 0)) removeEntry(change, entry, splices)
  }
  if (lastKept === undefined || added.length === 0) return
  const prefix = text.slice(lineStart(text, first?.start ?? 0), first?.start)
  if (prefix.includes('\t')) throw new Refusal('the lines here are indented with tabs')
  splices.insertLines(pointAfter(text, lastKept), added)
}

function removeEntry({ text, entries, removed }: BlockChange, entry: Entry, splices: Splices): void {
  const start = lineStart(text, entry.start)
  const end = endOfLines(text, entry)
  if (text.slice(start, entry.start).replace('\ufeff', '').trim() === '') {
    const from = text.startsWith('\ufeff') && start === 0 ? 1 : start
    // At the end of a file without a final line break, the one before goes, so that the file keeps its habit.
    const endsOpen = end === text.length && text[end - 1] !== '\n' && from > 1
    splices.remove({ start: endsOpen ? lineEnd(text, lineStart(text, start - 1)) : from, end })
    return
  }
  // It shares its line with a dash (`- name: x`), behind which the next entry moves up.
  let next = firstVisible(text, end)
  for (let index = 0; index < entries.length; index++) {
    const other = entries[index]
    if (other && removed.has(index) && other.start === next) next = firstVisible(text, endOfLines(text, other))
  }
  splices.remove({ start: entry.start, end: next })
}

/** The start of the line after an entry, its trailing comment included. */
function endOfLines(text: string, entry: Entry): number {
  const end = nextLine(text, entry.end)
  const whole = entry.last !== undefined && isBlockScalar(entry.last) ? rangeOf(entry.last)[1] : end
  return Math.max(end, whole)
}

function firstVisible(text: string, from: number): number {
  let at = from
  while (at < text.length && isBlank(text, at, at + 1)) at++
  return at
}
