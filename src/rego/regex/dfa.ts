/** Whether an expression matches, by a deterministic automaton that is built as far as texts ask for it. */
import { ASSERT, JUMP, MATCH, SET, SPLIT, type Program } from './program.ts'
import type { Assertion } from './syntax.ts'

/** What stands at one side of a place. */
type Side = 'edge' | 'word' | 'line-end' | 'other'

interface State {
  /** What reads a character, what matches, and assertions that wait for what follows. */
  readonly pcs: readonly number[]
  readonly before: Side
  readonly accepts: boolean
  readonly waits: boolean
  /** Whether it accepts if the text ends here; found when first asked. */
  acceptsAtEnd: boolean | undefined
  /** By class of the next code point. */
  readonly next: (State | undefined)[]
}

/** Beyond this the automaton is forgotten and built anew. */
const MAX_STATES = 2000

const ACCEPTED: State = { pcs: [], before: 'other', accepts: true, waits: false, acceptsAtEnd: true, next: [] }

/** Undefined if it depends on what follows and that is not known yet. */
function holds(assertion: Assertion | undefined, before: Side, after: Side | undefined): boolean | undefined {
  switch (assertion) {
    case 'begin-text':
      return before === 'edge'
    case 'begin-line':
      return before === 'edge' || before === 'line-end'
    default:
      if (after === undefined) return undefined
      if (assertion === 'end-text') return after === 'edge'
      if (assertion === 'end-line') return after === 'edge' || after === 'line-end'
      return ((before === 'word') !== (after === 'word')) === (assertion === 'word')
  }
}

export class Dfa {
  readonly #program: Program
  readonly #mark: Uint32Array
  #turn = 0
  #states = new Map<string, State>()
  #start: State | undefined

  constructor(program: Program) {
    this.#program = program
    this.#mark = new Uint32Array(program.op.length)
  }

  matches(text: string, step: (count: number) => void): boolean {
    step(1 + (text.length >> 4))
    const { classes } = this.#program
    let state = (this.#start ??= this.#state([0], 'edge'))
    for (let at = 0; at < text.length; at++) {
      if (state.accepts) return true
      let rune = text.charCodeAt(at)
      if ((rune & 0xfc00) === 0xd800) {
        rune = text.codePointAt(at) ?? rune
        if (rune > 0xffff) at++
      }
      const kind = classes.of(rune)
      state = state.next[kind] ?? this.#advance(state, kind, step)
    }
    state.acceptsAtEnd ??= state.accepts || this.#accepting(this.#closure(state.pcs, state.before, 'edge'))
    return state.acceptsAtEnd
  }

  #side(kind: number): Side {
    const { words, lineEnds } = this.#program
    if (words?.[kind] === 1) return 'word'
    return lineEnds?.[kind] === 1 ? 'line-end' : 'other'
  }

  #advance(state: State, kind: number, step: (count: number) => void): State {
    step(1 + (state.pcs.length >> 3))
    const { op, x, sets } = this.#program
    const side = this.#side(kind)
    const pcs = state.waits ? this.#closure(state.pcs, state.before, side) : state.pcs
    let next = ACCEPTED
    if (!this.#accepting(pcs)) {
      const reached: number[] = []
      for (const pc of pcs) if (op[pc] === SET && sets[x[pc] ?? 0]?.[kind] === 1) reached.push(pc + 1)
      // A match may begin at every place.
      reached.push(0)
      next = this.#state(reached, side)
    }
    state.next[kind] = next
    return next
  }

  #accepting(pcs: readonly number[]): boolean {
    const { op } = this.#program
    return pcs.some((pc) => op[pc] === MATCH)
  }

  #state(from: readonly number[], before: Side): State {
    const pcs = this.#closure(from, before, undefined)
    const key = `${before}:${pcs.join()}`
    const known = this.#states.get(key)
    if (known !== undefined) return known
    if (this.#states.size >= MAX_STATES) {
      this.#states = new Map()
      this.#start = undefined
    }
    const { op } = this.#program
    const waits = pcs.some((pc) => op[pc] === ASSERT)
    const state: State = { pcs, before, accepts: this.#accepting(pcs), waits, acceptsAtEnd: undefined, next: [] }
    this.#states.set(key, state)
    return state
  }

  /** What can be reached without reading. Sorted. */
  #closure(from: readonly number[], before: Side, after: Side | undefined): number[] {
    const { op, x, y, assertions } = this.#program
    const turn = ++this.#turn
    const reached: number[] = []
    const stack = [...from]
    for (;;) {
      const pc = stack.pop()
      if (pc === undefined) break
      if (this.#mark[pc] === turn) continue
      this.#mark[pc] = turn
      switch (op[pc]) {
        case JUMP:
          stack.push(x[pc] ?? 0)
          break
        case SPLIT:
          stack.push(x[pc] ?? 0, y[pc] ?? 0)
          break
        case ASSERT: {
          const held = holds(assertions[pc], before, after)
          if (held === true) stack.push(pc + 1)
          else if (held === undefined) reached.push(pc)
          break
        }
        case SET:
        case MATCH:
          reached.push(pc)
          break
        default:
          stack.push(pc + 1)
      }
    }
    return reached.sort((a, b) => a - b)
  }
}
