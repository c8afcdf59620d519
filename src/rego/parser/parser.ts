/** Modules: package, imports, rules. */
import type { Annotations, Body, Head, Import, Module, RegoVersion, Rule, Term, Var } from '../ast.ts'
import { RegoError, RegoErrors, Source } from '../errors.ts'
import { lex } from '../lexer.ts'
import { readAnnotations } from './annotations.ts'
import { FUTURE_KEYWORDS, spanOf } from './base.ts'
import { TermParser } from './terms.ts'

export interface ParseOptions {
  /** Default v1. A module that imports `rego.v1` is v1 in any case. */
  readonly version?: RegoVersion
}

/** Throws `RegoErrors`. */
export function parseModule(file: string, text: string, options: ParseOptions = {}): Module {
  const source = new Source(file, text)
  return guarded(source, () => {
    const { tokens, comments } = lex(source)
    const annotations = readAnnotations(source, comments)
    return new ModuleParser(source, tokens, options.version ?? 'v1').module(comments, annotations)
  })
}

/** A query: literals separated by `;` or lines. Throws `RegoErrors`. */
export function parseQuery(
  text: string,
  options: ParseOptions & { readonly file?: string } = {},
): { readonly source: Source; readonly body: Body } {
  const source = new Source(options.file ?? '', text)
  return guarded(source, () => {
    const parser = new ModuleParser(source, lex(source).tokens, options.version ?? 'v1')
    return { source, body: parser.query() }
  })
}

function guarded<T>(source: Source, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RegoError) throw new RegoErrors([error])
    if (error instanceof RangeError) {
      const place = { source, span: { start: 0, end: 0 } }
      throw new RegoErrors([new RegoError('rego_parse_error', 'nested too deeply', place)])
    }
    throw error
  }
}

class ModuleParser extends TermParser {
  /** Position in the comments' blocks. */
  #blocks: readonly Annotations[] = []
  #nextBlock = 0
  /** Set by `import rego.v1` too. */
  #isV1 = this.version === 'v1'

  query(): Body {
    return this.body('')
  }

  module(comments: Module['comments'], blocks: readonly Annotations[]): Module {
    this.#blocks = blocks
    if (this.token.kind === 'eof') this.fail('empty module', this.token)
    const packageBlocks = this.#takeBlocks()
    if (!this.isKeyword('package')) this.unexpected('package expected')
    const start = this.advance().start
    const path = this.#packagePath()
    const packageSpan = this.spanFrom(start)
    const imports: Import[] = []
    const rules: Rule[] = []
    const annotations = [...packageBlocks]
    let version = this.version
    while (this.peek(0).kind !== 'eof') {
      if (this.takeOp(';')) continue
      if (!this.token.newline) this.unexpected('expected \\n or ;')
      if (this.isKeyword('package')) this.unexpected('package already declared')
      if (this.isKeyword('import')) {
        const imported = this.#import()
        imports.push(imported)
        if (imported.path[0] === 'rego') {
          version = 'v1'
          this.#isV1 = true
        }
      } else rules.push(...this.#rules(annotations))
    }
    return {
      source: this.source,
      version,
      package: path,
      packageSpan,
      imports,
      rules,
      comments,
      annotations,
      span: { start: 0, end: this.source.text.length },
    }
  }

  /** The METADATA blocks that end before the next token. */
  #takeBlocks(): Annotations[] {
    const taken: Annotations[] = []
    for (;;) {
      const block = this.#blocks[this.#nextBlock]
      if (block === undefined || block.span.start > this.token.start) return taken
      taken.push(block)
      this.#nextBlock++
    }
  }

  #packagePath(): string[] {
    if (this.token.kind !== 'ident') this.unexpected('expected ident')
    const first = this.advance()
    if (this.keywords.has(first.text) && !this.isOp('.'))
      this.fail(`unexpected ${first.text} keyword: expected ident`, first)
    return [first.text, ...this.#names('package')]
  }

  #names(what: string): string[] {
    const names: string[] = []
    for (;;) {
      if (this.token.spaced) return names
      if (this.isOp('.')) {
        this.advance()
        if (this.token.kind !== 'ident' || this.token.spaced) this.unexpected('expected ident')
        names.push(this.advance().text)
      } else if (this.isOp('[')) {
        this.advance()
        if (this.token.kind !== 'string') this.fail(`${what} path must contain only string values`, this.token)
        names.push(this.advance().text)
        this.expectOp(']')
      } else return names
    }
  }

  #import(): Import {
    const { start } = this.advance()
    if (this.token.kind !== 'ident') this.unexpected('expected ident')
    const root = this.advance()
    const path = [root.text, ...this.#names('import')]
    if (!['input', 'data', 'future', 'rego'].includes(root.text)) {
      this.fail(`unexpected import path, must begin with one of: {data, future, input, rego}, got: ${root.text}`, root)
    }
    let alias: string | undefined
    if (this.isKeyword('as')) {
      this.advance()
      if (!this.isName()) this.unexpected('expected var')
      alias = this.advance().text
    }
    const span = this.spanFrom(start)
    if (path[0] === 'future') this.#futureImport(path, alias, span)
    if (path[0] === 'rego') {
      if (path.length !== 2 || path[1] !== 'v1') this.fail('invalid import, must be `rego.v1`', span)
      if (alias !== undefined) this.fail('`rego` imports cannot be aliased', span)
      for (const keyword of FUTURE_KEYWORDS) this.keywords.add(keyword)
    }
    return { path, alias, span }
  }

  #futureImport(
    path: readonly string[],
    alias: string | undefined,
    span: { readonly start: number; readonly end: number },
  ): void {
    if (path[1] !== 'keywords' || path.length > 3) this.fail('invalid import, must be `future.keywords`', span)
    if (alias !== undefined) this.fail('`future` imports cannot be aliased', span)
    const keyword = path[2]
    if (keyword === undefined) for (const each of FUTURE_KEYWORDS) this.keywords.add(each)
    else if (FUTURE_KEYWORDS.includes(keyword)) {
      this.keywords.add(keyword)
      if (keyword === 'every') this.keywords.add('in')
    } else this.fail(`unexpected keyword, must be one of [${FUTURE_KEYWORDS.join(' ')}]`, span)
  }

  // --- rules

  #rules(packageAnnotations: Annotations[]): Rule[] {
    const blocks = this.#takeBlocks()
    const annotations = blocks.filter(({ scope }) => scope === 'rule' || scope === 'document')
    packageAnnotations.push(...blocks.filter(({ scope }) => scope === 'package' || scope === 'subpackages'))
    const { start } = this.token
    const isDefault = this.isKeyword('default')
    if (isDefault) this.advance()
    if (!this.isName() && !(this.token.text === 'contains' && this.isOp('(', 1)))
      this.unexpected('expected rule or import')
    const { head, usesContains } = this.#head()
    if (isDefault) return [this.#default(head, start, annotations)]
    const hasIf = this.isKeyword('if')
    if (this.#isV1) this.#checkV1(head, usesContains, hasIf)
    const body = hasIf ? this.#ifBody() : this.isOp('{') ? this.#braced() : undefined
    const shaped = this.#shape(head, usesContains, hasIf, body !== undefined)
    let otherwise: Rule | undefined
    if (this.isKeyword('else')) {
      if (shaped.key !== undefined) this.fail('else keyword cannot be used on multi-value rules', this.token)
      if (shaped.ref.some(({ kind }, index) => index > 0 && kind !== 'scalar')) {
        this.fail('else keyword cannot be used on rules with variables in head', this.token)
      }
      otherwise = this.#else(shaped)
    }
    const rule: Rule = {
      head: shaped,
      isDefault: false,
      body: body ?? [],
      else: otherwise,
      annotations,
      chained: false,
      span: this.spanFrom(start),
    }
    const rules = [rule]
    if (body === undefined) return rules
    while (this.isOp('{')) {
      if (this.#isV1) this.fail('`if` keyword is required before rule body', this.token)
      if (otherwise !== undefined) this.unexpected('expected else keyword')
      const at = this.token.start
      const next = this.#braced()
      rules.push({ ...rule, body: next, chained: true, span: this.spanFrom(at) })
    }
    return rules
  }

  #default(head: Head, start: number, annotations: readonly Annotations[]): Rule {
    if (head.value === undefined) this.fail('expected default rule value term (e.g., default p := <VALUE>)', head.span)
    const closure = findKind(head.value, ['var', 'ref', 'call', 'template'])
    if (closure !== undefined) {
      const names: Record<string, string> = { var: 'var', ref: 'ref', call: 'call', template: 'template-string' }
      this.fail(`illegal default rule (value cannot contain ${names[closure.kind] ?? closure.kind})`, closure.span)
    }
    const args = head.args
    if (args !== undefined) {
      if (args.some(({ kind }) => kind !== 'var'))
        this.fail('illegal default rule (arguments cannot contain anything but variables)', head.span)
      const names = args.map((arg) => (arg as Var).name).filter((name) => name !== '_')
      if (new Set(names).size !== names.length)
        this.fail('illegal default rule (arguments cannot be repeated)', head.span)
    }
    return { head, isDefault: true, body: [], else: undefined, annotations, chained: false, span: this.spanFrom(start) }
  }

  #head(): { readonly head: Head; readonly usesContains: boolean } {
    const token = this.advance()
    const name: Var = { kind: 'var', name: token.text, span: spanOf(token) }
    const ref: Term[] = [name]
    let args: Term[] | undefined
    while (args === undefined && this.token.kind === 'op' && !this.token.spaced) {
      if (this.isOp('.')) {
        this.advance()
        if (this.peek(0).kind !== 'ident') this.unexpected('expected ident')
        const part = this.advance()
        ref.push({ kind: 'scalar', value: part.text, span: spanOf(part) })
      } else if (this.isOp('[')) {
        this.advance()
        ref.push(this.infixTerm(true))
        this.expectOp(']')
      } else if (this.isOp('(')) {
        this.advance()
        args = this.list(')')
      } else break
    }
    let key: Term | undefined
    let value: Term | undefined
    let assign = false
    let usesContains = false
    if (this.isKeyword('contains')) {
      if (args !== undefined) this.unexpected('the contains keyword can only be used with multi-value rule definitions')
      this.advance()
      key = this.infixTerm(true)
      usesContains = true
    } else if (this.isOp('=') || this.isOp(':=')) {
      assign = this.advance().text === ':='
      value = this.infixTerm(true)
    }
    // A function without arguments is a rule.
    const isFunction = args !== undefined && args.length > 0
    if (args !== undefined && !isFunction) value ??= { kind: 'scalar', value: true, span: this.spanFrom(token.start) }
    return {
      head: { ref, args: isFunction ? args : undefined, key, value, assign, span: this.spanFrom(token.start) },
      usesContains,
    }
  }

  /** `p[x]` is a partial set, unless `if` or a value follows. Everything else without a value is true. */
  #shape(head: Head, usesContains: boolean, hasIf: boolean, hasBody: boolean): Head {
    if (usesContains || head.value !== undefined) return head
    const last = head.ref[1]
    if (!hasIf && head.args === undefined && head.ref.length === 2 && last !== undefined) {
      return { ...head, ref: head.ref.slice(0, 1), key: last }
    }
    if (!hasBody && head.args === undefined && head.ref.length === 1) {
      this.fail(`var cannot be used for rule name`, head.span)
    }
    return { ...head, value: { kind: 'scalar', value: true, span: head.span } }
  }

  /** Rego v1: `if` before bodies, `contains` for partial sets. */
  #checkV1(head: Head, usesContains: boolean, hasIf: boolean): void {
    if (this.isOp('{'))
      this.fail('`if` keyword is required before rule body', { start: head.span.start, end: this.token.end })
    if (hasIf || usesContains || head.value !== undefined || head.args !== undefined) return
    if (head.ref.length === 2) this.fail('`contains` keyword is required for partial set rules', head.span)
    this.fail('`if` keyword is required before rule body', head.span)
  }

  #ifBody(): Body {
    this.advance()
    const at = this.at
    const literal = this.attempt(() => {
      const read = this.literal()
      const braces = read.kind === 'expr' && !read.negated && read.term.kind === 'set'
      return braces ? undefined : read
    })
    if (literal !== undefined) return [literal]
    const why = this.lastAttempt
    this.at = at
    if (!this.isOp('{')) {
      if (why !== undefined) throw why
      this.unexpected('rule body expected')
    }
    return this.#braced()
  }

  #braced(): Body {
    this.expectOp('{')
    const body = this.body('}')
    this.expectOp('}')
    return body
  }

  #else(head: Head): Rule {
    const { start } = this.advance()
    let value: Term = { kind: 'scalar', value: true, span: this.spanFrom(start) }
    let assign = false
    if (this.isOp('=') || this.isOp(':=')) {
      assign = this.advance().text === ':='
      value = this.infixTerm(true)
    } else if (!this.isOp('{') && !this.isKeyword('if')) this.unexpected('expected else value term or rule body')
    if (this.#isV1 && this.isOp('{')) this.fail('`if` keyword is required before rule body', this.token)
    const body = this.isKeyword('if') ? this.#ifBody() : this.isOp('{') ? this.#braced() : []
    const otherwise = this.isKeyword('else') ? this.#else(head) : undefined
    const span = this.spanFrom(start)
    return {
      head: { ...head, value, assign, span },
      isDefault: false,
      body,
      else: otherwise,
      annotations: [],
      chained: false,
      span,
    }
  }
}

function findKind(term: Term, kinds: readonly string[]): Term | undefined {
  if (kinds.includes(term.kind)) return term
  if (term.kind === 'array' || term.kind === 'set') {
    for (const item of term.items) {
      const found = findKind(item, kinds)
      if (found !== undefined) return found
    }
  }
  if (term.kind === 'object') {
    for (const [key, value] of term.entries) {
      const found = findKind(key, kinds) ?? findKind(value, kinds)
      if (found !== undefined) return found
    }
  }
  return undefined
}
