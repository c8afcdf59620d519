import type { ListValue, UnknownValue, Value } from '../../value.ts'
import { formatNumber, list, str, toStringValue, unknownFrom } from './convert.ts'
import {
  define,
  Fault,
  type FunctionTable,
  known,
  NotKnown,
  raw,
  readBool,
  readNumber,
  readText,
  text,
} from './definition.ts'
import { graphemes } from './grapheme.ts'
import { encodeJson, quoteJson } from './json.ts'
import { mergeParts } from './string.ts'

/** `format` and `formatlist`: https://developer.hashicorp.com/terraform/language/functions/format */
export const formatFunctions: FunctionTable = {
  format: define({
    parameters: [text('format')],
    variadic: raw('args'),
    returns: 'string',
    refine: ([format, ...args]) => (format?.kind === 'string' ? { parts: formatParts(format.value, args) } : undefined),
    call([format], args) {
      return whole(formatParts(format, args))
    },
  }),
  formatlist: define({
    parameters: [text('format')],
    variadic: raw('args'),
    returns: 'list',
    call: ([format], args) => formatEach(format, args),
  }),
}

type Part = string | UnknownValue

function whole(parts: readonly Part[]): string {
  const open = parts.find((part) => typeof part !== 'string')
  if (open !== undefined) throw new NotKnown(open)
  return parts.join('')
}

function formatEach(format: string, args: readonly Value[]): Value {
  const lists = args.filter((arg): arg is ListValue => arg.kind === 'list')
  const open = lists.map((value) => value.rest).find((rest) => rest !== undefined)
  const closed = lists.filter((value) => value.rest === undefined)
  if (new Set(closed.map((value) => value.items.length)).size > 1) throw new Fault('the lists differ in length')
  // What is unknown as a whole may turn out to be a list.
  for (const arg of args) if (arg.kind === 'unknown' && !isScalarType(arg)) throw new NotKnown(arg)
  const count = lists.length === 0 ? 1 : Math.min(...lists.map((value) => value.items.length))
  const rows = Array.from({ length: count }, (_, i): Value => {
    const row = args.map((arg) => (arg.kind === 'list' ? (arg.items[i] ?? arg) : arg))
    const parts = formatParts(format, row)
    const hole = parts.find((part) => typeof part !== 'string')
    if (hole === undefined) return str(parts.join(''))
    return { ...unknownFrom(hole, 'string', true), parts }
  })
  return list(rows, open === undefined || closed.length > 0 ? undefined : unknownFrom(open, 'string', true))
}

function isScalarType({ type, candidates }: UnknownValue): boolean {
  if (type !== undefined) return type !== 'list'
  return candidates?.every((candidate) => candidate.kind !== 'list' && candidate.kind !== 'unknown') ?? false
}

const verbSyntax = /^%([ +#0-]*)(\d*)(?:\.(\d*))?(?:\[(\d+)\])?([a-zA-Z%])/

interface Verb {
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
  readonly mode: string
}

/** The text with holes where arguments are unknown. Throws Fault for wrong verbs and arguments. */
function formatParts(format: string, args: readonly Value[]): Part[] {
  const parts: Part[] = []
  let next = 0
  let highest = 0
  let at = 0
  while (at < format.length) {
    const percent = format.indexOf('%', at)
    parts.push(format.slice(at, percent < 0 ? undefined : percent))
    if (percent < 0) break
    const match = verbSyntax.exec(format.slice(percent))
    if (match === null) throw new Fault('format: invalid verb')
    const [source, flags = '', width = '', precision, index, mode = ''] = match
    at = percent + source.length
    if (mode === '%') {
      parts.push('%')
      continue
    }
    next = index === undefined ? next + 1 : Number(index)
    highest = Math.max(highest, next)
    const arg = args[next - 1]
    if (arg === undefined) throw new Fault(`format: there is no argument ${next}`)
    if (Number(width) > 10_000 || Number(precision) > 100) throw new RangeError('the width is too large')
    const verb: Verb = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      mode,
    }
    parts.push(formatArgument(verb, arg))
  }
  if (highest < args.length) throw new Fault('format: too many arguments')
  return mergeParts(parts)
}

function formatArgument(verb: Verb, arg: Value): Part {
  try {
    return pad(verb, formatVerb(verb, arg), arg)
  } catch (error) {
    if (!(error instanceof NotKnown)) throw error
    const plain = (verb.mode === 's' || (verb.mode === 'v' && !verb.flags.includes('#'))) && verb.width === 0
    const converted = plain && verb.precision === undefined && error.cause === arg ? toStringValue(arg) : arg
    const hole = plain && converted.kind === 'unknown' && converted.type === 'string' && arg.kind === 'unknown'
    // `%v` prints unusual things for collections and large numbers, so only texts keep what is known of them.
    if (hole && (verb.mode === 's' || arg.type === 'string')) return { ...converted, notNull: true }
    return unknownFrom(error.cause, 'string', true)
  }
}

function pad({ flags, width, mode }: Verb, text: string, arg: Value): string {
  const missing = mode === 't' ? 0 : width - graphemes(text).length
  if (missing <= 0) return text
  if (flags.includes('-')) return text + ' '.repeat(missing)
  if (!flags.includes('0')) return ' '.repeat(missing) + text
  const sign = arg.kind !== 'string' && /^[+ -]/.test(text) ? text.slice(0, 1) : ''
  return sign + '0'.repeat(missing) + text.slice(sign.length)
}

function formatVerb(verb: Verb, arg: Value): string {
  const { mode, precision, flags } = verb
  switch (mode) {
    case 'v':
      if (flags.includes('#')) return encodeJson(arg)
      if (arg.kind === 'null') return 'null'
      if (arg.kind === 'list' || arg.kind === 'map') return encodeJson(arg)
      return arg.kind === 'number' ? general(arg.value, undefined) : readText(arg)
    case 's': {
      const value = readText(arg)
      return precision === undefined ? value : graphemes(value).slice(0, precision).join('')
    }
    case 'q':
      return quoteJson(readText(arg))
    case 't':
      return String(readBool(arg))
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X':
      return formatInteger(verb, readNumber(arg))
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return formatFloat(verb, readNumber(arg))
    default:
      known(arg)
      throw new Fault(`format: unsupported verb %${mode}`)
  }
}

const radixes: ReadonlyMap<string, number> = new Map([
  ['b', 2],
  ['d', 10],
  ['o', 8],
  ['x', 16],
  ['X', 16],
])

function formatInteger({ mode, flags, precision }: Verb, value: number): string {
  if (!Number.isInteger(value)) throw new Fault('format: a whole number is required')
  const digits = BigInt(formatNumber(Math.abs(value))).toString(radixes.get(mode) ?? 10)
  const prefix = !flags.includes('#') ? '' : mode === 'o' ? '0' : mode === 'd' ? '' : `0${mode}`
  const text = prefix + (mode === 'X' ? digits.toUpperCase() : digits).padStart(precision ?? 0, '0')
  return signed(value, flags, text)
}

function formatFloat({ mode, flags, precision }: Verb, value: number): string {
  const size = Math.abs(value)
  const text =
    mode === 'f'
      ? fixed(size, precision ?? 6)
      : /[eE]/.test(mode)
        ? exponent(size.toExponential(precision ?? 6))
        : general(size, precision)
  return signed(value, flags, mode === 'E' || mode === 'G' ? text.toUpperCase() : text)
}

function signed(value: number, flags: string, text: string): string {
  if (value < 0) return `-${text}`
  return flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text
}

/** Halves that are exact in binary go to the even neighbour in Go, upwards in JavaScript. */
function fixed(value: number, precision: number): string {
  const scaled = value * 10 ** precision
  if (value < 1e15 && scaled % 1 === 0.5 && scaled / 10 ** precision === value && Math.floor(scaled) % 2 === 0) {
    return (Math.floor(scaled) / 10 ** precision).toFixed(precision)
  }
  return value >= 1e21
    ? formatNumber(value) + (precision > 0 ? `.${'0'.repeat(precision)}` : '')
    : value.toFixed(precision)
}

/** Go writes at least two digits of exponent. */
function exponent(text: string): string {
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

/** Go's `%g`: with an exponent if that is less than -4, or not less than the precision (or 6). */
function general(value: number, precision: number | undefined): string {
  const scientific = precision === undefined ? value.toExponential() : value.toExponential(Math.max(precision, 1) - 1)
  const [mantissa = '', power = '0'] = scientific.split('e')
  const limit = precision === undefined ? 6 : Math.max(precision, 1)
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  if (Number(power) < -4 || Number(power) >= limit) return exponent(`${short}e${power}`)
  return formatNumber(Number(scientific))
}
