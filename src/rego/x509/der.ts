/** Reads the distinguished encoding of ASN.1. */

export class DerError extends Error {}

export interface Element {
  /** The first byte: class, whether it is made of others, and number. */
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly raw: Buffer
}

/** One element at the start; what follows it is left. */
export function readElement(data: Buffer, at = 0): Element {
  const tag = data[at]
  const first = data[at + 1]
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError('malformed')
  let start = at + 2
  let length = first
  if (first >= 0x80) {
    const count = first & 0x7f
    if (count === 0 || count > 4 || start + count > data.length) throw new DerError('malformed')
    length = data.readUIntBE(start, count)
    start += count
  }
  if (start + length > data.length) throw new DerError('malformed')
  return { tag, content: data.subarray(start, start + length), raw: data.subarray(at, start + length) }
}

/** The elements that stand one behind the other. */
export function readAll(data: Buffer): Element[] {
  const elements: Element[] = []
  for (let at = 0; at < data.length;) {
    const element = readElement(data, at)
    elements.push(element)
    at += element.raw.length
  }
  return elements
}

/** The parts of a sequence or set. */
export function parts({ tag, content }: Element): Element[] {
  if ((tag & 0x20) === 0) throw new DerError('malformed')
  return readAll(content)
}

export function oid({ content }: Element): number[] {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if ((byte & 0x80) === 0) {
      numbers.push(value)
      value = 0
    }
  }
  const [first = 0, ...rest] = numbers
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...rest]
}

export function integer({ content }: Element): bigint {
  if (content.length === 0) throw new DerError('malformed')
  const value = BigInt(`0x${content.toString('hex')}`)
  return ((content[0] ?? 0) & 0x80) === 0 ? value : value - (1n << BigInt(content.length * 8))
}

/** The bytes of a bit string. */
export function bits({ content }: Element): Buffer {
  return content.subarray(1)
}

export function isTrue(element: Element | undefined): boolean {
  return element?.tag === 1 && element.content[0] !== 0
}

export function text({ tag, content }: Element): string {
  if (tag === 0x1e) return Buffer.from(content).swap16().toString('utf16le')
  return tag === 0x14 ? content.toString('latin1') : content.toString('utf8')
}

/** In the form of RFC 3339. */
export function time(element: Element): string {
  const digits = element.content.toString('latin1')
  const full = element.tag === 0x17 ? `${Number(digits.slice(0, 2)) >= 50 ? '19' : '20'}${digits}` : digits
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/.exec(full)
  if (match === null) throw new DerError('malformed time')
  return `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}:${match[6] ?? '00'}Z`
}
