import { isFields } from '../json.ts'
import { scalarOf } from './values.ts'

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
      return decimal(value, verb).toFixed(precision ?? 6)
    case 'e':
      return decimal(value, verb)
        .toExponential(precision ?? 6)
        .replace(/e([+-])(\d)$/, 'e$10$2')
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

function decimal(value: unknown, verb: string): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  throw new Error(`error during formatting: %${verb} takes numbers only`)
}

/** @param quoted inside of lists and maps, texts have quotes */
function textOf(value: unknown, quoted: boolean): string {
  if (typeof value === 'string') return quoted ? JSON.stringify(value) : value
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean' || typeof value === 'bigint' || typeof value === 'number') return String(value)
  if (value instanceof Date) return value.toISOString().replace('.000Z', 'Z')
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`
  if (isFields(value)) {
    const entries = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${textOf(member, true)}`)
    return `{${entries.sort().join(', ')}}`
  }
  // Durations, unsigned integers and types know their texts.
  return String(value)
}
