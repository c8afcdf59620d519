import { formatFloat } from '../../rego/go/float.ts'
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator'
import { doubleText, entriesOf, isMap, scalarOf, timestampText } from './values.ts'

/** `"%s runs as %d".format([name, uid])`: the verbs of cel-go's strings extension. Throws an `Error` for others. */
export function formatCel(template: string, args: readonly unknown[]): string {
  let next = 0
  return template.replaceAll(/%(?:\.(\d+))?(.?)/gs, (_, precision: string | undefined, verb: string) => {
    if (verb === '%') return '%'
    if (next >= args.length) throw new Error(`index ${next} out of range`)
    const value = args[next++]
    return formatOne(verb, value, precision === undefined ? undefined : Number(precision))
  })
}

function formatOne(verb: string, value: unknown, precision: number | undefined): string {
  switch (verb) {
    case 's':
      return textOf(value, false)
    case 'd':
      return String(whole(value, verb))
    case 'f':
      return grouped(fixed(double(value, verb), precision ?? 6))
    case 'e':
      // Whatever the precision: so does Gatekeeper.
      return scientific(formatFloat(double(value, verb), 'e', 6))
    case 'b':
      return typeof value === 'boolean' ? String(Number(value)) : whole(value, verb).toString(2)
    case 'o':
      return whole(value, verb).toString(8)
    case 'x':
      return hex(value)
    case 'X':
      return hex(value).toUpperCase()
    default:
      throw new Error(`could not parse formatting clause: unrecognized formatting clause "${verb}"`)
  }
}

function fixed(value: number, precision: number): string {
  return Number.isFinite(value) ? formatFloat(value, 'f', precision) : doubleText(value)
}

function hex(value: unknown): string {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex')
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex')
  return whole(value, 'x').toString(16)
}

function whole(value: unknown, verb: string): bigint {
  const number = scalarOf(value)
  if (typeof number === 'bigint') return number
  throw unfit(INTEGER_CLAUSES[verb] ?? 'decimal', 'integers', value)
}

function double(value: unknown, verb: string): number {
  if (typeof value === 'number') return value
  throw unfit(verb === 'f' ? 'fixed-point' : 'scientific', 'doubles', value)
}

const INTEGER_CLAUSES: Readonly<Record<string, string>> = { b: 'binary', d: 'decimal', o: 'octal', x: 'hex' }

function unfit(clause: string, fits: string, value: unknown): Error {
  return new Error(
    `error during formatting: ${clause} clause can only be used on ${fits}, was given ${typeName(value)}`,
  )
}

function typeName(value: unknown): string {
  if (value === null) return 'null_type'
  if (Array.isArray(value)) return 'list'
  if (isMap(value)) return 'map'
  if (value instanceof Uint8Array) return 'bytes'
  const names: Readonly<Record<string, string>> = { bigint: 'int', number: 'double', boolean: 'bool', string: 'string' }
  return names[typeof value] ?? 'object'
}

/** As English writes large numbers: `1,234.50`. */
function grouped(text: string): string {
  const [whole = '', fraction] = text.split('.')
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return fraction === undefined ? parts : `${parts}.${fraction}`
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/** `1.200000×10⁰³`. */
function scientific(text: string): string {
  const [mantissa = '', exponent = ''] = text.split('e')
  const digits = exponent.replace(/[+-]/, '').padStart(2, '0')
  const raised = [...digits].map((digit) => SUPERSCRIPTS[Number(digit)]).join('')
  return `${mantissa}\u00d710${exponent.startsWith('-') ? '⁻' : ''}${raised}`
}

/** @param quoted inside of lists and maps, texts have quotes */
function textOf(value: unknown, quoted: boolean): string {
  if (typeof value === 'string') return quoted ? JSON.stringify(value) : value
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return quoted ? value.toFixed(6) : doubleText(value)
  if (value instanceof Uint8Array) return textOf(new TextDecoder('utf-8', { fatal: true }).decode(value), quoted)
  if (value instanceof Date) {
    const text = timestampText(value)
    return quoted ? `timestamp("${text}")` : text
  }
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`
  if (isMap(value)) {
    const entries = Array.from(entriesOf(value), ([key, member]) => `${textOf(key, true)}:${textOf(member, true)}`)
    return `{${entries.sort().join(', ')}}`
  }
  if (value instanceof Duration) return quoted ? `duration("${String(value)}")` : String(value)
  if (value instanceof UnsignedInt) return String(value)
  // Types have a name.
  if (typeof value === 'object' && 'name' in value && typeof value.name === 'string') return value.name
  throw unfit('string', 'strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps', value)
}
