/** Terms, literals and bodies. */
import type { Body, Call, Literal, Ref, Scalar, Term, Var, With } from '../ast.ts'
import type { Span } from '../../text/span.ts'
import { parseNumber } from '../number/decimal.ts'
import type { Token } from '../lexer.ts'
import { ParserBase, spanOf } from './base.ts'

const RELATIONS = new Map([
  ['==', 'equal'],
  ['!=', 'neq'],
  ['<', 'lt'],
  ['>', 'gt'],
  ['<=', 'lte'],
  ['>=', 'gte'],
])
const OR = new Map([['|', 'or']])
const AND = new Map([['&', 'and']])
const ARITHMETIC = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
])
const FACTORS = new Map([
  ['*', 'mul'],
  ['/', 'div'],
  ['%', 'rem'],
])

export class TermParser extends ParserBase {
  // --- bodies

  /** To the end token, which stays. */
  protected body(end: string): Body {
    return this.nested(() => this.#body(end))
  }

  #atEnd(end: string): boolean {
    return end === '' ? this.token.kind === 'eof' : this.isOp(end)
  }

  #body(end: string): Body {
    if (this.#atEnd(end)) this.fail('found empty body', this.token)
    const literals: Literal[] = []
    for (;;) {
      literals.push(this.literal())
      if (this.takeOp(';')) {
        if (this.#atEnd(end)) return literals
        continue
      }
      if (this.#atEnd(end)) return literals
      if (!this.token.newline) this.unexpected(`expected \\n or ; or ${end === '' ? 'eof' : end}`)
    }
  }

  protected literal(): Literal {
    const start = this.token.start
    const negated = this.isKeyword('not')
    if (negated) this.advance()
    if (this.isKeyword('some')) {
      if (negated) this.unexpected("illegal negation of 'some'")
      return this.#some()
    }
    if (this.isKeyword('every')) {
      if (negated) this.unexpected("illegal negation of 'every'")
      return this.#every()
    }
    const left = this.infixTerm(true)
    const assign = this.isOp(':=')
    if (assign || this.isOp('=')) {
      this.advance()
      const right = this.infixTerm(true)
      const withs = this.#withs()
      const kind = assign ? 'assign' : 'unify'
      return { kind, left, right, negated, with: withs, span: this.spanFrom(start) }
    }
    const withs = this.#withs()
    return { kind: 'expr', term: left, negated, with: withs, span: this.spanFrom(start) }
  }

  #withs(): With[] {
    const withs: With[] = []
    while (this.isKeyword('with')) {
      const { start } = this.advance()
      if (this.token.kind !== 'ident') this.unexpected('expected ident')
      const target = this.term()
      if (target.kind !== 'var' && target.kind !== 'ref') this.unexpected('expected with target path')
      if (!this.isKeyword('as')) this.unexpected('expected as keyword')
      this.advance()
      const value = this.infixTerm(true)
      withs.push({ target, value, span: this.spanFrom(start) })
    }
    return withs
  }

  #some(): Literal {
    const start = this.advance().start
    const member = this.attempt(() => {
      const term = this.infixTerm(true)
      return term.kind === 'call' && isMember(term) ? term : undefined
    })
    if (member !== undefined) {
      const withs = this.#withs()
      const [first, second, third] = member.args
      if (first === undefined || second === undefined) this.unexpected('expected `x in xs` or `x, y in xs` expression')
      const span = this.spanFrom(start)
      return third === undefined
        ? { kind: 'somein', key: undefined, value: first, domain: second, with: withs, span }
        : { kind: 'somein', key: first, value: second, domain: third, with: withs, span }
    }
    const vars: Var[] = []
    do {
      if (!this.isName()) this.unexpected('expected var')
      const token = this.advance()
      vars.push({ kind: 'var', name: token.text, span: spanOf(token) })
    } while (this.takeOp(','))
    return { kind: 'some', vars, span: this.spanFrom(start) }
  }

  #every(): Literal {
    const start = this.advance().start
    const names: Var[] = []
    do {
      if (!this.isVariable()) this.unexpected('expected ident')
      const token = this.advance()
      names.push({ kind: 'var', name: token.text, span: spanOf(token) })
    } while (names.length < 2 && this.takeOp(','))
    if (!this.isKeyword('in')) this.unexpected('expected `in` keyword')
    this.advance()
    const domain = this.infixTerm(true)
    this.expectOp('{')
    const body = this.body('}')
    this.expectOp('}')
    const withs = this.#withs()
    const [first, second] = names
    if (first === undefined) this.unexpected('expected ident')
    const span = this.spanFrom(start)
    return second === undefined
      ? { kind: 'every', key: undefined, value: first, domain, body, with: withs, span }
      : { kind: 'every', key: first, value: second, domain, body, with: withs, span }
  }

  // --- terms with operators

  /** `pairs`: whether `k, v in xs` may be read, which lists forbid. */
  protected infixTerm(pairs: boolean): Term {
    return this.nested(() => this.#in(pairs))
  }

  #in(pairs: boolean): Term {
    const start = this.token.start
    const left = this.#relation()
    if (this.keywords.has('in')) {
      if (pairs && this.isOp(',')) {
        const pair = this.attempt(() => {
          this.advance()
          const value = this.#relation()
          if (!this.isKeyword('in')) return undefined
          const operator = this.advance()
          const domain = this.#relation()
          return this.#infix('internal.member_3', operator, [left, value, domain], start)
        })
        if (pair !== undefined) return this.#inTail(pair, start)
      }
      return this.#inTail(left, start)
    }
    return left
  }

  #inTail(first: Term, start: number): Term {
    let left = first
    while (this.isKeyword('in')) {
      const operator = this.advance()
      const right = this.#relation()
      left = this.#infix('internal.member_2', operator, [left, right], start)
    }
    return left
  }

  #infix(name: string, token: Span, args: readonly Term[], start: number): Call {
    const operator: Var = { kind: 'var', name, span: { start: token.start, end: token.end } }
    return { kind: 'call', operator, args, infix: true, span: this.spanFrom(start) }
  }

  #relation(): Term {
    return this.#binary(RELATIONS, () => this.#or())
  }

  #or(): Term {
    return this.#binary(OR, () => this.#and())
  }

  #and(): Term {
    return this.#binary(AND, () => this.arithmetic())
  }

  protected arithmetic(): Term {
    return this.#binary(ARITHMETIC, () => this.#binary(FACTORS, () => this.term()))
  }

  #binary(operators: ReadonlyMap<string, string>, read: () => Term): Term {
    const start = this.token.start
    let left = read()
    for (;;) {
      const { token } = this
      const name = token.kind === 'op' ? operators.get(token.text) : undefined
      if (name === undefined) return left
      this.advance()
      const right = read()
      left = this.#infix(name, token, [left, right], start)
    }
  }

  /** A term that a `|` does not belong to: the head of a comprehension. */
  #comprehensionHead(): Term {
    return this.#binary(AND, () => this.arithmetic())
  }

  // --- single terms

  protected term(): Term {
    return this.nested(() => this.#refs(this.#primary()))
  }

  #primary(): Term {
    const { token } = this
    const { start } = token
    switch (token.kind) {
      case 'number':
        this.advance()
        return this.#number(token.text, token)
      case 'string':
        this.advance()
        return { kind: 'scalar', value: token.text, span: spanOf(token) }
      case 'template':
        this.advance()
        return this.#template(token)
      case 'ident':
        return this.#ident(token)
      case 'op':
        break
      default:
        this.unexpected('expected term')
    }
    if (token.text === '(') {
      this.advance()
      const inner = this.infixTerm(true)
      this.expectOp(')')
      return { ...inner, span: this.spanFrom(start) }
    }
    if (token.text === '[') return this.#array()
    if (token.text === '{') return this.#braces()
    if (token.text === '-') {
      const next = this.peek(1)
      if (next.kind === 'number' && !next.spaced) {
        this.advance()
        this.advance()
        return this.#number(`-${next.text}`, { start, end: next.end })
      }
      this.fail('unexpected minus token: expected number', token)
    }
    return this.unexpected('expected term')
  }

  #number(text: string, { start, end }: Span): Scalar {
    const value = parseNumber(text)
    if (value === undefined) this.fail('number too big', { start, end })
    return { kind: 'scalar', value, span: { start, end } }
  }

  #ident(token: Token): Term {
    if (this.isKeyword('true') || this.isKeyword('false')) {
      this.advance()
      return { kind: 'scalar', value: token.text === 'true', span: spanOf(token) }
    }
    if (this.isKeyword('null')) {
      this.advance()
      return { kind: 'scalar', value: null, span: spanOf(token) }
    }
    if (token.text === 'set' && this.isOp('(', 1) && this.isOp(')', 2) && !this.peek(1).spaced) {
      this.at += 3
      return { kind: 'set', items: [], span: this.spanFrom(token.start) }
    }
    if (!this.isVariable()) this.unexpected('expected term')
    this.advance()
    return { kind: 'var', name: token.text, span: spanOf(token) }
  }

  /** What follows a term without a space: `.name`, `[term]`, `(args)`. */
  #refs(head: Term): Term {
    let term = head
    for (;;) {
      const { token } = this
      if (token.kind !== 'op' || token.spaced) return term
      if (token.text === '.') {
        const name = this.peek(1)
        if (!canBeRefHead(term)) return term
        if (name.kind !== 'ident' || name.spaced) {
          this.advance()
          this.unexpected('expected ident')
        }
        this.at += 2
        term = this.#extend(term, { kind: 'scalar', value: name.text, span: spanOf(name) })
      } else if (token.text === '[') {
        if (!canBeRefHead(term)) return term
        this.advance()
        const key = this.infixTerm(true)
        this.expectOp(']')
        term = this.#extend(term, key)
      } else if (token.text === '(') {
        if (term.kind !== 'var' && term.kind !== 'ref') return term
        term = this.#call(term)
      } else return term
    }
  }

  #extend(term: Term, key: Term): Ref {
    const span = this.spanFrom(term.span.start)
    return term.kind === 'ref'
      ? { kind: 'ref', head: term.head, path: [...term.path, key], span }
      : { kind: 'ref', head: term, path: [key], span }
  }

  #call(operator: Var | Ref): Call {
    this.advance()
    const args = this.list(')')
    return { kind: 'call', operator, args, infix: false, span: this.spanFrom(operator.span.start) }
  }

  /** Terms up to the closing token, which is taken. A trailing comma is allowed. */
  protected list(end: string): Term[] {
    const items: Term[] = []
    while (!this.isOp(end)) {
      items.push(this.infixTerm(false))
      if (!this.takeOp(',') && !this.isOp(end)) this.unexpected(`expected "," or "${end}"`)
    }
    this.advance()
    return items
  }

  #array(): Term {
    const { start } = this.advance()
    const comprehension = this.attempt(() => {
      if (this.isOp(']')) return undefined
      const head = this.#comprehensionHead()
      if (!this.takeOp('|')) return undefined
      const body = this.body(']')
      this.expectOp(']')
      return { head, body }
    })
    if (comprehension !== undefined) return { kind: 'arraycomp', ...comprehension, span: this.spanFrom(start) }
    return { kind: 'array', items: this.list(']'), span: this.spanFrom(start) }
  }

  #braces(): Term {
    const { start } = this.advance()
    if (this.takeOp('}')) return { kind: 'object', entries: [], span: this.spanFrom(start) }
    const comprehension = this.attempt((): Term | undefined => {
      const key = this.#comprehensionHead()
      let value: Term | undefined
      if (this.takeOp(':')) value = this.#comprehensionHead()
      if (!this.takeOp('|')) return undefined
      const body = this.body('}')
      this.expectOp('}')
      const span = this.spanFrom(start)
      return value === undefined
        ? { kind: 'setcomp', head: key, body, span }
        : { kind: 'objectcomp', key, value, body, span }
    })
    if (comprehension !== undefined) return comprehension
    const first = this.infixTerm(false)
    return this.isOp(':') ? this.#object(first, start) : this.#set(first, start)
  }

  #set(first: Term, start: number): Term {
    const items = [first]
    if (this.takeOp(',')) items.push(...this.list('}'))
    else if (this.isOp('}')) this.advance()
    else this.unexpected('expected "," or "}"')
    return { kind: 'set', items, span: this.spanFrom(start) }
  }

  #object(first: Term, start: number): Term {
    const entries: [Term, Term][] = []
    let key = first
    for (;;) {
      this.expectOp(':')
      entries.push([key, this.infixTerm(false)])
      if (!this.takeOp(',')) break
      if (this.isOp('}')) break
      key = this.infixTerm(false)
    }
    this.expectOp('}')
    return { kind: 'object', entries, span: this.spanFrom(start) }
  }

  #template(token: Token): Term {
    const parts: (string | Literal)[] = []
    for (const part of token.parts ?? []) {
      if (typeof part === 'string') parts.push(part)
      else parts.push(this.#templateExpression(part))
    }
    return { kind: 'template', parts, span: { start: token.start, end: token.end } }
  }

  #templateExpression(tokens: readonly Token[]): Literal {
    const { tokens: outer, at } = this
    this.tokens = tokens
    this.at = 0
    try {
      if (this.token.kind === 'eof') this.fail('invalid template-string expression: empty', this.token)
      const literal = this.literal()
      if (this.peek(0).kind !== 'eof') this.unexpected('expected }')
      if (literal.kind !== 'expr')
        this.fail('unexpected assignment or declaration in template-string expression', literal.span)
      if (literal.negated) this.fail("unexpected negation ('not') in template-string expression", literal.span)
      return literal
    } finally {
      this.tokens = outer
      this.at = at
    }
  }
}

function canBeRefHead(term: Term): boolean {
  return term.kind !== 'scalar' && term.kind !== 'template'
}

function isMember(term: Call): boolean {
  const { operator } = term
  return (
    term.infix &&
    operator.kind === 'var' &&
    (operator.name === 'internal.member_2' || operator.name === 'internal.member_3')
  )
}
