/** Regular expressions with RE2's syntax and linear time. */
import { Dfa } from './dfa.ts'
import { parseRegex } from './parse.ts'
import { search, type Slots } from './pike.ts'
import { compileRegex, type Program } from './program.ts'
import type { Node } from './syntax.ts'

export { RegexError } from './syntax.ts'

/** Counts work. */
export type Step = (count: number) => void

function free(): void {}

/** A text to look for, and whether it has to stand at the start or the end. */
interface Literal {
  readonly text: string
  readonly start: boolean
  readonly end: boolean
}

export class Regex {
  readonly source: string
  /** The name of each group from 0; empty if it has none. */
  readonly groupNames: readonly string[]
  readonly #node: Node
  readonly #literal: Literal | undefined
  #program: Program | undefined
  #dfa: Dfa | undefined

  /** From text, or from a tree (without groups) that stands for it. Throws `RegexError`. */
  constructor(source: string, tree?: Node) {
    const { node, names } = tree === undefined ? parseRegex(source) : { node: tree, names: [''] }
    this.source = source
    this.groupNames = names
    this.#node = node
    this.#literal = literalOf(node)
    // Too large a program has to fail here.
    if (this.#literal === undefined) this.#program = compileRegex(node, names.length, source)
  }

  test(text: string, step: Step = free): boolean {
    const literal = this.#literal
    if (literal !== undefined) {
      step(1)
      if (literal.start) return literal.end ? text === literal.text : text.startsWith(literal.text)
      return literal.end ? text.endsWith(literal.text) : text.includes(literal.text)
    }
    this.#dfa ??= new Dfa(this.#compiled())
    return this.#dfa.matches(text, step)
  }

  #compiled(): Program {
    this.#program ??= compileRegex(this.#node, this.groupNames.length, this.source)
    return this.#program
  }

  /** Start and end of the leftmost match and of its groups, at or behind a place. */
  find(text: string, from = 0, step: Step = free): Slots | undefined {
    return search(this.#compiled(), text, from, step)
  }

  /** Matches without overlaps, as Go's `FindAll`; a negative limit means all. */
  findAll(text: string, limit = -1, step: Step = free): Slots[] {
    const found: Slots[] = []
    if (limit === 0 || (this.#literal !== undefined && !this.test(text, step))) return found
    let previous = -1
    for (let at = 0; at <= text.length;) {
      const match = this.find(text, at, step)
      if (match === undefined) break
      const [start = 0, end = 0] = match
      // No empty match right behind another one.
      const accepted = end !== at || start !== previous
      at = end === at ? at + width(text, at) : end
      previous = end
      if (accepted) found.push(match)
      if (found.length === limit) break
    }
    return found
  }

  /** `$1`, `${1}`, `$name` and `$$` in the template stand for groups and a dollar sign. */
  replace(text: string, template: string, step: Step = free): string {
    const parts = this.#template(template)
    let out = ''
    let last = 0
    for (let at = 0; at <= text.length;) {
      const match = this.find(text, at, step)
      if (match === undefined) break
      const [start = 0, end = 0] = match
      out += text.slice(last, start)
      if (end > last || start === 0) {
        const { length } = out
        for (const part of parts) out += typeof part === 'string' ? part : groupText(text, match, part)
        step((out.length - length) >> 4)
      }
      last = end
      at = at + width(text, at) > end ? at + width(text, at) : end
    }
    return out + text.slice(last)
  }

  /** Texts and numbers of groups; a group that does not exist gives nothing. */
  #template(template: string): (string | number)[] {
    const parts: (string | number)[] = []
    let last = 0
    for (const match of template.matchAll(/\$(?:\$|\{(\w+)\}|(\w+))/g)) {
      parts.push(template.slice(last, match.index))
      last = match.index + match[0].length
      const name = match[1] ?? match[2]
      if (name === undefined) parts.push('$')
      else {
        const index = /^\d+$/.test(name) ? Number(name) : this.groupNames.indexOf(name)
        if (index >= 0 && index < this.groupNames.length) parts.push(index)
      }
    }
    parts.push(template.slice(last))
    return parts
  }

  /** The texts between the matches. */
  split(text: string, step: Step = free): string[] {
    if (this.source !== '' && text === '') return ['']
    const parts: string[] = []
    let begin = 0
    let end = 0
    for (const [start = 0, stop = 0] of this.findAll(text, -1, step)) {
      end = start
      if (stop !== 0) parts.push(text.slice(begin, end))
      begin = stop
    }
    if (end !== text.length) parts.push(text.slice(begin))
    return parts
  }
}

function width(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}

/** The text of a group, empty if it took no part. */
export function groupText(text: string, match: Slots, group: number): string {
  const start = match[group * 2] ?? -1
  return start < 0 ? '' : text.slice(start, match[group * 2 + 1] ?? start)
}

function literalOf(node: Node): Literal | undefined {
  const nodes = node.kind === 'concat' ? [...node.nodes] : [node]
  const first = nodes[0]
  const start = first?.kind === 'assert' && first.assertion === 'begin-text'
  if (start) nodes.shift()
  const last = nodes.at(-1)
  const end = last?.kind === 'assert' && last.assertion === 'end-text'
  if (end) nodes.pop()
  let text = ''
  for (const part of nodes) {
    const [low, high] = part.kind === 'set' ? part.ranges : []
    if (part.kind !== 'set' || part.ranges.length !== 2 || low === undefined || low !== high) return undefined
    // Half of a pair could match inside a whole one.
    if (low >= 0xd800 && low <= 0xdfff) return undefined
    text += String.fromCodePoint(low)
  }
  return { text, start, end }
}

const cache = new Map<string, Regex>()
const MAX_CACHED = 500

/** Compiled before, or now. Throws `RegexError`. */
export function compileCached(source: string): Regex {
  const known = cache.get(source)
  if (known !== undefined) return known
  const regex = new Regex(source)
  if (cache.size >= MAX_CACHED) {
    const oldest = cache.keys().next().value
    if (oldest !== undefined) cache.delete(oldest)
  }
  cache.set(source, regex)
  return regex
}
