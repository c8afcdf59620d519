import type { YamlFile } from '../../parse/yaml/ast.ts'
import { type Entry, isBlank, lineEnd, lineStart } from './positions.ts'
import type { FlowStyle, Quote } from './render.ts'
import type { Splices } from './splices.ts'

/** What happens to the entries of one flow collection that has at least one. */
export interface FlowChange {
  readonly text: string
  readonly eol: string
  readonly entries: readonly Entry[]
  readonly removed: ReadonlySet<number>
  readonly added: readonly string[]
  /** Offset of the closing bracket. */
  readonly close: number
  readonly separator: string
}

export function changeFlow(change: FlowChange, splices: Splices): void {
  const { entries, removed, added, separator } = change
  const first = entries[0]
  const last = entries.at(-1)
  if (!first || !last) return
  if (removed.size === entries.length) {
    const comma = added.length === 0 ? findComma(change.text, last.end, change.close) : undefined
    const end = comma === undefined ? last.end : comma + 1
    splices.replace({ start: first.start, end }, added.join(separator))
    return
  }
  removeRuns(change, splices)
  if (added.length > 0) addEntries(change, splices)
}

function removeRuns({ text, entries, removed, close }: FlowChange, splices: Splices): void {
  for (let from = 0; from < entries.length; from++) {
    if (!removed.has(from)) continue
    let to = from
    while (removed.has(to + 1)) to++
    const first = entries[from]
    const last = entries[to]
    const previous = entries[from - 1]
    const next = entries[to + 1]
    if (first && last && next) splices.remove({ start: first.start, end: afterComma(text, last.end, next.start) })
    else if (first && last && previous) {
      // If a comment stands between, the comma before it stays; YAML allows one trailing comma, but not two.
      const commented = text.slice(previous.end, first.start).includes('#')
      const comma = commented ? findComma(text, last.end, close) : undefined
      splices.remove({
        start: commented ? first.start : previous.end,
        end: comma === undefined ? last.end : comma + 1,
      })
    }
    from = to
  }
}

/** Past an entry's comma, the comment behind it and white space, up to the next entry or its own comments. */
function afterComma(text: string, end: number, next: number): number {
  let at = findComma(text, end, next) ?? end
  at++
  while (at < next && (text[at] === ' ' || text[at] === '\t')) at++
  if (text[at] === '#') at = lineEnd(text, at)
  while (at < next && isBlank(text, at, at + 1)) at++
  return at
}

function addEntries({ text, eol, entries, removed, added, close, separator }: FlowChange, splices: Splices): void {
  const keptIndex = entries.findLastIndex((_, index) => !removed.has(index))
  const kept = entries[keptIndex]
  if (!kept) return
  const start = lineStart(text, kept.start)
  const ownLine = isBlank(text, start, kept.start)
  if (!ownLine) {
    splices.insert(kept.end, added.map((item) => separator + item).join(''))
    return
  }
  const indent = text.slice(start, kept.start)
  const lines = added.map((item) => `${eol}${indent}${item}`).join(',')
  const comma = keptIndex === entries.length - 1 ? findComma(text, kept.end, close) : undefined
  if (comma !== undefined) {
    const behind = text.slice(comma + 1, lineEnd(text, comma)).trimStart()
    if (behind === '' || behind.startsWith('#')) splices.insert(lineEnd(text, comma), `${lines},`)
    else splices.insert(kept.end, added.map((item) => separator + item).join(''))
    return
  }
  splices.insert(kept.end, ',')
  const rest = text.slice(kept.end, lineEnd(text, kept.end))
  const commented = rest.trimStart().startsWith('#') && keptIndex === entries.length - 1
  splices.insert(commented ? lineEnd(text, kept.end) : kept.end, lines)
}

/** The comma between an offset and a limit, comments aside. */
function findComma(text: string, from: number, limit: number): number | undefined {
  for (let at = from; at < limit; at++) {
    if (text[at] === ',') return at
    if (text[at] === '#') at = lineEnd(text, at)
  }
  return undefined
}

/** How to write inside a flow collection. */
export function flowStyle(file: YamlFile, quote: Quote, eol: string, offset: number, quotedKeys: boolean): FlowStyle {
  if (file.syntax !== 'json') return { json: quotedKeys, quote, compact: false }
  const { text } = file
  const step = /\n([ \t]+)\S/.exec(text)?.[1]
  const indent = /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? ''
  const spread = step === undefined ? undefined : { indent, step, eol }
  return { json: true, quote, compact: !/"\s*:\s/.test(text), spread }
}
