import { isFields } from '../json.ts'
import { doubleText, scalarOf, timestampText } from './values.ts'

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
      return grouped(double(value, verb).toFixed(precision ?? 6))
    case 'e':
      // Whatever the precision: so does Gatekeeper.
      return scientific(double(value, verb).toExponential(6))
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

function hex(value: unknown): string {
  if (typeof value === 'string') return Buffer.from(value, 'utf8').toString('hex')
  return whole(value, 'x').toString(16)
}

function whole(value: unknown, verb: string): bigint {
  const number = scalarOf(value)
  if (typeof number === 'bigint') return number
  throw new Error(`error during formatting: %${verb} takes integers only`)
}

function double(value: unknown, verb: string): number {
  if (typeof value === 'number') return value
  throw new Error(
    `error during formatting: ${verb === 'f' ? 'fixed-point' : 'scientific'} clause can only be used on doubles`,
  )
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
  if (value instanceof Uint8Array) return textOf(Buffer.from(value).toString('utf8'), quoted)
  if (value instanceof Date) {
    const text = timestampText(value)
    return quoted ? `timestamp("${text}")` : text
  }
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`
  if (isFields(value)) {
    const entries = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${textOf(member, true)}`)
    return `{${entries.sort().join(', ')}}`
  }
  // Types have a name; durations and unsigned integers know their texts.
  if (typeof value === 'object' && 'name' in value && typeof value.name === 'string') return value.name
  return quoted && typeof scalarOf(value) === 'number' ? `duration("${String(value)}")` : String(value)
}
