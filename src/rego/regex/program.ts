/** An expression as a program for the matchers. */
import { MAX_RUNE, type Ranges } from './classes.ts'
import { RegexError, type Assertion, type Node } from './syntax.ts'

/** What stands at a place of the program. */
export const SET = 0
export const SPLIT = 1
export const JUMP = 2
export const SAVE = 3
export const ASSERT = 4
export const MATCH = 5

export interface Program {
  readonly op: readonly number[]
  /** SET: its number; SPLIT: where to go first; JUMP: where; SAVE: which slot. */
  readonly x: readonly number[]
  /** SPLIT: where to go next. */
  readonly y: readonly number[]
  /** The assertion of an ASSERT. */
  readonly assertions: ReadonlyArray<Assertion | undefined>
  /** For each set, which of the classes of code points are in it. */
  readonly sets: readonly Uint8Array[]
  readonly classes: ClassMap
  readonly slots: number
}

const MAX_SIZE = 100_000

/** Code points that no set of the expression tells apart are one class. */
class ClassMap {
  readonly #ascii = new Uint16Array(128)
  readonly #starts: readonly number[]
  readonly count: number

  constructor(sets: readonly Ranges[]) {
    const starts = new Set([0])
    for (const ranges of sets) {
      for (let index = 0; index < ranges.length; index += 2) {
        starts.add(ranges[index] ?? 0)
        const after = (ranges[index + 1] ?? 0) + 1
        if (after <= MAX_RUNE) starts.add(after)
      }
    }
    this.#starts = [...starts].sort((a, b) => a - b)
    this.count = this.#starts.length
    for (let rune = 0; rune < 128; rune++) this.#ascii[rune] = this.#search(rune)
  }

  of(rune: number): number {
    return rune < 128 ? (this.#ascii[rune] ?? 0) : this.#search(rune)
  }

  members(ranges: Ranges): Uint8Array {
    const members = new Uint8Array(this.count)
    for (let index = 0; index < ranges.length; index += 2) {
      const last = this.#search(ranges[index + 1] ?? 0)
      for (let at = this.#search(ranges[index] ?? 0); at <= last; at++) members[at] = 1
    }
    return members
  }

  #search(rune: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= rune) low = middle
      else high = middle - 1
    }
    return low
  }
}

function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return false
    case 'concat':
      return node.nodes.every(isNullable)
    case 'alternate':
      return node.nodes.some(isNullable)
    case 'repeat':
      return node.min === 0 || isNullable(node.node)
    case 'group':
      return isNullable(node.node)
    default:
      return true
  }
}

/** Throws `RegexError` if the program gets too large. */
export function compileRegex(node: Node, groups: number, source: string): Program {
  const op: number[] = []
  const x: number[] = []
  const y: number[] = []
  const assertions: (Assertion | undefined)[] = []
  const sets: Ranges[] = []
  const known = new Map<string, number>()

  const emit = (code: number, first = 0, second = 0, assertion?: Assertion): number => {
    if (op.length >= MAX_SIZE) throw new RegexError('expression too large', source)
    x.push(first)
    y.push(second)
    assertions.push(assertion)
    return op.push(code) - 1
  }
  const set = (ranges: Ranges): number => {
    const key = ranges.join()
    const found = known.get(key)
    if (found !== undefined) return found
    known.set(key, sets.length)
    return sets.push(ranges) - 1
  }
  /** A choice whose first way is the next instruction. */
  const branch = (): number => emit(SPLIT)
  const settle = (at: number, greedy: boolean, first: number, other: number): void => {
    x[at] = greedy ? first : other
    y[at] = greedy ? other : first
  }

  const repeat = (inner: Node, min: number, max: number, greedy: boolean): void => {
    for (let count = 0; count < min - (max < 0 ? 1 : 0); count++) visit(inner)
    if (max < 0) {
      if (min > 0) {
        const start = op.length
        visit(inner)
        const at = branch()
        settle(at, greedy, start, op.length)
        return
      }
      const at = branch()
      const start = op.length
      visit(inner)
      // What can be empty is repeated as `(x+)?`, so that an empty turn ends the loop instead of trying the next way.
      if (isNullable(inner)) settle(branch(), greedy, start, op.length)
      else emit(JUMP, at)
      settle(at, greedy, start, op.length)
      return
    }
    const pending: number[] = []
    for (let count = min; count < max; count++) {
      pending.push(branch())
      visit(inner)
    }
    for (const at of pending) settle(at, greedy, at + 1, op.length)
  }

  const alternate = (nodes: readonly Node[]): void => {
    const ends: number[] = []
    nodes.forEach((option, index) => {
      if (index === nodes.length - 1) visit(option)
      else {
        const at = branch()
        visit(option)
        ends.push(emit(JUMP))
        settle(at, true, at + 1, op.length)
      }
    })
    for (const at of ends) x[at] = op.length
  }

  const visit = (part: Node): void => {
    switch (part.kind) {
      case 'set':
        emit(SET, set(part.ranges))
        return
      case 'assert':
        emit(ASSERT, 0, 0, part.assertion)
        return
      case 'concat':
        part.nodes.forEach(visit)
        return
      case 'alternate':
        alternate(part.nodes)
        return
      case 'repeat':
        repeat(part.node, part.min, part.max, part.greedy)
        return
      case 'group':
        emit(SAVE, part.index * 2)
        visit(part.node)
        emit(SAVE, part.index * 2 + 1)
        return
      default:
    }
  }

  visit(node)
  emit(MATCH)
  const classes = new ClassMap(sets)
  return { op, x, y, assertions, classes, sets: sets.map((ranges) => classes.members(ranges)), slots: groups * 2 }
}
