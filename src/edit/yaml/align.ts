import { sameData, type YamlData } from './data.ts'

/**
 * For each item after, the item before that it continues: equal ones at both ends keep their place, those between are
 * paired in order. New items are undefined and stand last, because items can only be added at the end.
 */
export function alignItems(before: readonly YamlData[], after: readonly YamlData[]): (number | undefined)[] {
  const same = (i: number, j: number): boolean => {
    const [a, b] = [before[i], after[j]]
    return a !== undefined && b !== undefined && sameData(a, b)
  }
  let head = 0
  while (same(head, head)) head++
  const removed = before.length - after.length
  let tail = 0
  // With more items after than before, the tail is shifted and only pairing from the start leaves the new ones last.
  if (removed >= 0) while (tail < after.length - head && same(before.length - 1 - tail, after.length - 1 - tail)) tail++
  return after.map((_, index) => {
    if (index >= after.length - tail) return index + removed
    return index < before.length ? index : undefined
  })
}
