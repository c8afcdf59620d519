import { compileCached, groupText, RegexError, type Regex } from '../regex/regex.ts'
import type { Value } from '../value/value.ts'
import { BuiltinError, define, intOperand, stringOperand, operand, type BuiltinContext, stepper } from './builtin.ts'
import { globsIntersect } from './glob-intersection.ts'
import { arrayOf, boolean, number, string } from './types.ts'

const PATTERN = ['pattern', string, "an expression in RE2's syntax"] as const
const SUBJECT = ['value', string, 'the string to search'] as const

function compiled(source: string): Regex {
  try {
    return compileCached(source)
  } catch (error) {
    if (error instanceof RegexError) throw new BuiltinError(error.message)
    throw error
  }
}

function match(args: readonly Value[], context: BuiltinContext): Value {
  const pattern = stringOperand(args, 0)
  const text = stringOperand(args, 1)
  return compiled(pattern).test(text, stepper(context))
}

function isValid(value: Value): boolean {
  if (typeof value !== 'string') return false
  try {
    compileCached(value)
    return true
  } catch (error) {
    if (error instanceof RegexError) return false
    throw error
  }
}

function find(args: readonly Value[], context: BuiltinContext, groups: boolean): Value {
  const pattern = stringOperand(args, 0)
  const text = stringOperand(args, 1)
  const limit = intOperand(args, 2)
  return compiled(pattern)
    .findAll(text, limit, stepper(context))
    .map((found) =>
      groups
        ? Array.from({ length: found.length / 2 }, (_, group) => groupText(text, found, group))
        : groupText(text, found, 0),
    )
}

function replace(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringOperand(args, 0)
  const pattern = stringOperand(args, 1)
  return compiled(pattern).replace(text, stringOperand(args, 2), stepper(context))
}

/** What stands between the delimiters are expressions, the rest is text. */
function templateSource(template: string, open: string, close: string): string {
  const unbalanced = () => new BuiltinError(`unbalanced braces in ${JSON.stringify(template)}`)
  let source = '^'
  let level = 0
  let start = 0
  for (let at = 0; at < template.length; at++) {
    const character = template[at]
    if (character === open) {
      if (++level === 1) {
        source += quoteMeta(template.slice(start, at))
        start = at + 1
      }
    } else if (character === close) {
      if (--level < 0) throw unbalanced()
      if (level === 0) {
        const expression = template.slice(start, at)
        compiled(`^${expression}$`)
        source += `(${expression})`
        start = at + 1
      }
    }
  }
  if (level !== 0) throw unbalanced()
  return `${source}${quoteMeta(template.slice(start))}$`
}

function quoteMeta(text: string): string {
  return text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&')
}

function templateMatch(args: readonly Value[], context: BuiltinContext): Value {
  const template = stringOperand(args, 0)
  const text = stringOperand(args, 1)
  const open = stringOperand(args, 2)
  const close = stringOperand(args, 3)
  for (const [which, delimiter] of [
    ['start', open],
    ['end', close],
  ] as const) {
    const length = Buffer.byteLength(delimiter)
    if (length !== 1) {
      throw new BuiltinError(`${which} delimiter has to be exactly one character long but is ${length} long`)
    }
  }
  return compiled(templateSource(template, open, close)).test(text, stepper(context))
}

export const regex = define('regex', [
  {
    name: 'regex.match',
    args: [PATTERN, SUBJECT],
    result: [boolean, 'whether it matches somewhere'],
    description: 'Whether an expression matches a string or a part of it.',
    evaluate: match,
  },
  {
    name: 're_match',
    args: [PATTERN, SUBJECT],
    result: [boolean, 'whether it matches somewhere'],
    description: 'The old name of `regex.match`.',
    deprecated: 'use `regex.match`',
    evaluate: match,
  },
  {
    name: 'regex.is_valid',
    args: [PATTERN],
    result: [boolean, 'whether it can be compiled'],
    description: 'Whether a string is an expression.',
    evaluate: (args) => isValid(operand(args, 0)),
  },
  {
    name: 'regex.split',
    args: [PATTERN, SUBJECT],
    result: [arrayOf(string), 'what stands between the matches'],
    description: 'Splits a string at the matches of an expression.',
    evaluate: (args, context) => {
      const pattern = stringOperand(args, 0)
      const text = stringOperand(args, 1)
      return compiled(pattern).split(text, stepper(context))
    },
  },
  {
    name: 'regex.find_n',
    args: [PATTERN, SUBJECT, ['number', number, 'how many to give; -1 for all']],
    result: [arrayOf(string), 'the matches'],
    description: 'The matches of an expression, without overlaps.',
    evaluate: (args, context) => find(args, context, false),
  },
  {
    name: 'regex.find_all_string_submatch_n',
    args: [PATTERN, SUBJECT, ['number', number, 'how many to give; -1 for all']],
    result: [arrayOf(arrayOf(string)), 'for each match its text and the texts of its groups'],
    description: 'The matches of an expression with their groups.',
    evaluate: (args, context) => find(args, context, true),
  },
  {
    name: 'regex.replace',
    args: [
      ['s', string, 'the string to search'],
      ['pattern', string, "an expression in RE2's syntax"],
      ['value', string, 'what to put there; `$1`, `${1}` and `$name` stand for groups'],
    ],
    result: [string, 'the string with all matches replaced'],
    description: 'Replaces the matches of an expression.',
    evaluate: replace,
  },
  {
    name: 'regex.template_match',
    args: [
      ['template', string, 'text with expressions between delimiters'],
      ['value', string, 'the string to match'],
      ['delimiter_start', string, 'one character'],
      ['delimiter_end', string, 'one character'],
    ],
    result: [boolean, 'whether the whole string matches'],
    description: 'Matches a string with a template such as `urn:{.*}`.',
    evaluate: templateMatch,
  },
  {
    name: 'regex.globs_match',
    args: [
      ['glob1', string, 'characters, `.` and sets, each perhaps with `*` or `+`'],
      ['glob2', string, 'another one'],
    ],
    result: [boolean, 'whether some string, not empty, matches both'],
    description: 'Whether two simple expressions have a match in common.',
    evaluate: (args, context) => globsIntersect(stringOperand(args, 0), stringOperand(args, 1), stepper(context)),
  },
])
