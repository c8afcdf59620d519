import type { Span } from '../../text/span.ts'
import { lineMapOf } from './lines.ts'
import type { Element, WrittenStatement } from './statement.ts'

/**
 * What `terraform fmt` changes beside values that now take several lines: each stands alone, and its neighbours above and
 * below are aligned without it. Nothing where they were not aligned before.
 */
export function alignment(
  written: WrittenStatement,
  wide: readonly Element[],
): readonly { readonly span: Span; readonly text: string }[] {
  if (written.form.kind !== 'object' && written.form.kind !== 'block') return []
  const { file } = written
  const lines = lineMapOf(file)
  const all = [...written.elements.values()].toSorted((a, b) => a.key.start - b.key.start)
  const firstLine = (element: Element): number => lines.position(element.key.start).line
  const isNext = (upper: Element | undefined, lower: Element): boolean =>
    upper !== undefined &&
    firstLine(upper) + 1 === firstLine(lower) &&
    lines.position(upper.value.end).line === firstLine(upper)
  const chains: Element[][] = []
  for (const [i, element] of all.entries()) {
    if (isNext(all[i - 1], element)) chains.at(-1)?.push(element)
    else chains.push([element])
  }
  return chains
    .filter((chain) => chain.some((element) => wide.includes(element)) && isAligned(chain))
    .flatMap(realigned)

  function isAligned(chain: readonly Element[]): boolean {
    return new Set(chain.map((element) => element.key.end - element.key.start + gapOf(element))).size === 1
  }

  function realigned(chain: readonly Element[]): readonly { readonly span: Span; readonly text: string }[] {
    const groups: Element[][] = [[]]
    for (const element of chain) {
      if (wide.includes(element)) groups.push([element], [])
      else groups.at(-1)?.push(element)
    }
    return groups.flatMap((group) => {
      const width = Math.max(0, ...group.map(({ key }) => key.end - key.start))
      return group.flatMap((element) => {
        const gap = gapOf(element)
        const wanted = width - (element.key.end - element.key.start) + 1
        if (gap < 0 || gap === wanted) return []
        return [{ span: { start: element.key.end, end: element.key.end + gap }, text: ' '.repeat(wanted) }]
      })
    })
  }

  /** White space between the name and the `=`. */
  function gapOf({ key, value }: Element): number {
    return /^[ \t]*(?==)/.exec(file.text.slice(key.end, value.start))?.[0].length ?? -1
  }
}
