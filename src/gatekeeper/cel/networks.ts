/** Kubernetes' functions over addresses and networks: `ip("10.0.0.1")`, `cidr("10.0.0.0/8")`. */
import { isIPv4, isIPv6 } from 'node:net'
import type { Environment } from '@marcbachmann/cel-js'

class Ip {
  readonly bits: 32 | 128
  readonly number: bigint

  constructor(number: bigint, bits: 32 | 128) {
    this.number = number
    this.bits = bits
  }

  static parse(text: string): Ip {
    if (isIPv4(text)) return new Ip(v4Number(text), 32)
    if (!isIPv6(text)) {
      throw new Error(
        `IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
      )
    }
    if (text.includes('%')) throw new Error(`IP address ${JSON.stringify(text)} with zone value is not allowed`)
    const number = v6Number(text)
    if (number >> 32n === 0xffffn) throw mapped(text)
    return new Ip(number, 128)
  }

  /** Whether the first bits are those. */
  begins(prefix: bigint, length: number): boolean {
    return this.number >> BigInt(this.bits - length) === prefix
  }

  get isUnspecified(): boolean {
    return this.number === 0n
  }

  get isLoopback(): boolean {
    return this.bits === 32 ? this.begins(127n, 8) : this.number === 1n
  }

  get isLinkLocalUnicast(): boolean {
    return this.bits === 32 ? this.begins(0xa9fen, 16) : this.begins(0xfe80n >> 6n, 10)
  }

  get isLinkLocalMulticast(): boolean {
    // The second four bits of an address of version 6 are flags.
    return this.bits === 32 ? this.begins(0xe00000n, 24) : ((this.number >> 112n) & 0xff0fn) === 0xff02n
  }

  get isGlobalUnicast(): boolean {
    const multicast = this.bits === 32 ? this.begins(0xen, 4) : this.begins(0xffn, 8)
    const broadcast = this.bits === 32 && this.number === 0xffffffffn
    return !(this.isUnspecified || this.isLoopback || this.isLinkLocalUnicast || multicast || broadcast)
  }

  toString(): string {
    if (this.bits === 32) return [24n, 16n, 8n, 0n].map((by) => (this.number >> by) & 0xffn).join('.')
    const groups = Array.from({ length: 8 }, (_, at) => Number((this.number >> BigInt(112 - 16 * at)) & 0xffffn))
    const text = groups.map((group) => group.toString(16)).join(':')
    // The longest run of zeros goes, the first of several, if it is longer than one.
    const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)].sort((a, b) => b[0].length - a[0].length)
    const [run] = runs
    if (run === undefined) return text
    return `${text.slice(0, run.index).replace(/:$/, '')}::${text.slice(run.index + run[0].length).replace(/^:/, '')}`
  }
}

function v4Number(text: string): bigint {
  return text.split('.').reduce((number, part) => number * 256n + BigInt(part), 0n)
}

function v6Number(text: string): bigint {
  const dotted = /\d+\.\d+\.\d+\.\d+$/.exec(text)?.[0]
  const low = dotted === undefined ? 0n : v4Number(dotted)
  const hex =
    dotted === undefined
      ? text
      : `${text.slice(0, -dotted.length)}${(low >> 16n).toString(16)}:${(low & 0xffffn).toString(16)}`
  const [head = '', tail] = hex.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0')
  return [...before, ...zeros, ...after].reduce((number, group) => number * 65536n + BigInt(`0x${group}`), 0n)
}

function mapped(text: string): Error {
  return new Error(`IPv4-mapped IPv6 address ${JSON.stringify(text)} is not allowed`)
}

class Cidr {
  readonly ip: Ip
  readonly prefix: number

  constructor(ip: Ip, prefix: number) {
    this.ip = ip
    this.prefix = prefix
  }

  static parse(text: string): Cidr {
    const fault = 'network address parse error during conversion from string: '
    const slash = text.lastIndexOf('/')
    const bad = (why: string): Error => new Error(`${fault}${fault}netip.ParsePrefix(${JSON.stringify(text)}): ${why}`)
    if (slash < 0) throw bad("no '/'")
    const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)]
    if (address.includes('%')) throw bad('IPv6 zones cannot be present in a prefix')
    if (!isIPv4(address) && !isIPv6(address)) throw bad(`ParseAddr(${JSON.stringify(address)}): unable to parse IP`)
    if (!/^(?:0|[1-9]\d{0,2})$/.test(bits)) throw bad(`bad bits after slash: ${JSON.stringify(bits)}`)
    const number = isIPv4(address) ? v4Number(address) : v6Number(address)
    const ip = new Ip(number, isIPv4(address) ? 32 : 128)
    if (Number(bits) > ip.bits) throw bad('prefix length out of range')
    if (ip.bits === 128 && number >> 32n === 0xffffn) throw new Error(fault + mapped(text).message)
    return new Cidr(ip, Number(bits))
  }

  get network(): bigint {
    return this.ip.number >> BigInt(this.ip.bits - this.prefix)
  }

  get masked(): Cidr {
    const host = BigInt(this.ip.bits - this.prefix)
    return new Cidr(new Ip((this.ip.number >> host) << host, this.ip.bits), this.prefix)
  }

  contains(ip: Ip): boolean {
    return ip.bits === this.ip.bits && ip.begins(this.network, this.prefix)
  }

  toString(): string {
    return `${String(this.ip)}/${this.prefix}`
  }
}

function parses(parse: () => unknown): boolean {
  try {
    return parse() !== undefined
  } catch {
    return false
  }
}

/** What `ip.isCanonical` is called on. */
class IpNamespace {
  readonly name = 'ip'
}

export function registerNetworks(env: Environment): void {
  const sync = { async: false }
  env.registerType('IP', Ip)
  env.registerType('CIDR', Cidr)
  env.registerType('IpNamespace', IpNamespace)
  env.registerConstant('ip', 'IpNamespace', new IpNamespace())
  env.registerFunction('ip(string): IP', Ip.parse, sync)
  env.registerFunction('isIP(string): bool', (text: string) => parses(() => Ip.parse(text)), sync)
  env.registerFunction(
    'IpNamespace.isCanonical(string): bool',
    (_: unknown, text: string) => String(Ip.parse(text)) === text,
    sync,
  )
  env.registerFunction('IP.family(): int', ({ bits }: Ip) => (bits === 32 ? 4n : 6n), sync)
  const kind = (name: string, test: (ip: Ip) => boolean): void => {
    env.registerFunction(`IP.${name}(): bool`, test, sync)
  }
  kind('isUnspecified', (ip) => ip.isUnspecified)
  kind('isLoopback', (ip) => ip.isLoopback)
  kind('isLinkLocalUnicast', (ip) => ip.isLinkLocalUnicast)
  kind('isLinkLocalMulticast', (ip) => ip.isLinkLocalMulticast)
  kind('isGlobalUnicast', (ip) => ip.isGlobalUnicast)
  env.registerOperator('IP == IP', (a: Ip, b: Ip) => a.bits === b.bits && a.number === b.number)

  env.registerFunction('cidr(string): CIDR', Cidr.parse, sync)
  env.registerFunction('isCIDR(string): bool', (text: string) => parses(() => Cidr.parse(text)), sync)
  env.registerFunction('CIDR.ip(): IP', ({ ip }: Cidr) => ip, sync)
  env.registerFunction('CIDR.masked(): CIDR', ({ masked }: Cidr) => masked, sync)
  env.registerFunction('CIDR.prefixLength(): int', ({ prefix }: Cidr) => BigInt(prefix), sync)
  const holds = (cidr: Cidr, other: Cidr): boolean => other.prefix >= cidr.prefix && cidr.contains(other.ip)
  env.registerFunction('CIDR.containsIP(IP): bool', (cidr: Cidr, ip: Ip) => cidr.contains(ip), sync)
  env.registerFunction(
    'CIDR.containsIP(string): bool',
    (cidr: Cidr, text: string) => cidr.contains(Ip.parse(text)),
    sync,
  )
  env.registerFunction('CIDR.containsCIDR(CIDR): bool', holds, sync)
  env.registerFunction(
    'CIDR.containsCIDR(string): bool',
    (cidr: Cidr, text: string) => holds(cidr, Cidr.parse(text)),
    sync,
  )
  env.registerOperator('CIDR == CIDR', (a: Cidr, b: Cidr) => String(a) === String(b))
  for (const type of ['IP', 'CIDR']) env.registerFunction(`k8s_string(${type}): string`, String, sync)
}
