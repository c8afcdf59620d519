/** Whether an expression matches, by a deterministic automaton that is built as far as texts ask for it. */
import { ASSERT, JUMP, MATCH, SET, SPLIT, type Program } from './program.ts'

interface State {
  readonly pcs: readonly number[]
  readonly accepts: boolean
  /** Whether it accepts if the text ends here; found when first asked. */
  acceptsAtEnd: boolean | undefined
  /** By class of the next code point. */
  readonly next: (State | undefined)[]
}

/** Beyond this the automaton is forgotten and built anew. */
const MAX_STATES = 2000

/** True if the automaton can stand for the expression: no assertions but those about both ends of the text. */
export function suitsDfa({ assertions }: Program): boolean {
  return assertions.every((one) => one === undefined || one === 'begin-text' || one === 'end-text')
}

export class Dfa {
  readonly #program: Program
  readonly #mark: Uint32Array
  #turn = 0
  #states = new Map<string, State>()
  #start: State | undefined
  /** Whether it matches the empty text, where start and end are one. */
  #empty: boolean | undefined

  constructor(program: Program) {
    this.#program = program
    this.#mark = new Uint32Array(program.op.length)
  }

  matches(text: string, step: (count: number) => void): boolean {
    step(1 + (text.length >> 4))
    const { classes } = this.#program
    if (text === '') return (this.#empty ??= this.#accepting(this.#closure([0], true, true)))
    let state = (this.#start ??= this.#state(this.#closure([0], true, false)))
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
    if (state.accepts) return true
    state.acceptsAtEnd ??= this.#accepting(this.#closure(state.pcs, false, true))
    return state.acceptsAtEnd
  }

  #advance(state: State, kind: number, step: (count: number) => void): State {
    step(1 + (state.pcs.length >> 3))
    const { op, x, sets } = this.#program
    const reached: number[] = []
    for (const pc of state.pcs) if (op[pc] === SET && sets[x[pc] ?? 0]?.[kind] === 1) reached.push(pc + 1)
    // A match may begin at every place.
    reached.push(0)
    const next = this.#state(this.#closure(reached, false, false))
    state.next[kind] = next
    return next
  }

  #accepting(pcs: readonly number[]): boolean {
    const { op } = this.#program
    return pcs.some((pc) => op[pc] === MATCH)
  }

  #state(pcs: readonly number[]): State {
    const key = pcs.join()
    const known = this.#states.get(key)
    if (known !== undefined) return known
    if (this.#states.size >= MAX_STATES) {
      this.#states = new Map()
      this.#start = undefined
    }
    const state: State = { pcs, accepts: this.#accepting(pcs), acceptsAtEnd: undefined, next: [] }
    this.#states.set(key, state)
    return state
  }

  /** What can be reached without reading; assertions that wait for the end stay. Sorted. */
  #closure(from: readonly number[], atStart: boolean, atEnd: boolean): number[] {
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
        case ASSERT:
          if (assertions[pc] === 'begin-text' ? atStart : atEnd) stack.push(pc + 1)
          else if (assertions[pc] === 'end-text') reached.push(pc)
          break
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
