/** Matches with groups: all ways at once, in order of preference, in time of text times program. */
import { ASSERT, JUMP, MATCH, SAVE, SET, SPLIT, type Program } from './program.ts'
import type { Assertion } from './syntax.ts'

/** Start and end of the match and of each group; -1 for a group that took no part. */
export type Slots = readonly number[]

interface Threads {
  pcs: number[]
  slots: Slots[]
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122)
}

function holds(assertion: Assertion | undefined, text: string, at: number): boolean {
  switch (assertion) {
    case 'begin-text':
      return at === 0
    case 'end-text':
      return at === text.length
    case 'begin-line':
      return at === 0 || text.charCodeAt(at - 1) === 10
    case 'end-line':
      return at === text.length || text.charCodeAt(at) === 10
    default: {
      const before = at > 0 && isWord(text.charCodeAt(at - 1))
      const after = at < text.length && isWord(text.charCodeAt(at))
      return (before !== after) === (assertion === 'word')
    }
  }
}

/** The leftmost match at or behind a place, of those the one that the expression prefers. `step` counts the work. */
export function search(program: Program, text: string, from: number, step: (count: number) => void): Slots | undefined {
  const { op, x, y, sets, classes, assertions } = program
  const mark = new Int32Array(op.length).fill(-1)
  let current: Threads = { pcs: [], slots: [] }
  let next: Threads = { pcs: [], slots: [] }
  let best: Slots | undefined
  const stackPcs: number[] = []
  const stackSlots: Slots[] = []

  const add = (threads: Threads, start: number, own: Slots, at: number): void => {
    stackPcs.push(start)
    stackSlots.push(own)
    for (;;) {
      const pc = stackPcs.pop()
      const slots = stackSlots.pop()
      if (pc === undefined || slots === undefined) return
      if (mark[pc] === at) continue
      mark[pc] = at
      switch (op[pc]) {
        case JUMP:
          stackPcs.push(x[pc] ?? 0)
          stackSlots.push(slots)
          break
        case SPLIT:
          stackPcs.push(y[pc] ?? 0, x[pc] ?? 0)
          stackSlots.push(slots, slots)
          break
        case SAVE: {
          const saved = slots.slice()
          saved[x[pc] ?? 0] = at
          stackPcs.push(pc + 1)
          stackSlots.push(saved)
          break
        }
        case ASSERT:
          if (holds(assertions[pc], text, at)) {
            stackPcs.push(pc + 1)
            stackSlots.push(slots)
          }
          break
        default:
          threads.pcs.push(pc)
          threads.slots.push(slots)
      }
    }
  }

  let at = from
  for (;;) {
    if (best === undefined) {
      const fresh = Array.from({ length: program.slots }, () => -1)
      fresh[0] = at
      add(current, 0, fresh, at)
    }
    if (current.pcs.length === 0 && best !== undefined) break
    step(1 + (current.pcs.length >> 3))
    const end = at >= text.length
    const rune = end ? -1 : (text.codePointAt(at) ?? 0)
    const after = at + (rune > 0xffff ? 2 : 1)
    const kind = end ? 0 : classes.of(rune)
    for (let index = 0; index < current.pcs.length; index++) {
      const pc = current.pcs[index] ?? 0
      const slots = current.slots[index] ?? []
      if (op[pc] === MATCH) {
        const found = slots.slice()
        found[1] = at
        best = found
        break
      }
      if (!end && op[pc] === SET && sets[x[pc] ?? 0]?.[kind] === 1) add(next, pc + 1, slots, after)
    }
    if (end) break
    const spare = current
    current = next
    next = spare
    next.pcs.length = 0
    next.slots.length = 0
    at = after
  }
  return best
}
