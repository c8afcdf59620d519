/** Go's `fmt.Sprintf` over strings, integers and doubles. */
import { quote } from '../value/print.ts'
import { formatFloat } from './float.ts'

/** A bigint is one of Go's integers: `int` if it fits 64 bits, else a `big.Int`. */
export type GoValue = string | bigint | number | boolean

/** Nobody means more than this; Go has the same limit. */
const MAX_WIDTH = 1_000_000

interface Flags {
  plus: boolean
  minus: boolean
  sharp: boolean
  space: boolean
  zero: boolean
  width: number | undefined
  precision: number | undefined
}

function goTypeName(value: GoValue): string {
  switch (typeof value) {
    case 'string':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'number':
      return 'float64'
    default:
      return BigInt.asIntN(64, value) === value ? 'int' : '*big.Int'
  }
}

export function sprintf(format: string, args: readonly GoValue[]): string {
  return new Formatter(format, args).run()
}

class Formatter {
  readonly #format: string
  readonly #args: readonly GoValue[]
  #at = 0
  #next = 0
  /** An explicit index was used: then arguments that are left over are no mistake. */
  #reordered = false
  #goodIndex = true

  constructor(format: string, args: readonly GoValue[]) {
    this.#format = format
    this.#args = args
  }

  run(): string {
    let out = ''
    for (;;) {
      const percent = this.#format.indexOf('%', this.#at)
      if (percent < 0) break
      out += this.#format.slice(this.#at, percent)
      this.#at = percent + 1
      out += this.#directive()
    }
    out += this.#format.slice(this.#at)
    if (!this.#reordered && this.#next < this.#args.length) {
      const extra = this.#args.slice(this.#next).map((value) => `${goTypeName(value)}=${plainValue(value)}`)
      out += `%!(EXTRA ${extra.join(', ')})`
    }
    return out
  }

  #peek(): string {
    return this.#format[this.#at] ?? ''
  }

  #directive(): string {
    const flags = this.#flags()
    let explicit = this.#index()
    let star = this.#star(explicit)
    let out = ''
    if (star !== undefined) {
      flags.width = star.value
      out += star.error === undefined ? '' : '%!(BADWIDTH)'
      if (flags.width !== undefined && flags.width < 0) {
        flags.width = -flags.width
        flags.minus = true
        flags.zero = false
      }
      explicit = false
    } else {
      flags.width = this.#number()
      if (explicit && flags.width !== undefined) this.#goodIndex = false
    }
    if (this.#peek() === '.') {
      this.#at++
      if (explicit) this.#goodIndex = false
      explicit = this.#index()
      star = this.#star(explicit)
      if (star !== undefined) {
        const bad = star.error !== undefined || (star.value ?? 0) < 0
        flags.precision = bad ? undefined : star.value
        out += star.error === undefined ? '' : '%!(BADPREC)'
        explicit = false
      } else flags.precision = this.#number() ?? 0
    }
    if (!explicit) explicit = this.#index()
    return out + this.#verb(flags)
  }

  #verb(flags: Flags): string {
    const code = this.#format.codePointAt(this.#at)
    if (code === undefined) return '%!(NOVERB)'
    const verb = String.fromCodePoint(code)
    this.#at += verb.length
    if (verb === '%') return '%'
    if (!this.#goodIndex) return `%!${verb}(BADINDEX)`
    const value = this.#args[this.#next]
    if (value === undefined) return `%!${verb}(MISSING)`
    this.#next++
    return formatValue(value, verb, flags)
  }

  #flags(): Flags {
    const flags: Flags = {
      plus: false,
      minus: false,
      sharp: false,
      space: false,
      zero: false,
      width: undefined,
      precision: undefined,
    }
    this.#goodIndex = true
    for (; ; this.#at++) {
      switch (this.#peek()) {
        case '#':
          flags.sharp = true
          break
        case '0':
          flags.zero = true
          break
        case '+':
          flags.plus = true
          break
        case '-':
          flags.minus = true
          break
        case ' ':
          flags.space = true
          break
        default:
          return flags
      }
    }
  }

  /** `[n]`, counted from 1. True if there was one, good or bad. */
  #index(): boolean {
    if (this.#peek() !== '[') return false
    this.#reordered = true
    const close = this.#format.indexOf(']', this.#at)
    const text = close < 0 ? '' : this.#format.slice(this.#at + 1, close)
    this.#at = close < 0 ? this.#at + 1 : close + 1
    const index = /^\d+$/.test(text) ? Number(text) : 0
    if (index < 1 || index > this.#args.length) this.#goodIndex = false
    else this.#next = index - 1
    return true
  }

  #star(_explicit: boolean): { value: number | undefined; error?: true } | undefined {
    if (this.#peek() !== '*') return undefined
    this.#at++
    const value = this.#args[this.#next]
    if (this.#next < this.#args.length) this.#next++
    if (typeof value !== 'bigint' || value > MAX_WIDTH || value < -MAX_WIDTH) return { value: undefined, error: true }
    return { value: Number(value) }
  }

  #number(): number | undefined {
    const start = this.#at
    while (/\d/.test(this.#peek())) this.#at++
    if (start === this.#at) return undefined
    return Math.min(Number(this.#format.slice(start, this.#at)), MAX_WIDTH)
  }
}

function plainValue(value: GoValue): string {
  return typeof value === 'number' ? formatFloat(value, 'g', -1) : String(value)
}

/** The value is shown as by `%v`, with the same flags. */
function badVerb(value: GoValue, verb: string, flags: Flags): string {
  return `%!${verb}(${goTypeName(value).replace('*', '')}=${formatValue(value, 'v', { ...flags, sharp: false })})`
}

function formatValue(value: GoValue, verb: string, flags: Flags): string {
  if (verb === 'T') return pad(goTypeName(value), flags)
  switch (typeof value) {
    case 'string':
      return formatString(value, verb, flags)
    case 'bigint':
      // Go's big integers take the verb for strings as well.
      return formatInteger(value, verb === 's' && goTypeName(value) === '*big.Int' ? 'd' : verb, flags)
    case 'number':
      return formatDouble(value, verb, flags)
    default:
      return verb === 't' || verb === 'v' ? pad(String(value), flags) : badVerb(value, verb, flags)
  }
}

function pad(text: string, { width, minus, zero }: Flags): string {
  if (width === undefined) return text
  const missing = width - [...text].length
  if (missing <= 0) return text
  if (minus) return text + ' '.repeat(missing)
  return (zero ? '0' : ' ').repeat(missing) + text
}

function formatString(value: string, verb: string, flags: Flags): string {
  switch (verb) {
    case 'v':
      return flags.sharp ? pad(quote(truncate(value, flags)), flags) : pad(truncate(value, flags), flags)
    case 's':
      return pad(truncate(value, flags), flags)
    case 'q': {
      const text = truncate(value, flags)
      const raw = flags.sharp && !/[`\u0000-\u0008\u000a-\u001f\u007f\ufeff]/.test(text)
      return pad(raw ? `\`${text}\`` : flags.plus ? asciiQuote(text) : quote(text), flags)
    }
    case 'x':
    case 'X':
      return pad(hexString(value, verb, flags), flags)
    default:
      return badVerb(value, verb, flags)
  }
}

function asciiQuote(text: string): string {
  return quote(text).replace(/[^\x00-\x7f]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`
  })
}

function truncate(text: string, { precision }: Flags): string {
  return precision === undefined || precision >= text.length ? text : [...text].slice(0, precision).join('')
}

function hexString(value: string, verb: string, flags: Flags): string {
  const bytes = Buffer.from(value)
  const cut = flags.precision === undefined ? bytes : bytes.subarray(0, flags.precision)
  const parts = Array.from(cut, (byte) => byte.toString(16).padStart(2, '0'))
  const prefix = flags.sharp && parts.length > 0 ? '0x' : ''
  const text = flags.space ? parts.map((part) => prefix + part).join(' ') : prefix + parts.join('')
  return verb === 'X' ? text.toUpperCase() : text
}

const RADIX: Readonly<Record<string, number>> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 }

function formatInteger(value: bigint, verb: string, flags: Flags): string {
  const radix = RADIX[verb]
  if (radix === undefined) return formatRune(value, verb, flags)
  const negative = value < 0n
  let digits = (negative ? -value : value).toString(radix)
  if (verb === 'X') digits = digits.toUpperCase()
  if (flags.precision === 0 && value === 0n) return ' '.repeat(flags.width ?? 0)
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : ''
  let prefix = verb === 'O' ? '0o' : ''
  if (flags.sharp && verb !== 'v') {
    if (radix === 2) prefix = '0b'
    if (verb === 'o' && digits[0] !== '0') prefix = '0'
    if (radix === 16) prefix = verb === 'X' ? '0X' : '0x'
  }
  if (flags.precision !== undefined) digits = digits.padStart(flags.precision, '0')
  else if (flags.zero && !flags.minus && flags.width !== undefined) {
    digits = digits.padStart(flags.width - sign.length, '0')
  }
  return pad(sign + prefix + digits, { ...flags, zero: false })
}

function formatRune(value: bigint, verb: string, flags: Flags): string {
  const code = value >= 0n && value <= 0x10ffffn ? Number(value) : 0xfffd
  if (goTypeName(value) === '*big.Int') return badVerb(value, verb, flags)
  switch (verb) {
    case 'c':
      return pad(String.fromCodePoint(code), flags)
    case 'q':
      return pad(`'${quote(String.fromCodePoint(code)).slice(1, -1).replace('\\"', '"').replace("'", "\\'")}'`, flags)
    case 'U': {
      const text = `U+${(value < 0n ? BigInt.asUintN(64, value) : value).toString(16).toUpperCase().padStart(4, '0')}`
      return pad(flags.sharp ? `${text} '${String.fromCodePoint(code)}'` : text, { ...flags, zero: false })
    }
    default:
      return badVerb(value, verb, flags)
  }
}

function formatDouble(value: number, verb: string, flags: Flags): string {
  const format = verb === 'v' ? 'g' : verb === 'F' ? 'f' : verb
  if ('xXb'.includes(format)) return pad(signed(binaryFloat(value, format), flags), { ...flags, zero: false })
  if (!'eEfgG'.includes(format)) return badVerb(value, verb, flags)
  const precision = flags.precision ?? ('gG'.includes(format) ? -1 : 6)
  let text = formatFloat(value, format, precision)
  if (flags.sharp && verb !== 'v') text = sharpFloat(text, format, flags.precision)
  let sign = ''
  if (text.startsWith('-')) {
    sign = '-'
    text = text.slice(1)
  } else {
    text = text.replace('+Inf', 'Inf')
    sign = flags.plus ? '+' : flags.space ? ' ' : ''
  }
  if (text === 'Inf' || text === 'NaN')
    return pad((sign === '' && text === 'Inf' ? '+' : sign) + text, { ...flags, zero: false })
  if (flags.zero && !flags.minus && flags.width !== undefined) text = text.padStart(flags.width - sign.length, '0')
  return pad(sign + text, { ...flags, zero: false })
}

function signed(text: string, { plus, space }: Flags): string {
  return text.startsWith('-') ? text : `${plus ? '+' : space ? ' ' : ''}${text}`
}

/** Mantissa and power of two: hexadecimal, or both decimal for `b`. */
function binaryFloat(value: number, verb: string): string {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, Math.abs(value))
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const sign = value < 0 ? '-' : ''
  let mantissa = bits & 0xfffffffffffffn
  let power = biased === 0 ? -1022 : biased - 1023
  if (biased !== 0) mantissa |= 1n << 52n
  if (verb === 'b') return `${sign}${mantissa}p${power - 52 < 0 ? '-' : '+'}${Math.abs(power - 52)}`
  for (; mantissa !== 0n && mantissa < 1n << 52n; power--) mantissa <<= 1n
  if (mantissa === 0n) power = 0
  const digits = (mantissa & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '')
  const text = `0x${mantissa === 0n ? 0 : 1}${digits === '' ? '' : `.${digits}`}p${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  return sign + (verb === 'X' ? text.toUpperCase() : text)
}

/** A point in every case, and for `g` all digits of the precision. */
function sharpFloat(text: string, format: string, precision: number | undefined): string {
  const [mantissa = '', power] = text.split(/(?=e)/i)
  let out = mantissa.includes('.') ? mantissa : `${mantissa}.`
  if ('gG'.includes(format)) {
    const wanted = precision ?? 6
    const digits = out.replace(/^-?0*\.?0*|[.-]/g, '').length
    out += '0'.repeat(Math.max(0, wanted - Math.max(1, digits)))
  }
  return out + (power ?? '')
}
