import { define, Fault, type FunctionTable, integer, NotKnown, text } from './definition.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "IP Network Functions". */
export const networkFunctions: FunctionTable = {
  cidrhost: define({
    parameters: [text('prefix'), integer('hostnum')],
    returns: 'string',
    call([prefix, number]) {
      const { bits, network, length } = parsePrefix(prefix)
      const size = 1n << BigInt(bits - length)
      const host = BigInt(number)
      if (host >= size || -host > size) throw new Fault(`a prefix of ${length} bits has no host ${number}`)
      return formatAddress(network + (host < 0n ? size + host : host), bits)
    },
  }),
  cidrnetmask: define({
    parameters: [text('prefix')],
    returns: 'string',
    call([prefix]) {
      const { bits, length } = parsePrefix(prefix)
      if (bits !== 32) throw new Fault('IPv6 has no netmasks')
      return formatAddress(((1n << BigInt(length)) - 1n) << BigInt(bits - length), bits)
    },
  }),
  cidrsubnet: define({
    parameters: [text('prefix'), integer('newbits'), integer('netnum')],
    returns: 'string',
    call([prefix, newBits, number]) {
      const { bits, network, length } = parsePrefix(prefix)
      const newLength = length + newBits
      if (newBits < 0 || newLength > bits) throw new Fault(`no room for ${newBits} more bits after ${length}`)
      if (number < 0 || BigInt(number) >= 1n << BigInt(newBits))
        throw new Fault(`${newBits} bits hold no network ${number}`)
      return `${formatAddress(network + (BigInt(number) << BigInt(bits - newLength)), bits)}/${newLength}`
    },
  }),
  cidrsubnets: define({
    parameters: [text('prefix')],
    variadic: integer('newbits'),
    returns: 'list',
    call: ([prefix], newBits) => consecutiveSubnets(prefix, newBits),
  }),
}

interface Prefix {
  /** 32 or 128. */
  readonly bits: 32 | 128
  readonly network: bigint
  readonly length: number
}

function consecutiveSubnets(prefix: string, newBits: readonly number[]): readonly string[] {
  const { bits, network, length } = parsePrefix(prefix)
  const end = network + (1n << BigInt(bits - length))
  let next = network
  return newBits.map((added) => {
    const newLength = length + added
    if (added < 1) throw new Fault('must extend the prefix by at least one bit')
    if (newLength > bits || added > 32) throw new Fault(`no room for ${added} more bits after ${length}`)
    const size = 1n << BigInt(bits - newLength)
    const start = ((next + size - 1n) / size) * size
    if (start + size > end) throw new Fault('not enough address space left')
    next = start + size
    return `${formatAddress(start, bits)}/${newLength}`
  })
}

function parsePrefix(text: string): Prefix {
  const match = /^([^/]+)\/(\d{1,3})$/.exec(text)
  const address = match?.[1] ?? ''
  const length = Number(match?.[2])
  const bits = address.includes(':') ? 128 : 32
  const value = bits === 32 ? parseV4(address) : parseV6(address)
  if (value === undefined || !(length <= bits)) throw new Fault('not a valid CIDR prefix')
  const hostBits = BigInt(bits - length)
  return { bits, network: (value >> hostBits) << hostBits, length }
}

/** Leading zeros are read as decimal, as Terraform still does. */
function parseV4(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)) return undefined
  return octets.reduce((total, octet) => (total << 8n) | BigInt(octet), 0n)
}

function parseV6(text: string): bigint | undefined {
  if (text.includes('.'))
    throw new NotKnown({ kind: 'unknown', reason: 'IPv4 addresses inside IPv6 are not calculated with' })
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return groups.reduce((total, group) => (total << 16n) | BigInt(`0x${group}`), 0n)
}

function formatAddress(value: bigint, bits: 32 | 128): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.')
  const groups = Array.from({ length: 8 }, (_, i) => (value >> BigInt(112 - 16 * i)) & 0xffffn)
  let best = { start: 0, length: 1 }
  for (let start = 0; start < 8; start++) {
    let length = 0
    while (start + length < 8 && groups[start + length] === 0n) length++
    if (length > best.length) best = { start, length }
  }
  const hex = groups.map((group) => group.toString(16))
  if (best.length < 2) return hex.join(':')
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`
}
