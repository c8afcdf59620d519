/** Rules and queries from their AST to flat steps: names resolved, nested calls and refs taken apart. */
import type { Span } from '../../text/span.ts'
import type { Body, Call, Literal, Ref, Rule, Term, Var, With } from '../ast.ts'
import type { Source } from '../errors.ts'
import { keyOf, ObjectBuilder, RegoSet } from '../value/value.ts'
import {
  TRUE,
  type Callee,
  type ComprehensionIR,
  type Flat,
  type Local,
  type Operand,
  type RuleIR,
  type Step,
  type TemplateIR,
  type WithIR,
} from './ir.ts'
import { addVars, declaredIn, Locals, openScope } from './scope.ts'
import { Names, type Globals, type LowerContext } from './names.ts'

/** Operators whose only purpose is to make a text out of their operands. */
const TEXT_BUILTINS = new Set(['sprintf', 'concat', 'print', 'json.marshal', 'yaml.marshal'])

export class Lowerer {
  readonly #names: Names
  #message = false

  constructor(context: LowerContext, globals: Globals) {
    this.#names = new Names(context, globals)
  }

  // --- rules and queries

  query(body: Body): { readonly steps: readonly Step[]; readonly locals: Locals } {
    const outer = this.#names.scope
    this.#names.scope = openScope(outer, declaredIn(body))
    const steps = this.body(body)
    for (const [name, { local }] of this.#names.scope.locals) this.#names.locals.implicit.set(name, local)
    return { steps, locals: this.#names.locals }
  }

  /** `suffix` is what of the head's ref lies beyond the rule's group. */
  rule(rule: Rule, suffix: readonly Term[]): RuleIR {
    this.#names.rule = rule
    const { head } = rule
    const argumentNames = new Set<string>()
    for (const arg of head.args ?? []) addVars(arg, argumentNames)
    for (const name of argumentNames) this.#names.checkShadow('args', name, head.span)
    const [first] = head.ref
    if (first?.kind === 'var') this.#names.checkShadow('rules', first.name, first.span)
    this.#names.scope = openScope(undefined, argumentNames)
    const prologue: Step[] = []
    const args = head.args?.map((arg) => this.#argument(arg, prologue))
    const declared = declaredIn(rule.body)
    this.#names.scope = openScope(this.#names.scope, declared)
    const body = [...prologue, ...this.#steps(rule.body)]
    const tail: Step[] = []
    const lowered = suffix.map((term) => this.#flat(term, tail))
    // What only the head reads is a result, no reason for it.
    this.#message = true
    const key = head.key === undefined ? undefined : this.#flat(head.key, tail)
    const value = head.value === undefined ? undefined : this.#flat(head.value, tail)
    this.#message = false
    this.#names.checkUnused()
    body.push(...tail)
    let otherwise: RuleIR | undefined
    if (rule.else !== undefined) {
      const lowerer = new Lowerer(this.#names.context, this.#names.globals)
      otherwise = lowerer.rule(rule.else, suffix)
    }
    return {
      source: this.#names.globals.source,
      span: rule.span,
      headSpan: head.span,
      args,
      suffix: lowered,
      key,
      value,
      body,
      slots: this.#names.locals.count,
      else: otherwise,
      isDefault: rule.isDefault,
    }
  }

  /** A plain variable takes the argument itself; everything else is unified with it. */
  #argument(arg: Term, prologue: Step[]): Local {
    if (arg.kind === 'var') {
      if (arg.name === '_') return this.#names.locals.wildcard(arg.span)
      if (!this.#names.scope.locals.has(arg.name)) {
        const local = this.#names.locals.named(arg.name, arg.span)
        this.#names.scope.locals.set(arg.name, { local, how: 'argument', used: true })
        return local
      }
    }
    const names = new Set<string>()
    addVars(arg, names)
    for (const name of names) {
      if (this.#names.scope.locals.has(name)) continue
      this.#names.scope.locals.set(name, {
        local: this.#names.locals.named(name, arg.span),
        how: 'argument',
        used: true,
      })
    }
    const local = this.#names.locals.generated(arg.span)
    const steps: Step[] = []
    const right = this.#operand(arg, steps)
    prologue.push(...steps, { k: 'unify', left: { k: 'local', local }, right, ...this.#base(arg.span) })
    return local
  }

  // --- bodies

  /** In a scope that is open already. */
  body(body: Body): Step[] {
    const steps = this.#steps(body)
    this.#names.checkUnused()
    return steps
  }

  #steps(body: Body): Step[] {
    const steps: Step[] = []
    for (const literal of body) this.#literal(literal, steps)
    return steps
  }

  #base(span: Span): {
    readonly with: readonly WithIR[]
    readonly span: Span
    readonly source: Source
    readonly message: boolean
  } {
    return { with: [], span, source: this.#names.globals.source, message: this.#message }
  }

  #literal(literal: Literal, out: Step[]): void {
    if (literal.kind === 'some') {
      for (const { name, span } of literal.vars) this.#names.declare(name, span, 'declared')
      return
    }
    const withs = literal.with.flatMap((each) => this.#with(each, out))
    const steps: Step[] = []
    switch (literal.kind) {
      case 'expr':
        this.#expression(literal.term, literal.negated, literal.span, steps)
        break
      case 'unify':
        this.#unify(literal.left, literal.right, literal.negated, literal.span, steps)
        break
      case 'assign':
        this.#assign(literal.left, literal.right, literal.negated, literal.span, steps)
        break
      case 'somein':
        this.#someIn(literal, steps)
        break
      case 'every':
        this.#every(literal, steps)
        break
    }
    for (const step of steps) out.push(withs.length === 0 ? step : { ...step, with: [...withs, ...step.with] })
  }

  #expression(term: Term, negated: boolean, span: Span, out: Step[]): void {
    const step = this.#expressionStep(term, span, out)
    out.push(negated ? { k: 'not', step, ...this.#base(span) } : step)
  }

  #expressionStep(term: Term, span: Span, out: Step[]): Step {
    if (term.kind !== 'call') return { k: 'test', term: this.#operand(term, out), ...this.#base(span) }
    const constant = this.#names.metadataCall(term)
    if (constant !== undefined) return { k: 'test', term: constant, ...this.#base(span) }
    const callee = this.#names.callee(term)
    if (callee === undefined) return { k: 'test', term: TRUE, ...this.#base(span) }
    if (callee.name === 'print' && callee.kind === 'builtin') {
      const args = term.args.map((arg) => this.#captured(arg))
      return { k: 'print', args, ...this.#base(span) }
    }
    const [left, right] = term.args
    if (
      callee.name === 'equal' &&
      term.infix &&
      this.#names.globals.module !== undefined &&
      left !== undefined &&
      right !== undefined
    ) {
      // Like OPA, which leaves refs in their place here: what is undefined is not equal, also below `not`.
      const sides = { left: this.#operand(left, out), right: this.#operand(right, out) }
      return { k: 'unify', compares: true, ...sides, ...this.#base(span) }
    }
    const arity = this.#names.arity(callee)
    const all = this.#args(callee, term.args, out)
    const extra = all.length === arity + 1
    if (!extra) this.#names.checkArity(callee, term, arity)
    return {
      k: 'call',
      callee,
      args: extra ? all.slice(0, -1) : all,
      out: extra ? all.at(-1) : undefined,
      ...this.#base(span),
    }
  }

  #unify(left: Term, right: Term, negated: boolean, span: Span, out: Step[]): void {
    if (!negated) {
      if (
        right.kind === 'call' &&
        left.kind !== 'call' &&
        this.#callInto(right, () => this.#flat(left, out), span, out)
      )
        return
      if (
        left.kind === 'call' &&
        right.kind !== 'call' &&
        this.#callInto(left, () => this.#flat(right, out), span, out)
      )
        return
    }
    const a = this.#operand(left, out)
    const b = this.#operand(right, out)
    if (negated) {
      const step: Step = { k: 'unify', left: a, right: b, ...this.#base(span) }
      out.push({ k: 'not', step, ...this.#base(span) })
    } else this.#pushUnify(a, b, span, out)
  }

  /** Arrays and objects on both sides are taken apart, so that one side of each step is a whole value. */
  #pushUnify(left: Operand, right: Operand, span: Span, out: Step[]): void {
    if (left.k === 'array' && right.k === 'array' && left.items.length === right.items.length) {
      left.items.forEach((item, index) => {
        const other = right.items[index]
        if (other !== undefined) this.#pushUnify(item, other, span, out)
      })
      return
    }
    if (left.k === 'object' && right.k === 'object' && left.entries.length === right.entries.length) {
      const others = new Map(right.entries.map(([key, value]) => [key.k === 'const' ? keyOf(key.value) : key, value]))
      const matched = left.entries.map(
        ([key, value]) => [value, key.k === 'const' ? others.get(keyOf(key.value)) : undefined] as const,
      )
      if (matched.every(([, value]) => value !== undefined)) {
        for (const [mine, other] of matched) if (other !== undefined) this.#pushUnify(mine, other, span, out)
        return
      }
    }
    out.push({ k: 'unify', left, right, ...this.#base(span) })
  }

  /** `pattern = f(x)`: the call binds the pattern. False if it has to be written otherwise. */
  #callInto(call: Call, pattern: () => Flat, span: Span, out: Step[]): boolean {
    if (this.#names.metadataCall(call) !== undefined) return false
    const callee = this.#names.callee(call)
    if (callee === undefined) return false
    const args = this.#args(callee, call.args, out)
    this.#names.checkArity(callee, call, this.#names.arity(callee))
    out.push({ k: 'call', callee, args, out: pattern(), ...this.#base(span) })
    return true
  }

  #assign(left: Term, right: Term, negated: boolean, span: Span, out: Step[]): void {
    if (negated) {
      this.#names.error('rego_compile_error', 'cannot assign vars inside negated expression', span)
      return
    }
    // The right side still sees what the names meant before.
    if (right.kind === 'call') {
      if (this.#callInto(right, () => this.#pattern(left), span, out)) return
    }
    const value = this.#operand(right, out)
    this.#pushUnify(this.#pattern(left), value, span, out)
  }

  /** The left side of `:=`. */
  #pattern(term: Term): Flat {
    const names = new Map<string, Span>()
    const check = (part: Term): void => {
      if (part.kind === 'var') {
        if (part.name !== '_') {
          if (names.has(part.name))
            this.#names.error('rego_compile_error', `var ${part.name} assigned above`, part.span)
          names.set(part.name, part.span)
        }
      } else if (part.kind === 'array') part.items.forEach(check)
      else if (part.kind === 'object') for (const [, value] of part.entries) check(value)
      else if (part.kind !== 'scalar') {
        const name = part.kind === 'ref' ? 'ref' : part.kind === 'call' ? 'call' : part.kind
        this.#names.error('rego_compile_error', `cannot assign to ${name}`, part.span)
      }
    }
    if (term.kind === 'scalar')
      this.#names.error(
        'rego_compile_error',
        `cannot assign to ${typeof term.value === 'object' ? 'number' : typeof term.value}`,
        term.span,
      )
    check(term)
    for (const [name, span] of names) this.#names.declare(name, span, 'assigned')
    return this.#flat(term, [])
  }

  #someIn(literal: Literal & { kind: 'somein' }, out: Step[]): void {
    const domain = this.#flat(literal.domain, out)
    const names = new Set<string>()
    if (literal.key !== undefined) addVars(literal.key, names)
    addVars(literal.value, names)
    for (const name of names) {
      this.#names.declare(name, literal.span, 'assigned')
    }
    const key = literal.key === undefined ? this.#wild(literal.span) : this.#flat(literal.key, out)
    const value = this.#flat(literal.value, out)
    out.push({
      k: 'unify',
      left: value,
      right: this.#refInto(domain, [key], literal.span, out),
      ...this.#base(literal.span),
    })
  }

  /** A ref below a flat term. */
  #refInto(head: Flat, path: readonly Flat[], span: Span, out: Step[]): Operand {
    if (head.k === 'local') return { k: 'ref', root: head.local, path, span }
    const local = this.#names.locals.generated(span)
    out.push({ k: 'unify', left: { k: 'local', local }, right: head, ...this.#base(span) })
    return { k: 'ref', root: local, path, span }
  }

  #every(literal: Literal & { kind: 'every' }, out: Step[]): void {
    const domain = this.#flat(literal.domain, out)
    const scope = openScope(this.#names.scope, declaredIn(literal.body))
    const bind = ({ name, span }: Var): Local => {
      if (name === '_') return this.#names.locals.wildcard(span)
      const local = this.#names.locals.named(name, span)
      scope.locals.set(name, { local, how: 'declared', used: false })
      return local
    }
    const key = literal.key === undefined ? undefined : bind(literal.key)
    const value = bind(literal.value)
    const outer = this.#names.scope
    this.#names.scope = openScope(scope, declaredIn(literal.body))
    const body = this.body(literal.body)
    this.#names.scope = scope
    this.#names.checkUnused()
    this.#names.scope = outer
    out.push({ k: 'every', key, value, domain, body, ...this.#base(literal.span) })
  }

  #with({ target, value, span }: With, out: Step[]): WithIR[] {
    const path = this.#names.targetPath(target)
    if (path === undefined) return []
    const { root, keys } = path
    const replacement = (): Callee | Flat => this.#names.mockBy(value) ?? this.#flat(value, out)
    if (root === 'builtin') {
      const name = keys.join('.')
      if (!this.#names.context.builtins.has(name)) {
        this.#names.error(
          'rego_type_error',
          `with keyword target must reference existing input, data, or a function`,
          target.span,
        )
        return []
      }
      return [{ kind: 'mock', name, by: replacement(), span }]
    }
    if (root === 'data' && this.#names.context.tree.find(keys)?.group?.kind === 'function') {
      return [{ kind: 'mock', name: `data.${keys.join('.')}`, by: replacement(), span }]
    }
    return [{ kind: root, path: keys, value: this.#flat(value, out), span }]
  }

  // --- names

  #wild(span: Span): Flat {
    return { k: 'local', local: this.#names.locals.wildcard(span) }
  }

  // --- terms

  /** A term at the top of a step: refs and comprehensions stay what they are. */
  #operand(term: Term, out: Step[]): Operand {
    switch (term.kind) {
      case 'ref':
      case 'var':
        return this.#ref(term, out)
      case 'arraycomp':
      case 'setcomp':
      case 'objectcomp':
        return this.#comprehension(term)
      case 'template':
        return this.#template(term)
      default:
        return this.#flat(term, out)
    }
  }

  /** Everything that is not flat becomes a step and a variable. */
  #flat(term: Term, out: Step[]): Flat {
    switch (term.kind) {
      case 'scalar':
        return { k: 'const', value: term.value }
      case 'var':
        if (term.name === '_') return this.#wild(term.span)
        if (this.#names.lookup(term.name) !== undefined || this.#names.global(term.name) === undefined) {
          return { k: 'local', local: this.#names.local(term.name, term.span) }
        }
        break
      case 'array': {
        const items = term.items.map((item) => this.#flat(item, out))
        return items.every((item) => item.k === 'const')
          ? { k: 'const', value: items.map((item) => (item.k === 'const' ? item.value : null)) }
          : { k: 'array', items }
      }
      case 'set': {
        const items = term.items.map((item) => this.#flat(item, out))
        const constants = items.flatMap((item) => (item.k === 'const' ? [item.value] : []))
        return constants.length === items.length ? { k: 'const', value: RegoSet.of(constants) } : { k: 'set', items }
      }
      case 'object':
        return this.#object(term.entries, out)
      case 'call':
        return this.#nestedCall(term, out)
      default:
        break
    }
    const operand = this.#operand(term, out)
    if (operand.k !== 'ref' && operand.k !== 'comprehension' && operand.k !== 'template') return operand
    const local = this.#names.locals.generated(term.span)
    out.push({ k: 'unify', left: { k: 'local', local }, right: operand, ...this.#base(term.span) })
    return { k: 'local', local }
  }

  #object(entries: readonly (readonly [Term, Term])[], out: Step[]): Flat {
    const flat = entries.map(([key, value]) => [this.#flat(key, out), this.#flat(value, out)] as const)
    const builder = new ObjectBuilder()
    for (const [key, value] of flat) {
      if (key.k !== 'const' || value.k !== 'const') return { k: 'object', entries: flat }
      if (builder.has(key.value)) return { k: 'object', entries: flat }
      builder.set(key.value, value.value)
    }
    return { k: 'const', value: builder.build() }
  }

  #ref(term: Var | Ref, out: Step[]): Operand {
    const head = term.kind === 'ref' ? term.head : term
    const path = term.kind === 'ref' ? term.path : []
    if (head.kind === 'var') {
      if (head.name !== '_') {
        const global = this.#names.lookup(head.name) === undefined ? this.#names.global(head.name) : undefined
        if (global !== undefined) {
          const prefix: Flat[] = global.path.map((value) => ({ k: 'const', value }))
          return {
            k: 'ref',
            root: global.root,
            path: [...prefix, ...path.map((key) => this.#flat(key, out))],
            span: term.span,
          }
        }
      }
      const root = this.#flat(head, out)
      if (path.length === 0 || root.k !== 'local') return root
      return { k: 'ref', root: root.local, path: path.map((key) => this.#flat(key, out)), span: term.span }
    }
    const root = this.#flat(head, out)
    return this.#refInto(
      root,
      path.map((key) => this.#flat(key, out)),
      term.span,
      out,
    )
  }

  #comprehension(term: Term & { kind: 'arraycomp' | 'setcomp' | 'objectcomp' }): ComprehensionIR {
    const outer = this.#names.scope
    this.#names.scope = openScope(outer, declaredIn(term.body))
    const body = this.#steps(term.body)
    const tail: Step[] = []
    const key = term.kind === 'objectcomp' ? this.#flat(term.key, tail) : undefined
    const value = this.#flat(term.kind === 'objectcomp' ? term.value : term.head, tail)
    this.#names.checkUnused()
    body.push(...tail)
    this.#names.scope = outer
    const type = term.kind === 'arraycomp' ? 'array' : term.kind === 'setcomp' ? 'set' : 'object'
    return { k: 'comprehension', type, key, value, body, span: term.span }
  }

  /** The set of what a term gives: nothing if it is undefined. */
  #captured(term: Term, literal?: Literal): ComprehensionIR {
    const outer = this.#names.scope
    this.#names.scope = openScope(outer, new Set())
    const body: Step[] = []
    const withs =
      literal !== undefined && 'with' in literal ? literal.with.flatMap((each) => this.#with(each, body)) : []
    const steps: Step[] = []
    const value = this.#flat(term, steps)
    for (const step of steps) body.push(withs.length === 0 ? step : { ...step, with: [...withs, ...step.with] })
    this.#names.scope = outer
    return { k: 'comprehension', type: 'set', key: undefined, value, body, span: term.span }
  }

  #template(term: Term & { kind: 'template' }): Flat | TemplateIR {
    const only = term.parts.length === 1 ? term.parts[0] : undefined
    if (typeof only === 'string') return { k: 'const', value: only }
    const message = this.#message
    this.#message = true
    const parts = term.parts.map((part) =>
      typeof part === 'string' || part.kind !== 'expr' ? String(part) : this.#captured(part.term, part),
    )
    this.#message = message
    return { k: 'template', parts, span: term.span }
  }

  // --- calls

  #nestedCall(term: Call, out: Step[]): Flat {
    const constant = this.#names.metadataCall(term)
    if (constant !== undefined) return constant
    const callee = this.#names.callee(term)
    if (callee === undefined) return TRUE
    const args = this.#args(callee, term.args, out)
    this.#names.checkArity(callee, term, this.#names.arity(callee))
    const local = this.#names.locals.generated(term.span)
    const result: Flat = { k: 'local', local }
    out.push({ k: 'call', callee, args, out: result, ...this.#base(term.span) })
    return result
  }

  #args(callee: Callee, args: readonly Term[], out: Step[]): Flat[] {
    const message = this.#message
    this.#message = message || (callee.kind === 'builtin' && TEXT_BUILTINS.has(callee.name))
    const flat = args.map((arg) => this.#flat(arg, out))
    this.#message = message
    return flat
  }
}
