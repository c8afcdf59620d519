/** Go's text/template: text with actions between `{{` and `}}`. */

export type Operand =
  /** `.a.b`, or `.` without names. */
  | { readonly kind: 'field'; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string | bigint | number | boolean | null }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline; readonly names: readonly string[] }

/** Commands, each with its operands; the result of one is the last operand of the next. */
export interface Pipeline {
  readonly commands: ReadonlyArray<readonly Operand[]>
  readonly variables: readonly string[]
  /** `:=` rather than `=`. */
  readonly declares: boolean
}

export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | {
      readonly kind: 'if' | 'range' | 'with'
      readonly pipeline: Pipeline
      readonly body: readonly TemplateNode[]
      readonly otherwise: readonly TemplateNode[]
    }
  | { readonly kind: 'template'; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'break' | 'continue' }

export interface Template {
  readonly body: readonly TemplateNode[]
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>
}

export class TemplateError extends Error {
  constructor(problem: string) {
    super(`template: template:${problem}`)
  }
}

const MAX_DEPTH = 100

interface Part {
  readonly text: string
  readonly action: boolean
  readonly line: number
}

const TOKEN =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|:=|[=|(),]|(?<=[\w)\]"`])\.[A-Za-z_]\w*|\.[A-Za-z_]\w*|\.|\$\w*|[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|[A-Za-z_]\w*/y

/** Parts at the actions; `{{-` and `-}}` take white space away, comments are left out. */
function split(source: string): Part[] {
  const parts: Part[] = []
  let at = 0
  let line = 1
  let trim = false
  const text = (raw: string, cutEnd: boolean): void => {
    let kept = trim ? raw.trimStart() : raw
    if (cutEnd) kept = kept.trimEnd()
    if (kept !== '') parts.push({ text: kept, action: false, line })
    line += raw.split('\n').length - 1
  }
  for (;;) {
    const open = source.indexOf('{{', at)
    if (open < 0) break
    const left = /^\{\{-\s/.test(source.slice(open, open + 4))
    text(source.slice(at, open), left)
    const start = open + (left ? 3 : 2)
    const comment = /^\s*\/\*[^]*?\*\/\s*/.exec(source.slice(start))
    const close = closing(source, comment === null ? start : start + comment[0].length, line)
    const right = /\s-$/.test(source.slice(start, close))
    const body = source.slice(start, right ? close - 1 : close)
    if (comment === null) parts.push({ text: body, action: true, line })
    line += body.split('\n').length - 1
    trim = right
    at = close + 2
  }
  text(source.slice(at), false)
  return parts
}

function closing(source: string, from: number, line: number): number {
  const pattern = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|\}\}|[^]/y
  for (let at = from; at < source.length;) {
    pattern.lastIndex = at
    const found = pattern.exec(source)?.[0] ?? ''
    if (found === '}}') return at
    at += found.length
  }
  throw new TemplateError(`${line}: unclosed action`)
}

/** Throws `TemplateError`. */
export function parseTemplate(source: string): Template {
  return new TemplateParser(split(source)).parse()
}

interface Block {
  readonly nodes: readonly TemplateNode[]
  /** The tokens of the action that ended it; empty at the end of the text. */
  readonly end: readonly string[]
}

class TemplateParser {
  readonly #parts: readonly Part[]
  readonly #defined = new Map<string, readonly TemplateNode[]>()
  #at = 0
  #tokens: string[] = []
  #line = 1

  constructor(parts: readonly Part[]) {
    this.#parts = parts
  }

  parse(): Template {
    const { nodes, end } = this.#block(0)
    if (end.length > 0) throw this.#fail(`unexpected {{${end[0]}}}`)
    return { body: nodes, defined: this.#defined }
  }

  #fail(problem: string): TemplateError {
    return new TemplateError(`${this.#line}: ${problem}`)
  }

  #tokenize(text: string): string[] {
    const tokens: string[] = []
    for (let at = 0; at < text.length;) {
      TOKEN.lastIndex = at
      const found = TOKEN.exec(text)?.[0]
      if (found === undefined) throw this.#fail(`unexpected ${JSON.stringify(text[at])} in command`)
      // White space counts before a field: `f .x` is not `f.x`.
      tokens.push(found.trim() === '' ? ' ' : found)
      at += found.length
    }
    return tokens
  }

  #space(): void {
    while (this.#tokens[0] === ' ') this.#tokens.shift()
  }

  #block(depth: number): Block {
    if (depth > MAX_DEPTH) throw this.#fail('template nests too deeply')
    const nodes: TemplateNode[] = []
    while (this.#at < this.#parts.length) {
      const part = this.#parts[this.#at++]
      if (part === undefined) break
      this.#line = part.line
      if (!part.action) {
        nodes.push({ kind: 'text', text: part.text })
        continue
      }
      this.#tokens = this.#tokenize(part.text)
      this.#space()
      const [word = ''] = this.#tokens
      if (word === 'end' || word === 'else') return { nodes, end: this.#tokens }
      nodes.push(...this.#action(word, depth))
    }
    return { nodes, end: [] }
  }

  #action(word: string, depth: number): TemplateNode[] {
    switch (word) {
      case 'if':
      case 'range':
      case 'with':
        this.#tokens.shift()
        return [this.#control(word, depth)]
      case 'break':
      case 'continue':
        return [{ kind: word }]
      case 'define':
      case 'block': {
        this.#tokens.shift()
        const name = this.#templateName()
        const pipeline = word === 'block' ? this.#pipeline(depth) : undefined
        const { nodes, end } = this.#block(depth + 1)
        if (end[0] !== 'end') throw this.#fail(`unexpected EOF`)
        this.#defined.set(name, nodes)
        return pipeline === undefined ? [] : [{ kind: 'template', name, pipeline }]
      }
      case 'template': {
        this.#tokens.shift()
        const name = this.#templateName()
        this.#space()
        return [{ kind: 'template', name, pipeline: this.#tokens.length === 0 ? undefined : this.#pipeline(depth) }]
      }
      default:
        return [{ kind: 'action', pipeline: this.#pipeline(depth) }]
    }
  }

  #templateName(): string {
    this.#space()
    const token = this.#tokens.shift() ?? ''
    if (!/^["`]/.test(token)) throw this.#fail(`unexpected ${JSON.stringify(token)} in template clause`)
    return this.#text(token)
  }

  #control(kind: 'if' | 'range' | 'with', depth: number): TemplateNode {
    const pipeline = this.#pipeline(depth)
    const { nodes: body, end } = this.#block(depth + 1)
    if (end[0] === 'end') return { kind, pipeline, body, otherwise: [] }
    if (end[0] !== 'else') throw this.#fail('unexpected EOF')
    this.#tokens = end.slice(1)
    this.#space()
    const next = this.#tokens[0]
    if (next === 'if' || next === 'with') {
      this.#tokens.shift()
      return { kind, pipeline, body, otherwise: [this.#control(next, depth + 1)] }
    }
    const last = this.#block(depth + 1)
    if (last.end[0] !== 'end') throw this.#fail('unexpected EOF')
    return { kind, pipeline, body, otherwise: last.nodes }
  }

  #pipeline(depth: number): Pipeline {
    const { variables, declares } = this.#declarations()
    const commands: Operand[][] = []
    let current: Operand[] = []
    for (;;) {
      this.#space()
      const token = this.#tokens[0]
      if (token === undefined || token === ')') break
      if (token === '|') {
        this.#tokens.shift()
        if (current.length === 0) throw this.#fail('missing value for command')
        commands.push(current)
        current = []
        continue
      }
      current.push(this.#operand(depth))
    }
    if (current.length === 0) throw this.#fail('missing value for command')
    commands.push(current)
    return { commands, variables, declares }
  }

  /** `$x :=`, `$x =`, `$i, $x :=`. */
  #declarations(): { variables: string[]; declares: boolean } {
    const words = this.#tokens.filter((token) => token !== ' ')
    const pair = words[1] === ',' && (words[3] === ':=' || words[3] === '=')
    const single = words[1] === ':=' || words[1] === '='
    if (!words[0]?.startsWith('$') || (!pair && !single)) return { variables: [], declares: false }
    const count = pair ? 4 : 2
    this.#tokens = words.length >= count ? this.#after(count) : []
    const variables = pair ? [words[0], words[2] ?? ''] : [words[0]]
    return { variables, declares: words[count - 1] === ':=' }
  }

  #after(count: number): string[] {
    let left = count
    const index = this.#tokens.findIndex((token) => token !== ' ' && --left === 0)
    return this.#tokens.slice(index + 1)
  }

  #fields(): string[] {
    const names: string[] = []
    while (/^\.\w/.test(this.#tokens[0] ?? '')) names.push((this.#tokens.shift() ?? '').slice(1))
    return names
  }

  #operand(depth: number): Operand {
    if (depth > MAX_DEPTH) throw this.#fail('template nests too deeply')
    const token = this.#tokens.shift() ?? ''
    if (token === '(') {
      const pipeline = this.#pipeline(depth + 1)
      if (this.#tokens.shift() !== ')') throw this.#fail('unclosed left paren')
      return { kind: 'pipeline', pipeline, names: this.#fields() }
    }
    if (token === '.') return { kind: 'field', names: [] }
    if (token.startsWith('.')) return { kind: 'field', names: [token.slice(1), ...this.#fields()] }
    if (token.startsWith('$')) return { kind: 'variable', name: token, names: this.#fields() }
    if (/^["`]/.test(token)) return { kind: 'literal', value: this.#text(token) }
    if (token.startsWith("'"))
      return { kind: 'literal', value: BigInt(this.#text(`"${token.slice(1, -1)}"`).codePointAt(0) ?? 0) }
    if (/^[+-]?\d/.test(token)) return { kind: 'literal', value: this.#number(token) }
    if (token === 'true' || token === 'false') return { kind: 'literal', value: token === 'true' }
    if (token === 'nil') return { kind: 'literal', value: null }
    if (/^[A-Za-z_]/.test(token)) return { kind: 'function', name: token }
    throw this.#fail(`unexpected ${JSON.stringify(token)} in operand`)
  }

  #number(token: string): bigint | number {
    if (/^[+-]?(?:0[xX][0-9a-fA-F]+|\d+)$/.test(token)) {
      return token.startsWith('-') ? -BigInt(token.slice(1)) : BigInt(token.replace('+', ''))
    }
    return Number(token)
  }

  #text(token: string): string {
    if (token.startsWith('`')) return token.slice(1, -1)
    const body = token
      .slice(1, -1)
      .replace(/\\x([0-9A-Fa-f]{2})/g, '\\u00$1')
      .replace(/\\a/g, '\\u0007')
      .replace(/\\v/g, '\\u000b')
      .replace(/\\'/g, "'")
    try {
      const parsed: unknown = JSON.parse(`"${body}"`)
      return String(parsed)
    } catch {
      throw this.#fail('invalid syntax in string')
    }
  }
}
