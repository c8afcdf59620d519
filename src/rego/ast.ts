/** What a Rego text says. Every node has the span that it was read from. */
import type { Span } from '../text/span.ts'
import type { Source } from './errors.ts'
import type { Value } from './value/value.ts'

interface Node {
  readonly span: Span
}

export interface Scalar extends Node {
  readonly kind: 'scalar'
  readonly value: Value
}

/** `_` is a wildcard: each occurrence gets a name of its own when it is resolved. */
export interface Var extends Node {
  readonly kind: 'var'
  readonly name: string
}

/** `head.path[...]`; the head may be any term that is not a ref. */
export interface Ref extends Node {
  readonly kind: 'ref'
  readonly head: Term
  readonly path: readonly Term[]
}

export interface ArrayTerm extends Node {
  readonly kind: 'array'
  readonly items: readonly Term[]
}

export interface SetTerm extends Node {
  readonly kind: 'set'
  readonly items: readonly Term[]
}

export interface ObjectTerm extends Node {
  readonly kind: 'object'
  readonly entries: readonly (readonly [Term, Term])[]
}

export interface ArrayComprehension extends Node {
  readonly kind: 'arraycomp'
  readonly head: Term
  readonly body: Body
}

export interface SetComprehension extends Node {
  readonly kind: 'setcomp'
  readonly head: Term
  readonly body: Body
}

export interface ObjectComprehension extends Node {
  readonly kind: 'objectcomp'
  readonly key: Term
  readonly value: Term
  readonly body: Body
}

/** Operators are calls too: `plus`, `equal`, `internal.member_2` ... */
export interface Call extends Node {
  readonly kind: 'call'
  readonly operator: Var | Ref
  readonly args: readonly Term[]
  /** True for `a + b` and its like, whose operator is a builtin whatever the module calls its rules. */
  readonly infix: boolean
}

/** `$"... {expr} ..."`: texts and expressions in turn. */
export interface Template extends Node {
  readonly kind: 'template'
  readonly parts: readonly (string | Literal)[]
}

export type Comprehension = ArrayComprehension | SetComprehension | ObjectComprehension

export type Term = Scalar | Var | Ref | ArrayTerm | SetTerm | ObjectTerm | Comprehension | Call | Template

export interface With extends Node {
  readonly target: Var | Ref
  readonly value: Term
}

export interface ExprLiteral extends Node {
  readonly kind: 'expr'
  readonly term: Term
  readonly negated: boolean
  readonly with: readonly With[]
}

/** `a = b` and `a := b`. */
export interface EqualityLiteral extends Node {
  readonly kind: 'unify' | 'assign'
  readonly left: Term
  readonly right: Term
  readonly negated: boolean
  readonly with: readonly With[]
}

export interface SomeLiteral extends Node {
  readonly kind: 'some'
  readonly vars: readonly Var[]
}

export interface SomeInLiteral extends Node {
  readonly kind: 'somein'
  readonly key: Term | undefined
  readonly value: Term
  readonly domain: Term
  readonly with: readonly With[]
}

export interface EveryLiteral extends Node {
  readonly kind: 'every'
  readonly key: Var | undefined
  readonly value: Var
  readonly domain: Term
  readonly body: Body
  readonly with: readonly With[]
}

export type Literal = ExprLiteral | EqualityLiteral | SomeLiteral | SomeInLiteral | EveryLiteral

export type Body = readonly Literal[]

export interface Head extends Node {
  /** The name and what follows it: `p`, `p.q`, `p[x].r`. */
  readonly ref: readonly Term[]
  /** Undefined for rules; a list, maybe empty, for functions. */
  readonly args: readonly Term[] | undefined
  /** The member of a partial set. */
  readonly key: Term | undefined
  /** Undefined for partial sets. */
  readonly value: Term | undefined
  readonly assign: boolean
}

export interface Rule extends Node {
  readonly head: Head
  readonly isDefault: boolean
  /** Empty: true. */
  readonly body: Body
  readonly else: Rule | undefined
  readonly annotations: readonly Annotations[]
  /** A further `{ ... }` after a rule's body. */
  readonly chained: boolean
}

export interface Import extends Node {
  /** `input`, `data` or the keywords' `future` and `rego`, then names. */
  readonly path: readonly string[]
  readonly alias: string | undefined
}

export interface Comment extends Node {
  /** Without `#`. */
  readonly text: string
}

export type AnnotationScope = 'rule' | 'document' | 'package' | 'subpackages'

/** A `# METADATA` block. */
export interface Annotations extends Node {
  readonly scope: AnnotationScope
  readonly value: Value
}

export interface Module extends Node {
  readonly source: Source
  readonly version: RegoVersion
  readonly package: readonly string[]
  readonly packageSpan: Span
  readonly imports: readonly Import[]
  readonly rules: readonly Rule[]
  readonly comments: readonly Comment[]
  /** Those of the package. */
  readonly annotations: readonly Annotations[]
}

export type RegoVersion = 'v0' | 'v1'
