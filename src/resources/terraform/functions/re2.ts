import { Fault, NotKnown } from './definition.ts'

/** A pattern in RE2's syntax, translated to JavaScript's. */
export interface Re2 {
  /** Global and Unicode-aware. */
  readonly regex: RegExp
  /** Per capturing group its name, or undefined. */
  readonly groups: readonly (string | undefined)[]
  /** Throws NotKnown if matching a text of this length could take too long: RE2 never backtracks, JavaScript does. */
  guard(length: number): void
}

/** How many ways to match there may be: 2^choices times the ways to place `loops` boundaries in the text. */
interface Cost {
  choices: number
  loops: number
}

interface Group extends Cost {
  readonly prefix: string
  readonly dotAll: boolean
  readonly multiline: boolean
  alternatives: number
}

const posixClasses: ReadonlyMap<string, string> = new Map([
  ['alnum', '0-9A-Za-z'],
  ['alpha', 'A-Za-z'],
  ['ascii', '\\x00-\\x7f'],
  ['blank', '\\t '],
  ['cntrl', '\\x00-\\x1f\\x7f'],
  ['digit', '0-9'],
  ['graph', '!-~'],
  ['lower', 'a-z'],
  ['print', ' -~'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['space', '\\t\\n\\v\\f\\r '],
  ['upper', 'A-Z'],
  ['word', '0-9A-Za-z_'],
  ['xdigit', '0-9A-Fa-f'],
])

/** RE2's `\s`, which unlike JavaScript's is ASCII only and leaves out the vertical tab. */
const space = '\\t\\n\\f\\r '

const escapeSyntax =
  /^\\(?:x\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|([0-7]{1,3})|([pP])(?:([A-Z])|\{(\^?)(\w+)\})|([\s\S]))/u
const repeatSyntax = /^(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})(\??)/

/** Throws Fault if RE2 would refuse the pattern, NotKnown if JavaScript cannot run it. */
export function translateRe2(pattern: string): Re2 {
  if (pattern.length > 2000) throw unsupported('the pattern is too long')
  const translator = new Translator(pattern)
  const source = translator.run()
  let regex: RegExp
  try {
    regex = new RegExp(source, translator.ignoreCase ? 'giu' : 'gu')
  } catch {
    throw unsupported('the pattern cannot be run here')
  }
  const { cost, nested, groups } = translator
  const anchored = /^(?:\(\?[a-z]+\))?\^/.test(pattern)
  return {
    regex,
    groups,
    guard(length) {
      if (length > 100_000) throw unsupported('the text is too long to match')
      // The number of ways to choose the loops' ends in order is a binomial coefficient.
      let steps = 2 ** cost.choices * (anchored ? 1 : length + 1)
      for (let i = 1; i <= cost.loops; i++) steps = (steps * (length + i)) / i
      if (steps > 3e8 || (nested && length > 24)) throw unsupported('matching could take too long')
    },
  }
}

function unsupported(reason: string): NotKnown {
  return new NotKnown({ kind: 'unknown', reason: `regular expression: ${reason}` })
}

class Translator {
  ignoreCase = false
  nested = false
  readonly groups: (string | undefined)[] = []
  cost: Cost = { choices: 0, loops: 0 }
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  run(): string {
    const top = this.#sequence({ prefix: '', dotAll: false, multiline: false, choices: 0, loops: 0, alternatives: 1 })
    if (this.#at < this.#pattern.length) throw new Fault('pattern: unexpected )')
    this.cost = top.cost
    return top.source
  }

  /** Up to the end of the group or pattern. */
  #sequence(opened: Group): { source: string; cost: Cost } {
    let { dotAll, multiline } = opened
    const group = { ...opened }
    let source = group.prefix
    while (this.#at < this.#pattern.length && this.#peek() !== ')') {
      const character = this.#peek()
      if (character === '|') {
        group.alternatives++
        source += '|'
        this.#at++
        continue
      }
      const flags = /^\(\?([a-zA-Z-]+)\)/.exec(this.#rest())
      if (flags !== null) {
        const atStart = this.#at === 0
        this.#at += flags[0].length
        ;({ dotAll, multiline } = this.#flags(flags[1] ?? '', { dotAll, multiline }, atStart))
        continue
      }
      const atom = this.#atom(dotAll, multiline)
      const repeated = this.#repeat(atom.cost, atom.branches)
      group.choices += repeated.cost.choices
      group.loops += repeated.cost.loops
      source += atom.source + repeated.source
    }
    return { source, cost: { choices: group.choices + Math.log2(group.alternatives), loops: group.loops } }
  }

  #peek(): string {
    return String.fromCodePoint(this.#pattern.codePointAt(this.#at) ?? 0)
  }

  #rest(): string {
    return this.#pattern.slice(this.#at)
  }

  #flags(flags: string, scope: { dotAll: boolean; multiline: boolean }, atStart: boolean) {
    if (!/^(?:[imsU]*)(?:-[imsU]+)?$/.test(flags)) throw new Fault('pattern: invalid flags')
    let { dotAll, multiline } = scope
    let on = true
    for (const flag of flags) {
      if (flag === '-') on = false
      else if (flag === 's') dotAll = on
      else if (flag === 'm') multiline = on
      else if (flag === 'i' && (on ? atStart : !this.ignoreCase)) this.ignoreCase = on
      else if (flag !== 'i' || !(on && this.ignoreCase)) throw unsupported(`the flag ${flag} cannot be applied here`)
    }
    return { dotAll, multiline }
  }

  #atom(dotAll: boolean, multiline: boolean): { source: string; cost: Cost; branches: boolean } {
    const simple = (source: string) => ({ source, cost: { choices: 0, loops: 0 }, branches: false })
    const character = this.#peek()
    if (character === '(') return { ...this.#group(dotAll, multiline), branches: true }
    if (character === '[') return simple(this.#class())
    if (character === '\\') return simple(this.#escape())
    if (/^[*+?]$/.test(character) || repeatSyntax.test(this.#rest())) throw new Fault('pattern: nothing to repeat')
    this.#at += character.length
    if (character === '.') return simple(dotAll ? '[\\s\\S]' : '[^\\n]')
    if (character === '^') return simple(multiline ? '(?<![^\\n])' : '(?<![\\s\\S])')
    if (character === '$') return simple(multiline ? '(?![^\\n])' : '(?![\\s\\S])')
    return simple(/^[{}\]/]$/.test(character) ? `\\${character}` : character)
  }

  #group(dotAll: boolean, multiline: boolean): { source: string; cost: Cost } {
    const match = /^\((?:\?(?:P?<(\w+)>|([imsU-]*):))?/.exec(this.#rest())
    const [opening = '(', name, flags] = match ?? []
    if (opening === '(' && this.#pattern[this.#at + 1] === '?')
      throw new Fault('pattern: this kind of group is not supported')
    const scope =
      flags === undefined || flags === '' ? { dotAll, multiline } : this.#flags(flags, { dotAll, multiline }, false)
    const prefix = name !== undefined ? `(?<${name}>` : flags !== undefined ? '(?:' : '('
    if (flags === undefined) {
      if (name !== undefined && this.groups.includes(name)) throw new Fault('pattern: duplicate group name')
      this.groups.push(name)
    }
    this.#at += opening.length
    const inner = this.#sequence({ prefix, ...scope, choices: 0, loops: 0, alternatives: 1 })
    if (this.#pattern[this.#at] !== ')') throw new Fault('pattern: missing )')
    this.#at++
    return { source: `${inner.source})`, cost: inner.cost }
  }

  /** A repetition after an atom, with what it makes of the atom's cost. */
  #repeat(cost: Cost, group: boolean): { source: string; cost: Cost } {
    const match = repeatSyntax.exec(this.#rest())
    if (match === null) return { source: '', cost }
    this.#at += match[0].length
    if (repeatSyntax.test(this.#rest())) throw new Fault('pattern: invalid nested repetition')
    const [source, sign, low, comma, high] = match
    const least = sign === undefined ? Number(low) : sign === '+' ? 1 : 0
    const bounded =
      sign === undefined ? (comma === undefined ? least : high === '' ? Infinity : Number(high)) : Infinity
    const most = sign === '?' ? 1 : bounded
    if (least > 1000 || (most !== Infinity && most > 1000) || most < least)
      throw new Fault('pattern: invalid repeat count')
    const simple = cost.choices === 0 && cost.loops === 0
    if (most - least > 32) {
      if (group && !simple) this.nested = true
      return { source, cost: { choices: cost.choices, loops: cost.loops + 1 } }
    }
    return { source, cost: { choices: cost.choices * most + Math.log2(most - least + 1), loops: cost.loops * most } }
  }

  #class(): string {
    const opening = /^\[\^?/.exec(this.#rest())?.[0] ?? '['
    this.#at += opening.length
    let source = opening
    let first = true
    while (first || this.#peek() !== ']') {
      if (this.#at >= this.#pattern.length) throw new Fault('pattern: missing ]')
      const posix = /^\[:(\^?)(\w+):\]/.exec(this.#rest())
      const character = this.#peek()
      if (posix !== null) {
        const members = posixClasses.get(posix[2] ?? '')
        if (members === undefined) throw new Fault('pattern: invalid character class')
        if (posix[1] === '^') throw unsupported('negated classes inside classes cannot be run here')
        source += members
        this.#at += posix[0].length
      } else if (character === '\\') {
        source += this.#escape(true)
      } else {
        const literalDash = character === '-' && (first || this.#pattern[this.#at + 1] === ']')
        source += literalDash || /^[[\]\\^]$/.test(character) ? `\\${character}` : character
        this.#at += character.length
      }
      first = false
    }
    this.#at++
    return `${source}]`
  }

  #escape(inClass = false): string {
    const match = escapeSyntax.exec(this.#rest())
    if (match === null) throw new Fault('pattern: trailing backslash or invalid escape')
    const [whole, braced, hex, octal, property, short, negated, long, letter = ''] = match
    if (letter === 'Q' && !inClass) return this.#quoted()
    this.#at += whole.length
    if (octal !== undefined) {
      if (!octal.startsWith('0') && octal.length === 1) throw new Fault('pattern: RE2 has no backreferences')
      return codePoint(Number.parseInt(octal, 8))
    }
    if (braced !== undefined || hex !== undefined) return codePoint(Number.parseInt(braced ?? hex ?? '', 16))
    if (property !== undefined) {
      const kind = negated === '^' ? (property === 'p' ? 'P' : 'p') : property
      const name = short ?? long ?? ''
      return `\\${kind}{${name.length <= 2 ? name : `Script=${name}`}}`
    }
    return this.#letter(letter, inClass)
  }

  #letter(letter: string, inClass: boolean): string {
    if (/^[dDwWfnrtv]$/.test(letter) || (!inClass && /^[bB]$/.test(letter))) return `\\${letter}`
    if (letter === 's') return inClass ? space : `[${space}]`
    if (letter === 'S' && !inClass) return `[^${space}]`
    if (letter === 'a') return '\\x07'
    if (letter === 'A' && !inClass) return '(?<![\\s\\S])'
    if (letter === 'z' && !inClass) return '(?![\\s\\S])'
    if (letter === 'S' || letter === 'C') throw unsupported(`\\${letter} cannot be run here`)
    if (/^[a-zA-Z0-9]$/.test(letter) || letter.charCodeAt(0) > 0x7f) throw new Fault('pattern: invalid escape')
    return /^[\^$\\.*+?()[\]{}|/]$/.test(letter) || (inClass && letter === '-') ? `\\${letter}` : letter
  }

  #quoted(): string {
    const end = this.#pattern.indexOf('\\E', this.#at + 2)
    const text = this.#pattern.slice(this.#at + 2, end < 0 ? undefined : end)
    this.#at = end < 0 ? this.#pattern.length : end + 2
    return text === '' ? '(?:)' : text.replaceAll(/[\^$\\.*+?()[\]{}|/]/g, '\\$&')
  }
}

function codePoint(value: number): string {
  if (value > 0x10ffff) throw new Fault('pattern: invalid escape')
  return `\\u{${value.toString(16)}}`
}
