/** Which name means which variable, while a rule or query is lowered from its first word to its last. */
import type { Span } from '../../text/span.ts'
import type { Body, Literal, Term } from '../ast.ts'
import type { Local } from './ir.ts'

type How = 'declared' | 'assigned' | 'argument'

export interface Scope {
  readonly parent: Scope | undefined
  /** Names that this body declares somewhere: they are no rules or imports in it. */
  readonly upcoming: ReadonlySet<string>
  readonly locals: Map<string, { readonly local: Local; readonly how: How; used: boolean }>
  /** Names of `upcoming` that were read before they were declared. */
  readonly early: Set<string>
}

export function openScope(parent: Scope | undefined, upcoming: ReadonlySet<string>): Scope {
  return { parent, upcoming, locals: new Map(), early: new Set() }
}

/** Hands out variables; slots count from 0. */
export class Locals {
  #next = 0
  /** Names that no scope declares belong to the rule as a whole. */
  readonly implicit = new Map<string, Local>()

  get count(): number {
    return this.#next
  }

  named(name: string, span: Span): Local {
    return { name, slot: this.#next++, generated: false, wild: false, span }
  }

  generated(span: Span): Local {
    return { name: `__local${this.#next}__`, slot: this.#next++, generated: true, wild: false, span }
  }

  wildcard(span: Span): Local {
    return { name: '_', slot: this.#next++, generated: true, wild: true, span }
  }
}

/** The names that a body declares with `some` and `:=`, not those of bodies inside of it. */
export function declaredIn(body: Body): Set<string> {
  const names = new Set<string>()
  for (const literal of body) addDeclared(literal, names)
  return names
}

function addDeclared(literal: Literal, names: Set<string>): void {
  if (literal.kind === 'some') for (const { name } of literal.vars) names.add(name)
  if (literal.kind === 'assign') addVars(literal.left, names)
  if (literal.kind === 'somein') {
    if (literal.key !== undefined) addVars(literal.key, names)
    addVars(literal.value, names)
  }
}

/** Variables of a pattern: of arrays and of objects' values. */
export function addVars(term: Term, names: Set<string>): void {
  if (term.kind === 'var' && term.name !== '_') names.add(term.name)
  if (term.kind === 'array') for (const item of term.items) addVars(item, names)
  if (term.kind === 'object') for (const [, value] of term.entries) addVars(value, names)
}
