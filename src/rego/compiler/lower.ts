/** Rules and queries from their AST to flat steps: names resolved, nested calls and refs taken apart. */
import type { Span } from '../../text/span.ts'
import type { Body, Call, Literal, Module, Ref, Rule, Term, Var, With } from '../ast.ts'
import type { Builtin } from '../builtins/builtin.ts'
import { RegoError, type RegoErrorCode, type Source } from '../errors.ts'
import { keyOf, ObjectBuilder, RegoSet, type Value } from '../value/value.ts'
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
import { addVars, declaredIn, Locals, openScope, type Scope } from './scope.ts'
import type { RuleTree } from './tree.ts'

export interface LowerContext {
  readonly tree: RuleTree
  readonly builtins: ReadonlyMap<string, Builtin>
  /** `rego.metadata.chain()` at a rule. */
  readonly metadata: (module: Module, rule: Rule) => readonly Value[]
  readonly errors: RegoError[]
}

/** What names of a module stand for: its rules, its imports. */
export interface Globals {
  readonly source: Source
  readonly module: Module | undefined
  readonly names: ReadonlyMap<string, { readonly root: 'data' | 'input'; readonly path: readonly string[] }>
}

/** Operators whose only purpose is to make a text out of their operands. */
const TEXT_BUILTINS = new Set(['sprintf', 'concat', 'print', 'json.marshal', 'yaml.marshal'])

export class Lowerer {
  readonly locals = new Locals()
  readonly #context: LowerContext
  readonly #globals: Globals
  #rule: Rule | undefined
  #scope: Scope
  #message = false

  constructor(context: LowerContext, globals: Globals) {
    this.#context = context
    this.#globals = globals
    this.#scope = openScope(undefined, new Set())
  }

  #error(code: RegoErrorCode, message: string, span: Span): void {
    this.#context.errors.push(new RegoError(code, message, { source: this.#globals.source, span }))
  }

  // --- rules and queries

  query(body: Body): { readonly steps: readonly Step[]; readonly locals: Locals } {
    const outer = this.#scope
    this.#scope = openScope(outer, declaredIn(body))
    const steps = this.body(body)
    for (const [name, { local }] of this.#scope.locals) this.locals.implicit.set(name, local)
    return { steps, locals: this.locals }
  }

  /** `suffix` is what of the head's ref lies beyond the rule's group. */
  rule(rule: Rule, suffix: readonly Term[]): RuleIR {
    this.#rule = rule
    const { head } = rule
    const argumentNames = new Set<string>()
    for (const arg of head.args ?? []) collectVars(arg, argumentNames)
    this.#scope = openScope(undefined, argumentNames)
    const prologue: Step[] = []
    const args = head.args?.map((arg) => this.#argument(arg, prologue))
    const declared = declaredIn(rule.body)
    this.#scope = openScope(this.#scope, declared)
    const body = [...prologue, ...this.#steps(rule.body)]
    const tail: Step[] = []
    const lowered = suffix.map((term) => this.#flat(term, tail))
    // What only the head reads is a result, no reason for it.
    this.#message = true
    const key = head.key === undefined ? undefined : this.#flat(head.key, tail)
    const value = head.value === undefined ? undefined : this.#flat(head.value, tail)
    this.#message = false
    this.#checkUnused()
    body.push(...tail)
    let otherwise: RuleIR | undefined
    if (rule.else !== undefined) {
      const lowerer = new Lowerer(this.#context, this.#globals)
      otherwise = lowerer.rule(rule.else, suffix)
    }
    return {
      source: this.#globals.source,
      span: rule.span,
      headSpan: head.span,
      args,
      suffix: lowered,
      key,
      value,
      body,
      slots: this.locals.count,
      else: otherwise,
      isDefault: rule.isDefault,
    }
  }

  /** A plain variable takes the argument itself; everything else is unified with it. */
  #argument(arg: Term, prologue: Step[]): Local {
    if (arg.kind === 'var') {
      if (arg.name === '_') return this.locals.wildcard(arg.span)
      if (!this.#scope.locals.has(arg.name)) {
        const local = this.locals.named(arg.name, arg.span)
        this.#scope.locals.set(arg.name, { local, how: 'argument', used: true })
        return local
      }
    }
    const names = new Set<string>()
    addVars(arg, names)
    for (const name of names) {
      if (this.#scope.locals.has(name)) continue
      this.#scope.locals.set(name, { local: this.locals.named(name, arg.span), how: 'argument', used: true })
    }
    const local = this.locals.generated(arg.span)
    const steps: Step[] = []
    const right = this.#operand(arg, steps)
    prologue.push(...steps, { k: 'unify', left: { k: 'local', local }, right, ...this.#base(arg.span) })
    return local
  }

  // --- bodies

  /** In a scope that is open already. */
  body(body: Body): Step[] {
    const steps = this.#steps(body)
    this.#checkUnused()
    return steps
  }

  #steps(body: Body): Step[] {
    const steps: Step[] = []
    for (const literal of body) this.#literal(literal, steps)
    return steps
  }

  #checkUnused(): void {
    for (const [name, { how, used, local }] of this.#scope.locals) {
      if (how === 'declared' && !used) this.#error('rego_compile_error', `declared var ${name} unused`, local.span)
    }
  }

  #base(span: Span): {
    readonly with: readonly WithIR[]
    readonly span: Span
    readonly source: Source
    readonly message: boolean
  } {
    return { with: [], span, source: this.#globals.source, message: this.#message }
  }

  #literal(literal: Literal, out: Step[]): void {
    if (literal.kind === 'some') {
      for (const { name, span } of literal.vars) this.#declare(name, span, 'declared')
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
    const constant = this.#metadataCall(term)
    if (constant !== undefined) return { k: 'test', term: constant, ...this.#base(span) }
    const callee = this.#callee(term)
    if (callee === undefined) return { k: 'test', term: TRUE, ...this.#base(span) }
    if (callee.name === 'print' && callee.kind === 'builtin') {
      const args = term.args.map((arg) => this.#captured(arg))
      return { k: 'print', args, ...this.#base(span) }
    }
    const [left, right] = term.args
    if (
      callee.name === 'equal' &&
      term.infix &&
      this.#globals.module !== undefined &&
      left !== undefined &&
      right !== undefined
    ) {
      // Like OPA, which leaves refs in their place here: what is undefined is not equal, also below `not`.
      const sides = { left: this.#operand(left, out), right: this.#operand(right, out) }
      return { k: 'unify', compares: true, ...sides, ...this.#base(span) }
    }
    const arity = this.#arity(callee)
    const all = this.#args(callee, term.args, out)
    const extra = all.length === arity + 1
    if (!extra) this.#checkArity(callee, term, arity)
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
    if (this.#metadataCall(call) !== undefined) return false
    const callee = this.#callee(call)
    if (callee === undefined) return false
    const args = this.#args(callee, call.args, out)
    this.#checkArity(callee, call, this.#arity(callee))
    out.push({ k: 'call', callee, args, out: pattern(), ...this.#base(span) })
    return true
  }

  #assign(left: Term, right: Term, negated: boolean, span: Span, out: Step[]): void {
    if (negated) {
      this.#error('rego_compile_error', 'cannot assign vars inside negated expression', span)
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
          if (names.has(part.name)) this.#error('rego_compile_error', `var ${part.name} assigned above`, part.span)
          names.set(part.name, part.span)
        }
      } else if (part.kind === 'array') part.items.forEach(check)
      else if (part.kind === 'object') for (const [, value] of part.entries) check(value)
      else if (part.kind !== 'scalar') {
        const name = part.kind === 'ref' ? 'ref' : part.kind === 'call' ? 'call' : part.kind
        this.#error('rego_compile_error', `cannot assign to ${name}`, part.span)
      }
    }
    if (term.kind === 'scalar')
      this.#error(
        'rego_compile_error',
        `cannot assign to ${typeof term.value === 'object' ? 'number' : typeof term.value}`,
        term.span,
      )
    check(term)
    for (const [name, span] of names) this.#declare(name, span, 'assigned')
    return this.#flat(term, [])
  }

  #declare(name: string, span: Span, how: 'declared' | 'assigned'): void {
    if (name === '_') return
    if ((name === 'input' || name === 'data') && this.#globals.module?.version === 'v1') {
      this.#error('rego_compile_error', `variables must not shadow ${name} (use a different variable name)`, span)
    }
    const known = this.#scope.locals.get(name)
    if (known !== undefined) {
      this.#error('rego_compile_error', `var ${name} ${known.how} above`, span)
      return
    }
    const outer = this.#scope.parent
    if (outer !== undefined && outer.parent === undefined && outer.locals.get(name)?.how === 'argument') {
      this.#error('rego_compile_error', `arg ${name} redeclared`, span)
    }
    if (this.#scope.early.has(name)) this.#error('rego_compile_error', `var ${name} referenced above`, span)
    const local = this.locals.named(name, span)
    this.#scope.locals.set(name, { local, how, used: how === 'assigned' })
  }

  #someIn(literal: Literal & { kind: 'somein' }, out: Step[]): void {
    const domain = this.#flat(literal.domain, out)
    const names = new Set<string>()
    if (literal.key !== undefined) addVars(literal.key, names)
    addVars(literal.value, names)
    for (const name of names) {
      this.#declare(name, literal.span, 'assigned')
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
    const local = this.locals.generated(span)
    out.push({ k: 'unify', left: { k: 'local', local }, right: head, ...this.#base(span) })
    return { k: 'ref', root: local, path, span }
  }

  #every(literal: Literal & { kind: 'every' }, out: Step[]): void {
    const domain = this.#flat(literal.domain, out)
    const scope = openScope(this.#scope, declaredIn(literal.body))
    const bind = ({ name, span }: Var): Local => {
      if (name === '_') return this.locals.wildcard(span)
      const local = this.locals.named(name, span)
      scope.locals.set(name, { local, how: 'declared', used: false })
      return local
    }
    const key = literal.key === undefined ? undefined : bind(literal.key)
    const value = bind(literal.value)
    const outer = this.#scope
    this.#scope = openScope(scope, declaredIn(literal.body))
    const body = this.body(literal.body)
    this.#scope = scope
    this.#checkUnused()
    this.#scope = outer
    out.push({ k: 'every', key, value, domain, body, ...this.#base(literal.span) })
  }

  #with({ target, value, span }: With, out: Step[]): WithIR[] {
    const path = this.#targetPath(target)
    if (path === undefined) return []
    const { root, keys } = path
    const replacement = (): Callee | Flat => this.#mockBy(value, out) ?? this.#flat(value, out)
    if (root === 'builtin') {
      const name = keys.join('.')
      if (!this.#context.builtins.has(name)) {
        this.#error(
          'rego_type_error',
          `with keyword target must reference existing input, data, or a function`,
          target.span,
        )
        return []
      }
      return [{ kind: 'mock', name, by: replacement(), span }]
    }
    if (root === 'data' && this.#context.tree.find(keys)?.group?.kind === 'function') {
      return [{ kind: 'mock', name: `data.${keys.join('.')}`, by: replacement(), span }]
    }
    return [{ kind: root, path: keys, value: this.#flat(value, out), span }]
  }

  #targetPath(
    target: Var | Ref,
  ): { readonly root: 'input' | 'data' | 'builtin'; readonly keys: readonly Value[] } | undefined {
    const head = target.kind === 'var' ? target : target.head
    const keys: Value[] = []
    for (const term of target.kind === 'ref' ? target.path : []) {
      if (term.kind !== 'scalar') {
        this.#error('rego_type_error', 'with keyword target must be ground', target.span)
        return undefined
      }
      keys.push(term.value)
    }
    if (head.kind !== 'var') return undefined
    const global = this.#global(head.name)
    if (global !== undefined) return { root: global.root, keys: [...global.path, ...keys] }
    return { root: 'builtin', keys: [head.name, ...keys] }
  }

  /** The function that a `with` value names, if it names one. */
  #mockBy(value: Term, _out: Step[]): Callee | undefined {
    if (value.kind !== 'var' && value.kind !== 'ref') return undefined
    const head = value.kind === 'var' ? value : value.head
    if (head.kind !== 'var' || this.#lookup(head.name) !== undefined) return undefined
    const rest: Value[] = []
    for (const term of value.kind === 'ref' ? value.path : []) {
      if (term.kind !== 'scalar') return undefined
      rest.push(term.value)
    }
    const global = this.#global(head.name)
    if (global !== undefined) {
      const path = [...global.path, ...rest]
      if (global.root !== 'data' || this.#context.tree.find(path)?.group?.kind !== 'function') return undefined
      return { kind: 'function', name: `data.${path.join('.')}`, path }
    }
    const name = [head.name, ...rest].join('.')
    const builtin = this.#context.builtins.get(name)
    return builtin === undefined ? undefined : { kind: 'builtin', name, builtin }
  }

  // --- names

  /** A name that a scope declares. */
  #lookup(name: string): Local | undefined {
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.parent) {
      const found = scope.locals.get(name)
      if (found !== undefined) {
        found.used = true
        return found.local
      }
    }
    return undefined
  }

  #isUpcoming(name: string): boolean {
    for (let scope: Scope | undefined = this.#scope; scope !== undefined; scope = scope.parent) {
      if (scope.upcoming.has(name)) return true
    }
    return false
  }

  /** A rule, an import, `input` or `data`. */
  #global(name: string): { readonly root: 'data' | 'input'; readonly path: readonly string[] } | undefined {
    if (this.#isUpcoming(name)) return undefined
    if (name === 'input' || name === 'data') return { root: name, path: [] }
    return this.#globals.names.get(name)
  }

  #local(name: string, span: Span): Local {
    const declared = this.#lookup(name)
    if (declared !== undefined) return declared
    if (this.#scope.upcoming.has(name)) this.#scope.early.add(name)
    let local = this.locals.implicit.get(name)
    if (local === undefined) {
      local = this.locals.named(name, span)
      this.locals.implicit.set(name, local)
    }
    return local
  }

  #wild(span: Span): Flat {
    return { k: 'local', local: this.locals.wildcard(span) }
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
        if (this.#lookup(term.name) !== undefined || this.#global(term.name) === undefined) {
          return { k: 'local', local: this.#local(term.name, term.span) }
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
    const local = this.locals.generated(term.span)
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
        const global = this.#lookup(head.name) === undefined ? this.#global(head.name) : undefined
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
    const outer = this.#scope
    this.#scope = openScope(outer, declaredIn(term.body))
    const body = this.#steps(term.body)
    const tail: Step[] = []
    const key = term.kind === 'objectcomp' ? this.#flat(term.key, tail) : undefined
    const value = this.#flat(term.kind === 'objectcomp' ? term.value : term.head, tail)
    this.#checkUnused()
    body.push(...tail)
    this.#scope = outer
    const type = term.kind === 'arraycomp' ? 'array' : term.kind === 'setcomp' ? 'set' : 'object'
    return { k: 'comprehension', type, key, value, body, span: term.span }
  }

  /** The set of what a term gives: nothing if it is undefined. */
  #captured(term: Term, literal?: Literal): ComprehensionIR {
    const outer = this.#scope
    this.#scope = openScope(outer, new Set())
    const body: Step[] = []
    const withs =
      literal !== undefined && 'with' in literal ? literal.with.flatMap((each) => this.#with(each, body)) : []
    const steps: Step[] = []
    const value = this.#flat(term, steps)
    for (const step of steps) body.push(withs.length === 0 ? step : { ...step, with: [...withs, ...step.with] })
    this.#scope = outer
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
    const constant = this.#metadataCall(term)
    if (constant !== undefined) return constant
    const callee = this.#callee(term)
    if (callee === undefined) return TRUE
    const args = this.#args(callee, term.args, out)
    this.#checkArity(callee, term, this.#arity(callee))
    const local = this.locals.generated(term.span)
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

  #arity(callee: Callee): number {
    if (callee.kind === 'builtin') return callee.builtin.args.length
    return this.#context.tree.find(callee.path)?.group?.arity ?? 0
  }

  #checkArity(callee: Callee, { args, span }: Call, arity: number): void {
    if (callee.kind === 'builtin' && callee.builtin.variadic === true && args.length >= arity) return
    if (args.length === arity) return
    const { name } = callee
    const message =
      callee.kind === 'builtin'
        ? `${name}: arity mismatch: have ${args.length} arguments, want ${arity}`
        : `function ${name} has arity ${arity}, got ${args.length} argument${args.length === 1 ? '' : 's'}`
    this.#error('rego_type_error', message, span)
  }

  #callee({ operator, infix, args, span }: Call): Callee | undefined {
    const { builtins, tree } = this.#context
    const head = operator.kind === 'var' ? operator : operator.head
    if (head.kind !== 'var') {
      this.#error('rego_type_error', 'only names can be called', span)
      return undefined
    }
    const rest: Value[] = []
    for (const term of operator.kind === 'ref' ? operator.path : []) {
      if (term.kind !== 'scalar') {
        this.#error('rego_type_error', `undefined function ${head.name}`, operator.span)
        return undefined
      }
      rest.push(term.value)
    }
    if (infix) {
      const builtin = builtins.get(head.name)
      if (builtin !== undefined) return { kind: 'builtin', name: head.name, builtin }
    }
    const shadowed = this.#lookup(head.name) !== undefined
    const global = shadowed ? undefined : this.#global(head.name)
    const name = [head.name, ...rest].join('.')
    if (global !== undefined && global.root === 'data') {
      const path = [...global.path, ...rest]
      const group = tree.find(path)?.group
      // A function without arguments is a rule.
      const callable = group?.kind === 'function' || (group?.kind === 'complete' && args.length === 0)
      if (callable) return { kind: 'function', name: `data.${path.join('.')}`, path }
      // A rule named like the first part of a builtin does not hide it.
      const builtin = builtins.get(name)
      if (builtin !== undefined && group === undefined && rest.length > 0) return { kind: 'builtin', name, builtin }
      this.#error('rego_type_error', `undefined function data.${path.join('.')}`, operator.span)
      return undefined
    }
    const builtin = shadowed ? undefined : builtins.get(name)
    if (builtin !== undefined) return { kind: 'builtin', name, builtin }
    this.#error('rego_type_error', `undefined function ${name}`, operator.span)
    return undefined
  }

  #metadataCall({ operator }: Call): Flat | undefined {
    if (operator.kind !== 'ref' || operator.head.kind !== 'var' || operator.head.name !== 'rego') return undefined
    const names = operator.path.map((term) => (term.kind === 'scalar' ? term.value : null)).join('.')
    if (names !== 'metadata.chain' && names !== 'metadata.rule') return undefined
    const { module } = this.#globals
    if (module === undefined || this.#rule === undefined) return { k: 'const', value: [] }
    const chain = this.#context.metadata(module, this.#rule)
    if (names === 'metadata.chain') return { k: 'const', value: chain }
    const own = chain[0]
    const annotations = own instanceof Object && 'get' in own ? own.get('annotations') : undefined
    return { k: 'const', value: annotations ?? new ObjectBuilder().build() }
  }
}

function collectVars(term: Term, names: Set<string>): void {
  addVars(term, names)
}
