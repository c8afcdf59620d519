import { isArray, RegoObject, RegoSet, SetBuilder, type Value } from '../value/value.ts'
import {
  BuiltinError,
  define,
  itemsOperand,
  operand,
  stringOperand,
  wrongOperand,
  type BuiltinContext,
} from './builtin.ts'
import { any, anyArray, anyOf, arrayOf, boolean, objectOf, setOf, string, tuple } from './types.ts'

/** An address or the first of a range: 32 or 128 bits. An IPv4 address in the form of IPv6 counts as IPv4. */
interface Address {
  readonly bits: 32 | 128
  readonly value: bigint
}

interface Network extends Address {
  readonly prefix: number
  readonly text: string
}

function parseV4(text: string): bigint | undefined {
  const match = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/.exec(text)
  if (match === null) return undefined
  const bytes = match.slice(1).map(Number)
  if (bytes.some((byte) => byte > 255)) return undefined
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

function parseV6(text: string): bigint | undefined {
  let body = text
  const v4 = /(?:^|:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (v4 !== null) {
    const value = parseV4(v4[1] ?? '')
    if (value === undefined) return undefined
    body = `${text.slice(0, text.length - (v4[1] ?? '').length)}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`
  }
  const halves = body.split('::')
  if (halves.length > 2) return undefined
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const [head = [], tail = []] = groups
  const given = head.length + tail.length
  if (halves.length === 1 ? given !== 8 : given > 7) return undefined
  const all = [...head, ...Array.from({ length: 8 - given }, () => '0'), ...tail]
  if (!all.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group))) return undefined
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

function parseAddress(text: string): Address | undefined {
  return remembered(addresses, text, readAddress)
}

function readAddress(text: string): Address | undefined {
  if (!text.includes(':')) {
    const value = parseV4(text)
    return value === undefined ? undefined : { bits: 32, value }
  }
  const value = parseV6(text)
  if (value === undefined) return undefined
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value }
}

/** Policies ask about the same few ranges again and again. */
const networks = new Map<string, Network>()
const addresses = new Map<string, Address | undefined>()
const MAX_KNOWN = 1000

function remembered<T>(known: Map<string, T>, text: string, read: (text: string) => T): T {
  const found = known.get(text)
  if (found !== undefined) return found
  const value = read(text)
  if (known.size >= MAX_KNOWN) known.clear()
  if (text.length < 100) known.set(text, value)
  return value
}

function parseNetwork(text: string): Network {
  return remembered(networks, text, readNetwork)
}

function readNetwork(text: string): Network {
  const invalid = (): BuiltinError => new BuiltinError(`invalid CIDR address: ${text}`)
  const slash = text.lastIndexOf('/')
  const written = text.slice(0, Math.max(slash, 0))
  const address = slash < 0 ? undefined : parseAddress(written)
  const length = text.slice(slash + 1)
  if (address === undefined || !/^(?:0|[1-9]\d{0,2})$/.test(length)) throw invalid()
  const wide = written.includes(':')
  const prefix = Number(length) - (wide && address.bits === 32 ? 96 : 0)
  if (Number(length) > (wide ? 128 : 32)) throw invalid()
  if (prefix < 0) return network(128, (0xffffn << 32n) | address.value, Number(length))
  return network(address.bits, address.value, prefix)
}

function network(bits: 32 | 128, value: bigint, prefix: number): Network {
  const host = BigInt(bits - prefix)
  const first = (value >> host) << host
  return { bits, value: first, prefix, text: `${formatAddress({ bits, value: first })}/${prefix}` }
}

function last({ bits, value, prefix }: Network): bigint {
  return value | ((1n << BigInt(bits - prefix)) - 1n)
}

function formatAddress({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16))
  let best = { start: -1, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (groups[start + length] === '0') length++
    if (length > best.length) best = { start, length }
  }
  if (best.start < 0) return groups.join(':')
  return `${groups.slice(0, best.start).join(':')}::${groups.slice(best.start + best.length).join(':')}`
}

function holds(outer: Network, { bits, value }: Address): boolean {
  return outer.bits === bits && value >= outer.value && value <= last(outer)
}

function contains(outer: string, inner: string): boolean {
  const range = parseNetwork(outer)
  const address = parseAddress(inner)
  if (address !== undefined) return holds(range, address)
  let other: Network
  try {
    other = parseNetwork(inner)
  } catch {
    throw new BuiltinError(`not a valid textual representation of an IP address or CIDR: ${JSON.stringify(inner)}`)
  }
  return holds(range, other) && holds(range, { bits: other.bits, value: last(other) })
}

/** The ranges of an operand, each with what stands for it in the result. */
function* ranges(args: readonly Value[], index: number): Iterable<readonly [string, Value]> {
  const value = operand(args, index)
  const textOf = (item: Value): string => {
    const text = isArray(item) ? item[0] : item
    if (text === undefined || (!isArray(item) && typeof text !== 'string')) {
      throw new BuiltinError(`operand ${index + 1}: element must be string or non-empty array`)
    }
    if (typeof text !== 'string') throw wrongOperand(0, text, 'string')
    return text
  }
  if (typeof value === 'string') yield [value, value]
  else if (isArray(value)) for (const [at, item] of value.entries()) yield [textOf(item), at]
  else if (value instanceof RegoSet) for (const item of value) yield [textOf(item), item]
  else if (value instanceof RegoObject) for (const [key, item] of value) yield [textOf(item), key]
}

function containsMatches(args: readonly Value[], context: BuiltinContext): Value {
  const result = new SetBuilder()
  const inner = [...ranges(args, 1)]
  for (const [outer, key] of ranges(args, 0)) {
    for (const [text, other] of inner) {
      context.budget.step(1)
      if (contains(outer, text)) result.add([key, other])
    }
  }
  return result.build()
}

function expand(args: readonly Value[], context: BuiltinContext): Value {
  const range = parseNetwork(stringOperand(args, 0))
  const count = 1n << BigInt(range.bits - range.prefix)
  context.budget.step(count > 1_000_000_000n ? Infinity : Number(count))
  const result = new SetBuilder()
  for (let offset = 0n; offset < count; offset++) {
    result.add(formatAddress({ bits: range.bits, value: range.value + offset }))
  }
  return result.build()
}

interface Span {
  readonly bits: 32 | 128
  readonly first: bigint
  readonly last: bigint
  /** As it was written, while it stands alone. */
  readonly text: string | undefined
}

/** An address without a prefix is the whole network of its class, as in the early days. */
function spanOf(item: Value): Span {
  if (typeof item !== 'string') throw new BuiltinError('element must be string')
  const address = parseAddress(item)
  if (address === undefined) {
    const range = parseNetwork(item)
    return { bits: range.bits, first: range.value, last: last(range), text: range.text }
  }
  if (address.bits === 128) throw new BuiltinError('IPv6 invalid: needs prefix length')
  const top = Number(address.value >> 24n)
  const prefix = top < 128 ? 8 : top < 192 ? 16 : 24
  const range = network(32, address.value, prefix)
  return { bits: 32, first: range.value, last: last(range), text: `${formatAddress(address)}/${prefix}` }
}

function merge(args: readonly Value[]): Value {
  const spans = itemsOperand(args, 0)
    .map(spanOf)
    .sort((a, b) => a.bits - b.bits || compare(a.first, b.first) || compare(a.last, b.last))
  const merged: Span[] = []
  for (const span of spans) {
    const previous = merged.at(-1)
    if (previous !== undefined && previous.bits === span.bits && span.first <= previous.last + 1n) {
      const end = span.last > previous.last ? span.last : previous.last
      merged[merged.length - 1] = { ...previous, last: end, text: undefined }
    } else merged.push(span)
  }
  return RegoSet.of(merged.flatMap((span) => (span.text === undefined ? networksOf(span) : [span.text])))
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** The fewest networks that cover a span. */
function networksOf({ bits, first, last: end }: Span): string[] {
  const texts: string[] = []
  for (let at = first; at <= end;) {
    let host = 0
    while (host < bits && (at & ((1n << BigInt(host + 1)) - 1n)) === 0n && at + (1n << BigInt(host + 1)) - 1n <= end)
      host++
    texts.push(network(bits, at, bits - host).text)
    at += 1n << BigInt(host)
  }
  return texts
}

function isNetwork(value: Value): boolean {
  if (typeof value !== 'string') return false
  try {
    parseNetwork(value)
    return true
  } catch {
    return false
  }
}

/** Without a name server: an address is itself, and `localhost` is the loopback (RFC 6761). */
function lookUpAddress(name: string): Value {
  const address = parseAddress(name)
  if (address !== undefined) return RegoSet.of([formatAddress(address)])
  if (/^(?:.*\.)?localhost\.?$/i.test(name)) return RegoSet.of(['127.0.0.1', '::1'])
  throw new BuiltinError(`lookup ${name}: evaluation is offline, only addresses and localhost can be looked up`)
}

const RANGE = anyOf(string, arrayOf(any))
const RANGES = anyOf(string, arrayOf(RANGE), setOf(RANGE), objectOf(string, RANGE))
const TWO = [
  ['cidr', string, 'a range of addresses'],
  ['cidr_or_ip', string, 'a range or an address'],
] as const

export const net = define('net', [
  {
    name: 'net.cidr_contains',
    args: TWO,
    result: [boolean, 'whether it is in the range'],
    description: 'Whether a range of addresses holds an address or a whole other range.',
    evaluate: (args) => contains(stringOperand(args, 0), stringOperand(args, 1)),
  },
  {
    name: 'net.cidr_overlap',
    args: TWO,
    result: [boolean, 'whether it is in the range'],
    description: 'The old name of `net.cidr_contains`.',
    deprecated: 'use `net.cidr_contains`',
    evaluate: (args) => contains(stringOperand(args, 0), stringOperand(args, 1)),
  },
  {
    name: 'net.cidr_contains_matches',
    args: [
      ['cidrs', RANGES, 'one or more ranges'],
      ['cidrs_or_ips', RANGES, 'one or more ranges or addresses'],
    ],
    result: [setOf(tuple(any, any)), 'pairs of what holds and what is held: indexes, keys or members'],
    description: 'Finds which ranges hold which addresses.',
    evaluate: containsMatches,
  },
  {
    name: 'net.cidr_intersects',
    args: [
      ['cidr1', string, 'a range'],
      ['cidr2', string, 'another range'],
    ],
    result: [boolean, 'whether they have an address in common'],
    description: 'Whether two ranges of addresses overlap.',
    evaluate: (args) => {
      const a = parseNetwork(stringOperand(args, 0))
      const b = parseNetwork(stringOperand(args, 1))
      return holds(a, b) || holds(b, a)
    },
  },
  {
    name: 'net.cidr_is_valid',
    args: [['cidr', string, 'a string']],
    result: [boolean, 'whether it is a range'],
    description: 'Whether a string is a range of addresses such as `10.0.0.0/8`.',
    evaluate: (args) => isNetwork(operand(args, 0)),
  },
  {
    name: 'net.cidr_expand',
    args: [['cidr', string, 'a range']],
    result: [setOf(string), 'its addresses'],
    description: 'All addresses of a range.',
    evaluate: expand,
  },
  {
    name: 'net.lookup_ip_addr',
    args: [['name', string, 'an address, or `localhost`']],
    result: [setOf(string), 'its addresses'],
    description: 'Looks up addresses without a name server: other names than `localhost` are an error.',
    nondeterministic: true,
    evaluate: (args) => lookUpAddress(stringOperand(args, 0)),
  },
  {
    name: 'net.cidr_merge',
    args: [['addrs', anyOf(anyArray, setOf(string)), 'ranges and addresses']],
    result: [setOf(string), 'the fewest ranges that cover the same'],
    description: 'Merges ranges that overlap or touch.',
    evaluate: merge,
  },
])
