import { toBigFloat, truncateFloat } from '../number/big-float.ts'
import { Decimal, isInteger, parseNumber, toBigInt, toDouble, type Numeric } from '../number/decimal.ts'
import { sprintf, type GoValue } from '../go/format.ts'
import { countText, replaceAll, splitText, toLower, toUpper, trimLeft, trimRight, trimSpace } from '../go/strings.ts'
import { printValue } from '../value/print.ts'
import { isArray, RegoSet, type Value } from '../value/value.ts'
import {
  arrayOperand,
  BuiltinError,
  define,
  intOperand,
  numberOperand,
  objectOperand,
  operand,
  OperandError,
  stringOperand,
  stringsOperand,
  wrongOperand,
  type BuiltinContext,
  type Declaration,
  stepper,
} from './builtin.ts'
import { anyArray, anyOf, arrayOf, boolean, nil, number, objectOf, setOf, string } from './types.ts'

const TEXTS = anyOf(string, arrayOf(string), setOf(string))
const ASCII = /^[\x00-\x7f]*$/

function onText(name: string, description: string, result: string, change: (text: string) => string): Declaration {
  return {
    name,
    args: [['x', string, 'a string']],
    result: [string, result],
    description,
    evaluate: (args) => change(stringOperand(args, 0)),
  }
}

function onTwo(
  name: string,
  other: readonly [string, string],
  result: string,
  description: string,
  change: (text: string, other: string) => string,
): Declaration {
  return {
    name,
    args: [
      ['value', string, 'the string to trim'],
      [other[0], string, other[1]],
    ],
    result: [string, result],
    description,
    evaluate: (args) => change(stringOperand(args, 0), stringOperand(args, 1)),
  }
}

function test(
  name: string,
  args: Declaration['args'],
  description: string,
  accept: (text: string, other: string) => boolean,
): Declaration {
  return {
    name,
    args,
    result: [boolean, 'whether it is so'],
    description,
    evaluate: (operands) => accept(stringOperand(operands, 0), stringOperand(operands, 1)),
  }
}

/** One string, or those of an array or set. */
function texts(args: readonly Value[], index: number): readonly string[] {
  const value = operand(args, index)
  if (typeof value === 'string') return [value]
  if (isArray(value) || value instanceof RegoSet) return stringsOperand(args, index)
  throw wrongOperand(index, value, ['string', 'set', 'array'])
}

function anyMatch(accept: (text: string, affix: string) => boolean): Declaration['evaluate'] {
  return (args, context) => {
    const searched = texts(args, 0)
    const affixes = texts(args, 1)
    context.budget.step(searched.length * affixes.length)
    return searched.some((text) => affixes.some((affix) => accept(text, affix)))
  }
}

function positions(text: string, part: string, all: boolean): number[] {
  if (part === '') throw new BuiltinError('empty search character')
  const found: number[] = []
  const plain = ASCII.test(text)
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
    found.push(plain ? at : Array.from(text.slice(0, at)).length)
    if (!all) break
  }
  return found
}

function substring(args: readonly Value[]): Value {
  const text = stringOperand(args, 0)
  const start = intOperand(args, 1)
  const length = intOperand(args, 2)
  if (start < 0) throw new BuiltinError('negative offset')
  const stop = length < 0 ? undefined : start + length
  return ASCII.test(text) ? text.slice(start, stop) : [...text].slice(start, stop).join('')
}

/** Behind a negative count stand the last parts. */
function splitN(args: readonly Value[]): Value {
  const text = stringOperand(args, 0)
  const separator = stringOperand(args, 1)
  const count = intOperand(args, 2)
  if (count >= 0) return splitText(text, separator, count + 1).slice(0, count)
  return splitText(text, separator).slice(count)
}

function replaceMany(args: readonly Value[], context: BuiltinContext): Value {
  const patterns = objectOperand(args, 0)
  const text = stringOperand(args, 1)
  const pairs: [string, string][] = []
  for (const [key, value] of patterns) {
    if (typeof key !== 'string') throw new OperandError('operand 1 non-string key found in pattern object')
    if (typeof value !== 'string') throw new OperandError('operand 1 non-string value found in pattern object')
    pairs.push([key, value])
  }
  return pairs.length === 0 ? text : replaceAll(text, pairs, stepper(context))
}

function concat(args: readonly Value[], { budget }: BuiltinContext): Value {
  const separator = stringOperand(args, 0)
  const parts = stringsOperand(args, 1, ['set', 'array'])
  let length = separator.length * parts.length
  for (const part of parts) length += part.length
  if (length > 1000) budget.step(length >> 4)
  return parts.join(separator)
}

function formatInt(args: readonly Value[]): Value {
  const value = numberOperand(args, 0)
  const base = numberOperand(args, 1)
  if (typeof base !== 'number' || ![2, 8, 10, 16].includes(base)) {
    throw new OperandError('operand 2 must be one of {2, 8, 10, 16}')
  }
  return (toBigInt(value) ?? truncateFloat(toBigFloat(value))).toString(base)
}

function goValue(value: Value): GoValue {
  if (typeof value === 'string') return value
  if (typeof value !== 'number' && !(value instanceof Decimal)) return printValue(value)
  if (typeof value !== 'number' && /[.e]/i.test(value.text)) {
    const double = toDouble(value)
    return Number.isFinite(double) ? double : value.text
  }
  return isInteger(value) ? (toBigInt(value) ?? 0n) : toDouble(value)
}

function toNumber(value: Value): Numeric {
  if (value === null || value === false) return 0
  if (value === true) return 1
  if (typeof value === 'number' || value instanceof Decimal) return value
  if (typeof value !== 'string') throw wrongOperand(0, value, ['null', 'boolean', 'number', 'string'])
  if (/^[+-]*(inf|infinity|nan)$/i.test(value)) throw wrongOperand(0, value, 'valid number string')
  const invalid = (why: string) => new BuiltinError(`strconv.ParseFloat: parsing ${JSON.stringify(value)}: ${why}`)
  const match = /^([+-]?)(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.exec(value)
  if (match === null) throw invalid('invalid syntax')
  const mantissa = (match[2] ?? '').replace(/^\./, '0.').replace(/\.$/, '')
  const result = parseNumber(`${match[1] === '-' ? '-' : ''}${mantissa}${match[3] ?? ''}`)
  if (result === undefined || !Number.isFinite(toDouble(result))) throw invalid('value out of range')
  return result
}

export const strings = define('strings', [
  onText('lower', 'Turns capitals into small letters.', 'the string in small letters', toLower),
  onText('upper', 'Turns small letters into capitals.', 'the string in capitals', toUpper),
  onText('trim_space', 'Takes white space off both ends.', 'the string without it', trimSpace),
  onText('strings.reverse', 'Turns a string round, character by character.', 'the string backwards', (text) =>
    [...text].toReversed().join(''),
  ),
  onTwo(
    'trim',
    ['cutset', 'the characters to take off'],
    'what is left',
    'Takes characters off both ends.',
    (text, cut) => trimRight(trimLeft(text, cut), cut),
  ),
  onTwo(
    'trim_left',
    ['cutset', 'the characters to take off'],
    'what is left',
    'Takes characters off the start.',
    trimLeft,
  ),
  onTwo(
    'trim_right',
    ['cutset', 'the characters to take off'],
    'what is left',
    'Takes characters off the end.',
    trimRight,
  ),
  onTwo('trim_prefix', ['prefix', 'a start'], 'the string without it', 'Takes a prefix off, once.', (text, prefix) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  onTwo('trim_suffix', ['suffix', 'an end'], 'the string without it', 'Takes a suffix off, once.', (text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  test(
    'contains',
    [
      ['haystack', string, 'where to look'],
      ['needle', string, 'what to look for'],
    ],
    'Whether a string is part of another.',
    (text, part) => text.includes(part),
  ),
  test(
    'startswith',
    [
      ['search', string, 'where to look'],
      ['base', string, 'the start'],
    ],
    'Whether a string starts with another.',
    (text, base) => text.startsWith(base),
  ),
  test(
    'endswith',
    [
      ['search', string, 'where to look'],
      ['base', string, 'the end'],
    ],
    'Whether a string ends with another.',
    (text, base) => text.endsWith(base),
  ),
  {
    name: 'strings.any_prefix_match',
    args: [
      ['search', TEXTS, 'one or more strings'],
      ['base', TEXTS, 'one or more starts'],
    ],
    result: [boolean, 'whether one string starts with one of them'],
    description: 'Whether any of some strings starts with any of some others.',
    evaluate: anyMatch((text, affix) => text.startsWith(affix)),
  },
  {
    name: 'strings.any_suffix_match',
    args: [
      ['search', TEXTS, 'one or more strings'],
      ['base', TEXTS, 'one or more ends'],
    ],
    result: [boolean, 'whether one string ends with one of them'],
    description: 'Whether any of some strings ends with any of some others.',
    evaluate: anyMatch((text, affix) => text.endsWith(affix)),
  },
  {
    name: 'strings.count',
    args: [
      ['search', string, 'where to look'],
      ['substring', string, 'what to count'],
    ],
    result: [number, 'how often it is there, without overlaps'],
    description: 'Counts how often a string is in another.',
    evaluate: (args) => countText(stringOperand(args, 0), stringOperand(args, 1)),
  },
  {
    name: 'indexof',
    args: [
      ['haystack', string, 'where to look'],
      ['needle', string, 'what to look for'],
    ],
    result: [number, 'the first place, from 0; -1 if there is none'],
    description: 'Finds the first place of a string in another, counted in characters.',
    evaluate: (args) => positions(stringOperand(args, 0), stringOperand(args, 1), false)[0] ?? -1,
  },
  {
    name: 'indexof_n',
    args: [
      ['haystack', string, 'where to look'],
      ['needle', string, 'what to look for'],
    ],
    result: [arrayOf(number), 'all places, overlapping ones too'],
    description: 'Finds all places of a string in another.',
    evaluate: (args) => positions(stringOperand(args, 0), stringOperand(args, 1), true),
  },
  {
    name: 'substring',
    args: [
      ['value', string, 'a string'],
      ['offset', number, 'where to begin, from 0'],
      ['length', number, 'how many characters; negative for the rest'],
    ],
    result: [string, 'the part'],
    description: 'A part of a string, counted in characters.',
    evaluate: substring,
  },
  {
    name: 'split',
    args: [
      ['x', string, 'a string'],
      ['delimiter', string, 'what stands between the parts'],
    ],
    result: [arrayOf(string), 'the parts'],
    description: 'Splits a string; an empty delimiter parts the characters.',
    evaluate: (args) => splitText(stringOperand(args, 0), stringOperand(args, 1)),
  },
  {
    name: 'strings.split_n',
    args: [
      ['x', string, 'a string'],
      ['delimiter', string, 'what stands between the parts'],
      ['n', number, 'how many parts to give; negative for the last ones'],
    ],
    result: [arrayOf(string), 'the first or the last parts'],
    description: 'Splits a string and gives some of the parts.',
    evaluate: splitN,
  },
  {
    name: 'concat',
    args: [
      ['delimiter', string, 'what to put between'],
      ['collection', anyOf(arrayOf(string), setOf(string)), 'the strings'],
    ],
    result: [string, 'all in one'],
    description: 'Joins strings; those of a set in order.',
    evaluate: concat,
  },
  {
    name: 'replace',
    args: [
      ['x', string, 'a string'],
      ['old', string, 'what to replace'],
      ['new', string, 'what to put there'],
    ],
    result: [string, 'the string with all replaced'],
    description: 'Replaces every place of a string in another.',
    evaluate: (args, context) =>
      replaceAll(stringOperand(args, 0), [[stringOperand(args, 1), stringOperand(args, 2)]], stepper(context)),
  },
  {
    name: 'strings.replace_n',
    args: [
      ['patterns', objectOf(string, string), 'what to replace by what'],
      ['value', string, 'a string'],
    ],
    result: [string, 'the string with all replaced'],
    description: 'Replaces several strings in one go; what was put in is not searched again.',
    evaluate: replaceMany,
  },
  {
    name: 'format_int',
    args: [
      ['number', number, 'a number; a fraction is cut off'],
      ['base', number, '2, 8, 10 or 16'],
    ],
    result: [string, 'its digits in that base'],
    description: 'Writes an integer in another base.',
    evaluate: formatInt,
  },
  {
    name: 'sprintf',
    args: [
      ['format', string, "text with verbs of Go's fmt package"],
      ['values', anyArray, 'what the verbs stand for'],
    ],
    result: [string, 'the text with the values in it'],
    description: 'Fills a format with values.',
    evaluate: (args, context) => {
      const text = sprintf(stringOperand(args, 0), arrayOperand(args, 1).map(goValue))
      context.budget.step(text.length >> 6)
      return text
    },
  },
  {
    name: 'internal.template_string',
    args: [['parts', anyArray, 'text and values']],
    result: [string, 'all in one'],
    description: 'Stands for an interpolated string.',
    evaluate: (args) => {
      let text = ''
      for (const part of arrayOperand(args, 0)) {
        const value = part instanceof RegoSet ? part.sorted()[0] : part
        text += value === undefined ? '<undefined>' : typeof value === 'string' ? value : printValue(value)
      }
      return text
    },
  },
])

export const conversions = define('conversions', [
  {
    name: 'to_number',
    args: [['x', anyOf(number, string, boolean, nil), 'what to convert']],
    result: [number, 'the number; 0 for null and false, 1 for true'],
    description: 'Turns a string, boolean or null into a number.',
    evaluate: (args) => toNumber(operand(args, 0)),
  },
])
