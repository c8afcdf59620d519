/** What names mean: variables of scopes, rules, imports, functions. */
import type { Span } from '../../text/span.ts'
import type { Call, Module, Ref, Rule, Term, Var } from '../ast.ts'
import type { Builtin } from '../builtins/builtin.ts'
import { RegoError, type RegoErrorCode, type Source } from '../errors.ts'
import { ObjectBuilder, RegoObject, type Value } from '../value/value.ts'
import type { Callee, Flat, Local } from './ir.ts'
import { Locals, openScope, type Scope } from './scope.ts'
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

/** Of one rule or query, from its first word to its last. */
export class Names {
  readonly context: LowerContext
  readonly globals: Globals
  readonly locals = new Locals()
  /** The innermost. */
  scope: Scope = openScope(undefined, new Set())
  rule: Rule | undefined

  constructor(context: LowerContext, globals: Globals) {
    this.context = context
    this.globals = globals
  }

  error(code: RegoErrorCode, message: string, span: Span): void {
    this.context.errors.push(new RegoError(code, message, { source: this.globals.source, span }))
  }

  checkUnused(): void {
    for (const [name, { how, used, local }] of this.scope.locals) {
      if (how === 'declared' && !used) this.error('rego_compile_error', `declared var ${name} unused`, local.span)
    }
  }

  /** Rego v1 keeps the names of the two roots to themselves. */
  checkShadow(what: 'variables' | 'args' | 'rules', name: string, span: Span): void {
    if ((name !== 'input' && name !== 'data') || this.globals.module?.version !== 'v1') return
    const other = what === 'rules' ? 'rule' : 'variable'
    this.error('rego_compile_error', `${what} must not shadow ${name} (use a different ${other} name)`, span)
  }

  declare(name: string, span: Span, how: 'declared' | 'assigned'): void {
    if (name === '_') return
    this.checkShadow('variables', name, span)
    const known = this.scope.locals.get(name)
    if (known !== undefined) {
      this.error('rego_compile_error', `var ${name} ${known.how} above`, span)
      return
    }
    const outer = this.scope.parent
    if (outer !== undefined && outer.parent === undefined && outer.locals.get(name)?.how === 'argument') {
      this.error('rego_compile_error', `arg ${name} redeclared`, span)
    }
    if (this.scope.early.has(name)) this.error('rego_compile_error', `var ${name} referenced above`, span)
    const local = this.locals.named(name, span)
    this.scope.locals.set(name, { local, how, used: how === 'assigned' })
  }

  targetPath(
    target: Var | Ref,
  ): { readonly root: 'input' | 'data' | 'builtin'; readonly keys: readonly Value[] } | undefined {
    const head = target.kind === 'var' ? target : target.head
    const keys: Value[] = []
    for (const term of target.kind === 'ref' ? target.path : []) {
      if (term.kind !== 'scalar') {
        this.error('rego_type_error', 'with keyword target must be ground', target.span)
        return undefined
      }
      keys.push(term.value)
    }
    if (head.kind !== 'var') return undefined
    const global = this.global(head.name)
    if (global !== undefined) return { root: global.root, keys: [...global.path, ...keys] }
    return { root: 'builtin', keys: [head.name, ...keys] }
  }

  /** The function that a `with` value names, if it names one. */
  mockBy(value: Term): Callee | undefined {
    if (value.kind !== 'var' && value.kind !== 'ref') return undefined
    const head = value.kind === 'var' ? value : value.head
    if (head.kind !== 'var' || this.lookup(head.name) !== undefined) return undefined
    const rest: Value[] = []
    for (const term of value.kind === 'ref' ? value.path : []) {
      if (term.kind !== 'scalar') return undefined
      rest.push(term.value)
    }
    const global = this.global(head.name)
    if (global !== undefined) {
      const path = [...global.path, ...rest]
      if (global.root !== 'data' || this.context.tree.find(path)?.group?.kind !== 'function') return undefined
      return { kind: 'function', name: `data.${path.join('.')}`, path }
    }
    const name = [head.name, ...rest].join('.')
    const builtin = this.context.builtins.get(name)
    return builtin === undefined ? undefined : { kind: 'builtin', name, builtin }
  }

  /** A name that a scope declares. */
  lookup(name: string): Local | undefined {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.parent) {
      const found = scope.locals.get(name)
      if (found !== undefined) {
        found.used = true
        return found.local
      }
    }
    return undefined
  }

  #isUpcoming(name: string): boolean {
    for (let scope: Scope | undefined = this.scope; scope !== undefined; scope = scope.parent) {
      if (scope.upcoming.has(name)) return true
    }
    return false
  }

  /** A rule, an import, `input` or `data`. */
  global(name: string): { readonly root: 'data' | 'input'; readonly path: readonly string[] } | undefined {
    if (this.#isUpcoming(name)) return undefined
    if (name === 'input' || name === 'data') return { root: name, path: [] }
    return this.globals.names.get(name)
  }

  /** The variable of that name, which belongs to the rule as a whole if no scope declares it. */
  local(name: string, span: Span): Local {
    const declared = this.lookup(name)
    if (declared !== undefined) return declared
    if (this.scope.upcoming.has(name)) this.scope.early.add(name)
    let local = this.locals.implicit.get(name)
    if (local === undefined) {
      local = this.locals.named(name, span)
      this.locals.implicit.set(name, local)
    }
    return local
  }

  arity(callee: Callee): number {
    if (callee.kind === 'builtin') return callee.builtin.args.length
    return this.context.tree.find(callee.path)?.group?.arity ?? 0
  }

  checkArity(callee: Callee, { args, span }: Call, arity: number): void {
    if (callee.kind === 'builtin' && callee.builtin.variadic === true && args.length >= arity) return
    if (args.length === arity) return
    const { name } = callee
    const message =
      callee.kind === 'builtin'
        ? `${name}: arity mismatch: have ${args.length} arguments, want ${arity}`
        : `function ${name} has arity ${arity}, got ${args.length} argument${args.length === 1 ? '' : 's'}`
    this.error('rego_type_error', message, span)
  }

  callee(call: Call): Callee | undefined {
    const callee = this.#findCallee(call)
    const deprecated = callee?.kind === 'builtin' && callee.builtin.deprecated !== undefined
    if (deprecated && this.globals.module?.version === 'v1') {
      const message = `deprecated built-in function calls in expression: ${callee.name}: ${callee.builtin.deprecated}`
      this.error('rego_type_error', message, call.span)
    }
    return callee
  }

  #findCallee({ operator, infix, args, span }: Call): Callee | undefined {
    const { builtins, tree } = this.context
    const head = operator.kind === 'var' ? operator : operator.head
    if (head.kind !== 'var') {
      this.error('rego_type_error', 'only names can be called', span)
      return undefined
    }
    const rest: Value[] = []
    for (const term of operator.kind === 'ref' ? operator.path : []) {
      if (term.kind !== 'scalar') {
        this.error('rego_type_error', `undefined function ${head.name}`, operator.span)
        return undefined
      }
      rest.push(term.value)
    }
    if (infix) {
      const builtin = builtins.get(head.name)
      if (builtin !== undefined) return { kind: 'builtin', name: head.name, builtin }
    }
    const shadowed = this.lookup(head.name) !== undefined
    const global = shadowed ? undefined : this.global(head.name)
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
      this.error('rego_type_error', `undefined function data.${path.join('.')}`, operator.span)
      return undefined
    }
    const builtin = shadowed ? undefined : builtins.get(name)
    if (builtin !== undefined) return { kind: 'builtin', name, builtin }
    this.error('rego_type_error', `undefined function ${name}`, operator.span)
    return undefined
  }

  metadataCall({ operator }: Call): Flat | undefined {
    if (operator.kind !== 'ref' || operator.head.kind !== 'var' || operator.head.name !== 'rego') return undefined
    const names = operator.path.map((term) => (term.kind === 'scalar' ? term.value : null)).join('.')
    if (names !== 'metadata.chain' && names !== 'metadata.rule') return undefined
    const { module } = this.globals
    if (module === undefined || this.rule === undefined) return { k: 'const', value: [] }
    const chain = this.context.metadata(module, this.rule)
    if (names === 'metadata.chain') return { k: 'const', value: chain }
    const own = chain[0]
    const annotations = own instanceof RegoObject ? own.getString('annotations') : undefined
    return { k: 'const', value: annotations ?? new ObjectBuilder().build() }
  }
}
