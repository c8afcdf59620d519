/** Doubles as Go writes them (`strconv.FormatFloat`). */

interface Decimals {
  /** No zeros at the end; empty for zero. */
  readonly digits: string
  /** The point stands behind this many digits. */
  readonly point: number
}

/** All digits that a finite, positive double has. */
function exactDigits(value: number): Decimals {
  if (value === 0) return { digits: '', point: 0 }
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const fraction = bits & 0xfffffffffffffn
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n)
  const exponent = (biased === 0 ? 1 : biased) - 1075
  const whole = exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)
  const text = whole.toString()
  return { digits: text.replace(/0+$/, ''), point: text.length - Math.max(0, -exponent) }
}

function shortestDigits(value: number): Decimals {
  if (value === 0) return { digits: '', point: 0 }
  const [mantissa = '', power = '0'] = value.toExponential().split('e')
  return { digits: mantissa.replace('.', '').replace(/0+$/, ''), point: Number(power) + 1 }
}

/** Keeps a number of digits; halves go to the even one. */
function roundDigits({ digits, point }: Decimals, kept: number): Decimals {
  if (kept < 0) return { digits: '', point: 0 }
  if (digits.length <= kept) return { digits, point }
  const head = digits.slice(0, kept)
  const rest = digits.slice(kept)
  const odd = kept > 0 && (digits.charCodeAt(kept - 1) & 1) === 1
  if (rest < '5' || (rest === '5' && !odd)) return { digits: head.replace(/0+$/, ''), point }
  const raised = (BigInt(head === '' ? '0' : head) + 1n).toString().padStart(kept, '0')
  return { digits: raised.replace(/0+$/, ''), point: point + raised.length - kept }
}

/** `format` is one of `e f g` or their capitals; a precision of -1 means the shortest that reads back. */
export function formatFloat(value: number, format: string, precision: number): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Infinity) return sign === '' ? '+Inf' : '-Inf'
  const kind = format.toLowerCase()
  const shortest = precision < 0
  if (kind === 'g') return sign + general(size, format, precision)
  const all = shortest ? shortestDigits(size) : exactDigits(size)
  if (kind === 'f') {
    const places = shortest ? Math.max(0, all.digits.length - all.point) : precision
    return sign + plain(shortest ? all : roundDigits(all, all.point + places), places)
  }
  const kept = shortest ? all : roundDigits(all, precision + 1)
  return sign + exponential(kept, shortest ? Math.max(0, all.digits.length - 1) : precision, format)
}

function general(size: number, format: string, precision: number): string {
  const shortest = precision < 0
  const wanted = precision === 0 ? 1 : precision
  const all = shortest ? shortestDigits(size) : roundDigits(exactDigits(size), wanted)
  const length = Math.max(1, all.digits.length)
  let limit = wanted
  if (limit > length && length >= all.point) limit = length
  if (shortest) limit = 6
  const power = all.digits === '' ? 0 : all.point - 1
  if (power < -4 || power >= limit) {
    return exponential(all, length - 1, format === 'G' ? 'E' : 'e')
  }
  return plain(all, Math.max(0, all.digits.length - all.point))
}

function plain({ digits, point }: Decimals, places: number): string {
  const whole = point <= 0 ? '0' : digits.slice(0, point).padEnd(point, '0')
  if (places <= 0) return whole
  const fraction = point < 0 ? '0'.repeat(-point) + digits : digits.slice(Math.max(0, point))
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`
}

function exponential({ digits, point }: Decimals, places: number, format: string): string {
  const power = digits === '' ? 0 : point - 1
  const fraction = places > 0 ? `.${digits.slice(1, places + 1).padEnd(places, '0')}` : ''
  const exponent = String(Math.abs(power)).padStart(2, '0')
  return `${digits[0] ?? '0'}${fraction}${format}${power < 0 ? '-' : '+'}${exponent}`
}
