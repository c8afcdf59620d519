/** A block of addresses. */
interface Block {
  readonly family: 4 | 6
  readonly first: bigint
  readonly end: bigint
}

/** What can be reached from outside: all of IPv4, and the global unicast range of IPv6 (RFC 4291). */
const INTERNET: Readonly<Record<4 | 6, { readonly first: bigint; readonly end: bigint }>> = {
  4: { first: 0n, end: 1n << 32n },
  6: { first: 1n << 125n, end: 1n << 126n },
}

/**
 * True if the blocks together hold half of the internet or more: `0.0.0.0/0`, `::/0`, or the same cut into pieces
 * (`0.0.0.0/1` and `128.0.0.0/1`), as people write it to get past a check for `/0`.
 */
export function isInternet(cidrs: readonly string[]): boolean {
  const blocks = cidrs.map(parseCidr).filter((block) => block !== undefined)
  return ([4, 6] as const).some((family) => {
    const { first, end } = INTERNET[family]
    return (
      covered(
        blocks.filter((block) => block.family === family),
        first,
        end,
      ) *
        2n >=
      end - first
    )
  })
}

/** The index of the largest of the blocks. */
export function widest(cidrs: readonly string[]): number {
  let best = 0
  for (const [i, cidr] of cidrs.entries()) if (share(cidr) > share(cidrs[best] ?? '')) best = i
  return best
}

/** Per million of its address family. */
function share(cidr: string): bigint {
  const block = parseCidr(cidr)
  return block === undefined ? -1n : ((block.end - block.first) * 1_000_000n) >> (block.family === 4 ? 32n : 128n)
}

function covered(blocks: readonly Block[], from: bigint, to: bigint): bigint {
  let total = 0n
  let at = from
  for (const block of blocks.toSorted((a, b) => (a.first < b.first ? -1 : 1))) {
    const start = block.first > at ? block.first : at
    const end = block.end < to ? block.end : to
    if (end <= start) continue
    total += end - start
    at = end
  }
  return total
}

/** The prefix length that a text ends in: `32` of `/32`. */
export function prefixLength(text: string): number | undefined {
  const match = /\/(\d{1,3})$/.exec(text.trim())
  return match === null ? undefined : Number(match[1])
}

/** Undefined if it is not an address block. Bits behind the prefix are ignored, as AWS does. */
export function parseCidr(text: string): Block | undefined {
  const [address = ''] = text.trim().split('/')
  const family = address.includes(':') ? 6 : 4
  const bits = family === 4 ? 32 : 128
  const value = family === 4 ? ipv4(address) : ipv6(address)
  const prefix = text.includes('/') ? prefixLength(text) : bits
  if (value === undefined || prefix === undefined || prefix > bits) return undefined
  const size = 1n << BigInt(bits - prefix)
  const first = (value / size) * size
  return { family, first, end: first + size }
}

function ipv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return undefined
  return parts.reduce((sum, part) => (sum << 8n) + BigInt(part), 0n)
}

function ipv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map(groups)
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (halves.length === 1 ? missing !== 0 : missing < 0) return undefined
  return [...head, ...Array.from({ length: missing }, () => 0n), ...(tail ?? [])].reduce(
    (sum, group) => (sum << 16n) + group,
    0n,
  )
}

function groups(text: string): bigint[] | undefined {
  const result: bigint[] = []
  for (const part of text === '' ? [] : text.split(':')) {
    const mapped = part.includes('.') ? ipv4(part) : undefined
    if (mapped !== undefined) result.push(mapped >> 16n, mapped & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) result.push(BigInt(`0x${part}`))
    else return undefined
  }
  return result
}

/** True for a block that holds a good part of the internet by itself: wider than any network that somebody owns. */
export function isWide(cidr: string): boolean {
  const block = parseCidr(cidr)
  if (block === undefined) return false
  return block.family === 4 ? block.end - block.first > 1n << 24n : block.end - block.first > 1n << 112n
}
