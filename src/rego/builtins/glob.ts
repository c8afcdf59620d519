import { MAX_RUNE, negate, normalize, type Ranges } from '../regex/classes.ts'
import { Regex } from '../regex/regex.ts'
import type { Node } from '../regex/syntax.ts'
import { isArray, type Value } from '../value/value.ts'
import {
  BuiltinError,
  define,
  operand,
  stringOperand,
  wrongItem,
  wrongOperand,
  type BuiltinContext,
  stepper,
} from './builtin.ts'
import { anyOf, arrayOf, boolean, nil, string } from './types.ts'

/** Text, `*` and `?` up to a delimiter, `**`, `[abc]`, `[!a-z]`, `{one,two}`, `\` before what is meant literally. */
class GlobParser {
  readonly #source: string
  readonly #within: Ranges
  #at = 0

  constructor(source: string, delimiters: readonly string[]) {
    this.#source = source
    this.#within = negate(normalize(delimiters.flatMap((one) => Array.from(one, rune).flatMap((code) => [code, code]))))
  }

  parse(): Node {
    const body = this.#sequence(0)
    const nodes: Node[] = [{ kind: 'assert', assertion: 'begin-text' }, body, { kind: 'assert', assertion: 'end-text' }]
    return { kind: 'concat', nodes }
  }

  #sequence(depth: number): Node {
    const nodes: Node[] = []
    while (this.#at < this.#source.length) {
      const character = this.#next()
      if (depth > 0 && (character === ',' || character === '}')) {
        this.#at--
        break
      }
      nodes.push(this.#part(character, depth))
    }
    return { kind: 'concat', nodes }
  }

  #next(): string {
    const character = String.fromCodePoint(this.#source.codePointAt(this.#at) ?? 0)
    this.#at += character.length
    return character
  }

  #part(character: string, depth: number): Node {
    switch (character) {
      case '*': {
        const far = this.#source[this.#at] === '*'
        if (far) this.#at++
        const ranges = far ? [0, MAX_RUNE] : this.#within
        return { kind: 'repeat', node: { kind: 'set', ranges }, min: 0, max: -1, greedy: true }
      }
      case '?':
        return { kind: 'set', ranges: this.#within }
      case '[':
        return { kind: 'set', ranges: this.#range() }
      case '{':
        if (depth > 100) throw new BuiltinError('pattern nests too deeply')
        return this.#alternatives(depth + 1)
      case '\\':
        return this.#at < this.#source.length ? literal(this.#next()) : literal(character)
      default:
        return literal(character)
    }
  }

  #alternatives(depth: number): Node {
    const nodes = [this.#sequence(depth)]
    for (;;) {
      const character = this.#at < this.#source.length ? this.#next() : ''
      if (character === '') throw new BuiltinError(`unclosed \`{\` in ${JSON.stringify(this.#source)}`)
      if (character === '}') return { kind: 'alternate', nodes }
      nodes.push(this.#sequence(depth))
    }
  }

  #range(): Ranges {
    const pattern = /(!?)(?:(\\?.)-(\\?.)|((?:\\.|[^\]\\])+))\]/suy
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#source)
    if (match === null) throw new BuiltinError(`unclosed \`[\` in ${JSON.stringify(this.#source)}`)
    this.#at += match[0].length
    const plain = (text: string) => text.replace(/\\(.)/gsu, '$1')
    let ranges: number[]
    if (match[2] === undefined) ranges = Array.from(plain(match[4] ?? ''), rune).flatMap((code) => [code, code])
    else ranges = [rune(plain(match[2])), rune(plain(match[3] ?? ''))]
    const [low = 0, high = 0] = ranges
    if (match[2] !== undefined && high < low) throw new BuiltinError('range hi character is less than lo')
    return match[1] === '!' ? negate(normalize(ranges)) : normalize(ranges)
  }
}

function rune(character: string): number {
  return character.codePointAt(0) ?? 0
}

function literal(character: string): Node {
  return { kind: 'set', ranges: [rune(character), rune(character)] }
}

const cache = new Map<string, Regex>()
const MAX_CACHED = 200

function compiled(pattern: string, delimiters: readonly string[]): Regex {
  const key = `${delimiters.join('\0')}\0\0${pattern}`
  const known = cache.get(key)
  if (known !== undefined) return known
  const glob = new Regex(pattern, new GlobParser(pattern, delimiters).parse())
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(key, glob)
  return glob
}

function delimitersOf(value: Value): readonly string[] {
  if (value === null) return []
  if (!isArray(value)) throw wrongOperand(1, value, ['array', 'null'])
  const delimiters: string[] = []
  for (const item of value) {
    if (typeof item !== 'string') throw wrongItem(1, value, 'strings', item)
    if (Array.from(item).length !== 1) throw new BuiltinError('operand 2 must be array of single characters')
    delimiters.push(item)
  }
  return delimiters.length === 0 ? ['.'] : delimiters
}

function match(args: readonly Value[], context: BuiltinContext): Value {
  const pattern = stringOperand(args, 0)
  const delimiters = delimitersOf(operand(args, 1))
  const text = stringOperand(args, 2)
  return compiled(pattern, delimiters).test(text, stepper(context))
}

export const glob = define('glob', [
  {
    name: 'glob.match',
    args: [
      ['pattern', string, 'text with `*`, `**`, `?`, `[abc]`, `[!a-z]` and `{one,two}`'],
      ['delimiters', anyOf(nil, arrayOf(string)), 'what `*` and `?` do not match; `.` if empty, nothing if null'],
      ['match', string, 'the string to match'],
    ],
    result: [boolean, 'whether the whole string matches'],
    description: 'Matches a string with a glob.',
    evaluate: match,
  },
  {
    name: 'glob.quote_meta',
    args: [['pattern', string, 'any string']],
    result: [string, 'a glob that matches nothing but it'],
    description: 'Takes the meaning from the special characters of globs.',
    evaluate: (args) => stringOperand(args, 0).replace(/[*?\\[\]{}]/g, '\\$&'),
  },
])
