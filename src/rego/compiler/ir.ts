/**
 * What bodies are after lowering: a flat list of steps, in which calls, refs and comprehensions inside of terms have become steps of
 * their own, bound to generated variables. Every variable is an object; names matter to messages and query results only.
 */
import type { Span } from '../../text/span.ts'
import type { Builtin } from '../builtins/builtin.ts'
import type { Source } from '../errors.ts'
import type { Value } from '../value/value.ts'

/** One variable of one rule or query. `slot` is its place in the rule's frame. */
export interface Local {
  readonly name: string
  readonly slot: number
  /** Made by the compiler, so that it has no name that a user would know. */
  readonly generated: boolean
  /** `_`: nobody reads it. */
  readonly wild: boolean
  readonly span: Span
}

export interface Const {
  readonly k: 'const'
  readonly value: Value
}

interface LocalTerm {
  readonly k: 'local'
  readonly local: Local
}

interface ArrayFlat {
  readonly k: 'array'
  readonly items: readonly Flat[]
}

interface SetFlat {
  readonly k: 'set'
  readonly items: readonly Flat[]
}

interface ObjectFlat {
  readonly k: 'object'
  readonly entries: readonly (readonly [Flat, Flat])[]
}

/** Terms without refs, calls and comprehensions. */
export type Flat = Const | LocalTerm | ArrayFlat | SetFlat | ObjectFlat

export interface RefIR {
  readonly k: 'ref'
  readonly root: 'input' | 'data' | Local
  readonly path: readonly Flat[]
  readonly span: Span
}

export interface ComprehensionIR {
  readonly k: 'comprehension'
  readonly type: 'array' | 'set' | 'object'
  /** The key of an object comprehension. */
  readonly key: Flat | undefined
  readonly value: Flat
  readonly body: readonly Step[]
  readonly span: Span
}

export interface TemplateIR {
  readonly k: 'template'
  /** Texts, and sets of what an expression gives: none, or one. */
  readonly parts: readonly (string | ComprehensionIR)[]
  readonly span: Span
}

export type Operand = Flat | RefIR | ComprehensionIR | TemplateIR

/** What is called. */
export type Callee =
  | { readonly kind: 'builtin'; readonly name: string; readonly builtin: Builtin }
  /** The path below `data`. */
  | { readonly kind: 'function'; readonly name: string; readonly path: readonly Value[] }

export type WithIR =
  | { readonly kind: 'input' | 'data'; readonly path: readonly Value[]; readonly value: Flat; readonly span: Span }
  | { readonly kind: 'mock'; readonly name: string; readonly by: Callee | Flat; readonly span: Span }

interface StepBase {
  readonly with: readonly WithIR[]
  readonly span: Span
  readonly source: Source
  /** Made out of the operand of a call that only builds texts, such as `sprintf`. */
  readonly message: boolean
}

export interface UnifyStep extends StepBase {
  readonly k: 'unify'
  /** `==`: binds nothing but keys of refs. */
  readonly compares?: boolean
  readonly left: Operand
  readonly right: Operand
}

interface TestStep extends StepBase {
  readonly k: 'test'
  readonly term: Operand
}

export interface CallStep extends StepBase {
  readonly k: 'call'
  readonly callee: Callee
  readonly args: readonly Flat[]
  /** Undefined: the result must only be neither false nor undefined. */
  readonly out: Flat | undefined
}

interface NotStep extends StepBase {
  readonly k: 'not'
  readonly step: Step
}

export interface EveryStep extends StepBase {
  readonly k: 'every'
  readonly key: Local | undefined
  readonly value: Local
  readonly domain: Flat
  readonly body: readonly Step[]
}

export interface PrintStep extends StepBase {
  readonly k: 'print'
  readonly args: readonly ComprehensionIR[]
}

export type Step = UnifyStep | TestStep | CallStep | NotStep | EveryStep | PrintStep

/** One rule, or one `else` of it. */
export interface RuleIR {
  readonly source: Source
  readonly span: Span
  readonly headSpan: Span
  /** Slots that the arguments go to; undefined for rules. */
  readonly args: readonly Local[] | undefined
  /** Beyond the node in the tree that the rule belongs to: keys that are known when it has run. */
  readonly suffix: readonly Flat[]
  /** The member of a partial set. */
  readonly key: Flat | undefined
  readonly value: Flat | undefined
  readonly body: readonly Step[]
  readonly slots: number
  readonly else: RuleIR | undefined
  readonly isDefault: boolean
}

export const TRUE: Const = { k: 'const', value: true }
