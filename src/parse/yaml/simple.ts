import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml'
import { plainValue } from './plain-scalar.ts'

/** A document as the library would compose it, source tokens aside. */
export interface SimpleDocument {
  /** `template` if something like `{{ ... }}` stands where YAML has a node, which no reader of YAML accepts. */
  readonly contents: Node | 'template'
  /** Where the document ends: `range[2]` of the library's. Of a template that others follow, where the next one begins. */
  readonly end: number
}

interface Line {
  readonly indent: number
  /** Of the first character that is no space. */
  readonly content: number
  /** Of the line feed, or of the end of the text. */
  readonly end: number
}

/** Thrown where the text goes beyond the subset; the library reads it then. */
const BEYOND = Symbol('beyond the simple subset')
const TEMPLATE = Symbol('template')

/** Deeper text is the library's, which has limits for it. */
const MAX_OPEN = 60

const SPACE = 32
const HASH = 35
const COLON = 58
const DASH = 45

/**
 * Reads the subset of YAML that nearly all manifests are written in (block mappings and sequences, scalars on one line,
 * literal blocks, flow collections on one line, comments), many times faster than the library. What it returns is equal
 * to what the library composes, values and ranges; where it is not sure of that, it returns undefined.
 */
export function readSimple(text: string): SimpleDocument[] | undefined {
  // Tabs, carriage returns, a byte order mark, directives, document ends: seldom, and full of special cases.
  if (/[\t\r\uFEFF]|^(?:%|\.\.\.)/m.test(text)) return undefined
  const documents: SimpleDocument[] = []
  let isLate = false
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = nextMarker(text, start)
    const reader = new Reader(text, end)
    try {
      const contents = reader.document(start)
      // Where exactly the library ends the template before it would matter.
      if (isLate) return undefined
      if (contents !== undefined) documents.push({ contents, end })
      else if (documents.length > 0) return undefined
    } catch (error) {
      if (error === TEMPLATE && (end === text.length || reader.canHoldTemplate) && !isDeep(text)) {
        documents.push({ contents: 'template', end })
        isLate = true
      } else if (error === BEYOND || error === TEMPLATE) return undefined
      else throw error
    }
  }
  return documents
}

/** True if brackets could nest deeper than the library is allowed to compose. */
function isDeep(text: string): boolean {
  return text.length > 50_000 || text.split(/[[{]/).length > 1500 || / {400}/.test(text)
}

/** The start of the next line that begins a document; as in the parser. */
function nextMarker(text: string, from: number): number {
  for (let at = text.indexOf('\n---', from); at !== -1; at = text.indexOf('\n---', at + 1)) {
    const after = text.charCodeAt(at + 4)
    if (Number.isNaN(after) || /\s/.test(text.charAt(at + 4))) return at + 1
  }
  return text.length
}

class Reader {
  readonly #text: string
  readonly #end: number
  /** The indents of the open collections; those of sequences are marked by a half more. */
  readonly #open: number[] = []
  /** The next line that holds something; undefined at the end. */
  #line: Line | undefined
  /** The comments before that line. */
  #comments: Line[] = []
  /** A collection that comments at its end belong to: how many are open in it, and where it ends with them. */
  #trailing: { readonly open: number; readonly end: number } | undefined

  /** Of the first thing in the document. */
  #first = -1
  /** False where the library may end the document before the action: one that stands for a key, further down. */
  canHoldTemplate = true

  constructor(text: string, end: number) {
    this.#text = text
    this.#end = end
  }

  /** Undefined for a stretch of comments only. */
  document(start: number): Node | undefined {
    let at = start
    if (this.#text.startsWith('---', start)) {
      at = this.#lineEnd(start)
      if (this.#text.slice(start + 3, at).trim() !== '') throw BEYOND
      at += 1
    }
    this.#skip(at)
    if (this.#line === undefined) {
      if (at !== start) throw BEYOND
      return undefined
    }
    this.#first = this.#line.content
    const node = this.#collection(this.#line)
    if (this.#line !== undefined) throw BEYOND
    return node
  }

  #collection(line: Line): YAMLMap | YAMLSeq {
    return this.#isDash(line.content)
      ? this.#sequence(line.content, line.indent, line.end)
      : this.#map(line.content, line.indent, line.end)
  }

  /** @param at where the first key stands */
  #map(at: number, indent: number, firstEnd: number): YAMLMap {
    this.#enter(indent)
    const map = new YAMLMap()
    let end = at
    for (let key = at, lineEnd = firstEnd; ;) {
      const colon = this.#keyEnd(key, lineEnd)
      if (colon === undefined) throw BEYOND
      const keyNode = this.#key(key, colon)
      const value = this.#value(colon + 1, lineEnd, indent)
      end = value.range?.[2] ?? end
      map.items.push(new Pair<unknown, unknown>(keyNode, value))
      const line = this.#line
      if (line === undefined || line.indent < indent) break
      if (line.indent > indent || this.#isDash(line.content)) throw BEYOND
      key = line.content
      lineEnd = line.end
    }
    map.range = [at, end, this.#trailingEnd() ?? end]
    this.#open.pop()
    return map
  }

  /** @param at where the first dash stands */
  #sequence(at: number, indent: number, firstEnd: number): YAMLSeq {
    this.#enter(indent + 0.5)
    const sequence = new YAMLSeq()
    let end = at
    for (let dash = at, lineEnd = firstEnd; ;) {
      const item = this.#item(dash, lineEnd, indent)
      end = item.range?.[2] ?? end
      sequence.items.push(item)
      const line = this.#line
      if (line === undefined || line.indent < indent) break
      if (line.indent > indent) throw BEYOND
      // The next key of the mapping that the sequence is a value of.
      if (!this.#isDash(line.content)) break
      dash = line.content
      lineEnd = line.end
    }
    sequence.range = [at, end, this.#trailingEnd() ?? end]
    this.#open.pop()
    return sequence
  }

  #item(dash: number, lineEnd: number, indent: number): Node {
    const at = this.#afterSpaces(dash + 1, lineEnd)
    if (at === lineEnd || this.#code(at) === HASH) throw BEYOND
    const column = indent + at - dash
    if (this.#isDash(at)) return this.#sequence(at, column, lineEnd)
    if (this.#keyEnd(at, lineEnd) !== undefined) return this.#map(at, column, lineEnd)
    return this.#scalarOrFlow(at, lineEnd, indent)
  }

  /** @param after the colon */
  #value(after: number, lineEnd: number, indent: number): Node {
    const at = this.#afterSpaces(after, lineEnd)
    if (at < lineEnd && this.#code(at) !== HASH) return this.#scalarOrFlow(at, lineEnd, indent)
    this.#skip(lineEnd + 1)
    const line = this.#line
    if (line !== undefined && (line.indent > indent || (line.indent === indent && this.#isDash(line.content)))) {
      return this.#collection(line)
    }
    // A comment would belong to the empty value, or to what follows.
    if (at < lineEnd || this.#comments.length > 0) throw BEYOND
    // The document ends with it, before the line break.
    if (line === undefined && this.#end < this.#text.length) throw BEYOND
    return scalar(null, '', 'PLAIN', [at, at, at])
  }

  #scalarOrFlow(at: number, lineEnd: number, indent: number): Node {
    let node: Scalar | YAMLMap | YAMLSeq
    switch (this.#text[at]) {
      case '|':
      case '>':
        return this.#blockScalar(at, lineEnd, indent)
      case '{':
        if (this.#text[at + 1] === '{') throw TEMPLATE
        node = this.#flow(at, lineEnd)
        break
      case '[':
        node = this.#flow(at, lineEnd)
        break
      case '"':
      case "'":
        node = this.#quoted(at, lineEnd)
        break
      default:
        node = this.#plain(at, lineEnd)
    }
    const { range } = node
    if (!range) throw BEYOND
    const rest = this.#afterSpaces(range[1], lineEnd)
    if (rest < lineEnd && (this.#code(rest) !== HASH || rest === range[1])) throw BEYOND
    range[2] = Math.min(lineEnd + 1, this.#end)
    this.#next(lineEnd + 1, node)
    return node
  }

  #plain(at: number, lineEnd: number): Scalar {
    this.#mustBeginPlain(at)
    const comment = this.#text.slice(at, lineEnd).indexOf(' #')
    let end = comment === -1 ? lineEnd : at + comment
    while (this.#code(end - 1) === SPACE) end--
    const source = this.#text.slice(at, end)
    if (source.includes(': ') || source.endsWith(':')) throw BEYOND
    return scalar(plainValue(source), source, 'PLAIN', [at, end, end])
  }

  #mustBeginPlain(at: number): void {
    if (/[?:,[\]{}#&*!|>'"%@`]/.test(this.#text.charAt(at)) || this.#isDash(at)) throw BEYOND
  }

  #quoted(at: number, lineEnd: number): Scalar {
    const end = this.#quoteEnd(at, lineEnd)
    if (end === undefined) throw BEYOND
    const inner = this.#text.slice(at + 1, end - 1)
    const single = this.#text[at] === "'"
    // The escapes of YAML are more than those of JSON; the few that manifests use are the same in both.
    if (!single && /\\[^"\\/nrt]/.test(inner)) throw BEYOND
    const value = single
      ? inner.replaceAll("''", "'")
      : inner.replace(/\\(.)/g, (_, escaped: string) => ESCAPES[escaped] ?? '')
    return scalar(value, value, single ? 'QUOTE_SINGLE' : 'QUOTE_DOUBLE', [at, end, end])
  }

  /** After the closing quote; undefined if it is not in this line. */
  #quoteEnd(at: number, lineEnd: number): number | undefined {
    const quote = this.#code(at)
    for (let i = at + 1; i < lineEnd; i++) {
      const code = this.#code(i)
      if (code === 92 && quote === 34) i++
      else if (code === quote) {
        if (quote === 39 && this.#code(i + 1) === quote) i++
        else return i + 1
      }
    }
    return undefined
  }

  #key(at: number, colon: number): Scalar {
    const first = this.#text[at]
    if (first === '"' || first === "'") return this.#quoted(at, colon)
    this.#mustBeginPlain(at)
    const source = this.#text.slice(at, colon)
    if (source.endsWith(' ') || source.length > 500 || source === '<<') throw BEYOND
    return scalar(plainValue(source), source, 'PLAIN', [at, colon, colon])
  }

  /** Where the colon of a key stands; undefined if there is no key here. */
  #keyEnd(at: number, lineEnd: number): number | undefined {
    const first = this.#text[at]
    if (first === '{' && this.#text[at + 1] === '{') {
      this.canHoldTemplate = at === this.#first
      throw TEMPLATE
    }
    if (first === '{' || first === '[' || first === '|' || first === '>') return undefined
    if (first === '"' || first === "'") {
      const end = this.#quoteEnd(at, lineEnd)
      return end !== undefined && this.#isColon(end, lineEnd) ? end : undefined
    }
    for (let i = at; i < lineEnd; i++) {
      const code = this.#code(i)
      if (code === COLON && this.#isColon(i, lineEnd)) return i
      if (code === HASH && this.#code(i - 1) === SPACE) return undefined
    }
    return undefined
  }

  /** `{}` or `[a, 'b', {c: d}]`, on one line. */
  #flow(at: number, lineEnd: number, depth = 0): YAMLMap | YAMLSeq {
    const isMap = this.#text[at] === '{'
    const close = isMap ? '}' : ']'
    const map = new YAMLMap()
    const sequence = new YAMLSeq()
    const collection = isMap ? map : sequence
    if (depth > MAX_OPEN) throw BEYOND
    let i = this.#afterSpaces(at + 1, lineEnd)
    if (this.#text[i] !== close) {
      for (;;) {
        const item = this.#flowNode(i, lineEnd, depth)
        if (isMap) {
          i = item.range?.[1] ?? i
          if (
            !(item instanceof Scalar) ||
            item.value === '<<' ||
            this.#code(i) !== COLON ||
            this.#code(i + 1) !== SPACE
          )
            throw BEYOND
          const value = this.#flowNode(this.#afterSpaces(i + 1, lineEnd), lineEnd, depth)
          map.items.push(new Pair<unknown, unknown>(item, value))
          i = this.#endFlowNode(value, lineEnd)
        } else {
          sequence.items.push(item)
          i = this.#endFlowNode(item, lineEnd)
        }
        if (this.#text[i] === close) break
        if (this.#text[i] !== ',') throw BEYOND
        i = this.#afterSpaces(i + 1, lineEnd)
      }
    }
    if (i >= lineEnd) throw BEYOND
    collection.flow = true
    collection.range = [at, i + 1, i + 1]
    return collection
  }

  /** The spaces after it are the node's. */
  #endFlowNode(node: YAMLMap | YAMLSeq | Scalar, lineEnd: number): number {
    if (!node.range) throw BEYOND
    node.range[2] = this.#afterSpaces(node.range[1], lineEnd)
    return node.range[2]
  }

  #flowNode(at: number, lineEnd: number, depth: number): YAMLMap | YAMLSeq | Scalar {
    const first = this.#text[at]
    if (first === '{' || first === '[') return this.#flow(at, lineEnd, depth + 1)
    if (first === '"' || first === "'") return this.#quoted(at, lineEnd)
    FLOW_PLAIN.lastIndex = at
    const source = FLOW_PLAIN.exec(this.#text)?.[0]
    if (source === undefined) throw BEYOND
    return scalar(plainValue(source), source, 'PLAIN', [at, at + source.length, at + source.length])
  }

  /** `|` and `|-`; of `>` only what folds without blank or deeper lines. */
  #blockScalar(at: number, headerEnd: number, parentIndent: number): Scalar {
    const header = this.#text.slice(at, headerEnd).trimEnd()
    if (!/^[|>]-?$/.test(header) || headerEnd >= this.#end) throw BEYOND
    const lines: string[] = []
    let indent = -1
    let end = headerEnd + 1
    let blanks = 0
    for (let i = headerEnd + 1; i < this.#end;) {
      const lineEnd = this.#lineEnd(i)
      const content = this.#afterSpaces(i, lineEnd)
      if (content === lineEnd) {
        // Spaces beyond the indent are content, or an error before it is known.
        if (content - i > Math.max(indent, 0)) throw BEYOND
        blanks++
      } else {
        if (indent === -1) {
          indent = content - i
          if (indent <= parentIndent) throw BEYOND
        }
        if (content - i < indent) break
        for (; blanks > 0; blanks--) lines.push('')
        lines.push(this.#text.slice(i + indent, lineEnd))
        end = Math.min(lineEnd + 1, this.#end)
      }
      i = lineEnd + 1
    }
    if (indent === -1) throw BEYOND
    const folded = header.startsWith('>')
    if (folded && lines.some((line) => line === '' || line.startsWith(' '))) throw BEYOND
    const value = lines.join(folded ? ' ' : '\n') + (header.length === 1 ? '\n' : '')
    this.#next(end, undefined)
    return scalar(value, value, folded ? 'BLOCK_FOLDED' : 'BLOCK_LITERAL', [at, end, end])
  }

  #enter(indent: number): void {
    this.#open.push(indent)
    if (this.#open.length > MAX_OPEN) throw BEYOND
  }

  #trailingEnd(): number | undefined {
    return this.#trailing?.open === this.#open.length ? this.#trailing.end : undefined
  }

  /**
   * Goes on after a value. The library gives comments that are indented deeper than the collection to the value before
   * them, and comments at the end of a collection to the collection that they are indented for.
   * @param value undefined for one that takes no comments
   */
  #next(from: number, value: Scalar | YAMLMap | YAMLSeq | undefined): void {
    this.#skip(from)
    let first = 0
    for (const { indent, end } of value === undefined ? [] : this.#comments) {
      if (indent <= Math.floor(this.#open.at(-1) ?? 0)) break
      if (value?.range) value.range[2] = Math.min(end + 1, this.#end)
      first++
    }
    const deepest = this.#comments.slice(first).reduce((max, { indent }) => Math.max(max, indent), -1)
    const indent = this.#line?.indent ?? -1
    const isDash = this.#line !== undefined && this.#isDash(this.#line.content)
    for (let open = this.#open.length; open > 0; open--) {
      const level = this.#open[open - 1] ?? 0
      const own = Math.floor(level)
      const stays = indent > own || (indent === own && (level === own || isDash))
      if (stays) return
      if (own > 0 && deepest >= own) {
        this.#trailing = { open, end: this.#line?.content ?? this.#end }
        return
      }
    }
  }

  /** Finds the next line that holds something. */
  #skip(from: number): void {
    this.#comments = []
    this.#trailing = undefined
    for (let i = from; i < this.#end;) {
      const end = this.#lineEnd(i)
      const content = this.#afterSpaces(i, end)
      const indent = content - i
      if (content < end) {
        if (this.#code(content) !== HASH) {
          this.#line = { indent, content, end }
          return
        }
        this.#comments.push({ indent, content, end })
      }
      i = end + 1
    }
    this.#line = undefined
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf('\n', from)
    return end === -1 || end > this.#end ? this.#end : end
  }

  #afterSpaces(from: number, end: number): number {
    let at = from
    while (at < end && this.#text.charCodeAt(at) === SPACE) at++
    return at
  }

  #isDash(at: number): boolean {
    return this.#code(at) === DASH && this.#isBreak(at + 1)
  }

  #isColon(at: number, lineEnd: number): boolean {
    return this.#code(at) === COLON && (at + 1 === lineEnd || this.#code(at + 1) === SPACE)
  }

  #isBreak(at: number): boolean {
    const code = this.#code(at)
    return code === SPACE || code === 10 || Number.isNaN(code)
  }

  #code(at: number): number {
    return this.#text.charCodeAt(at)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '"': '"', '\\': '\\', '/': '/', n: '\n', r: '\r', t: '\t' }

/** A plain scalar in a flow collection, as strict as commands and ports need. */
const FLOW_PLAIN = /[A-Za-z0-9_./$+-](?:[\w./$+=@*%-]|:(?=[\w/]))*(?= *[,\]}:])/y

function scalar(
  value: unknown,
  source: string,
  type: Scalar.Type,
  range: [start: number, valueEnd: number, end: number],
): Scalar {
  const node = new Scalar(value)
  node.source = source
  node.type = type
  node.range = range
  return node
}
