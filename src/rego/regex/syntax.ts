/** The syntax tree of an expression. */
import type { Ranges } from './classes.ts'

export type Assertion = 'begin-text' | 'end-text' | 'begin-line' | 'end-line' | 'word' | 'no-word'

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'concat'; readonly nodes: readonly Node[] }
  | { readonly kind: 'alternate'; readonly nodes: readonly Node[] }
  /** `max` is -1 for no end. */
  | {
      readonly kind: 'repeat'
      readonly node: Node
      readonly min: number
      readonly max: number
      readonly greedy: boolean
    }
  | { readonly kind: 'group'; readonly node: Node; readonly index: number }

/** An expression that cannot be compiled; the message is Go's. */
export class RegexError extends Error {
  constructor(problem: string, part: string) {
    super(`error parsing regexp: ${problem}: \`${part}\``)
  }
}
