/** Kubernetes' functions over URLs, addresses and networks. */
import { BlockList, isIP, isIPv4 } from 'node:net'
import type { Environment } from '@marcbachmann/cel-js'

function parseUrl(text: string): URL | undefined {
  // As Go's ParseRequestURI: absolute, or a path.
  if (text.startsWith('/')) return URL.canParse(text, 'path://x') ? new URL(text, 'path://x') : undefined
  return /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(text) && URL.canParse(text) ? new URL(text) : undefined
}

function url(text: string): URL {
  const parsed = parseUrl(text)
  if (parsed === undefined)
    throw new Error(`URL parse error during conversion from string: parse "${text}": invalid URI for request`)
  return parsed
}

export function registerUrls(env: Environment): void {
  env.registerType('URL', URL)
  env.registerFunction('url(string): URL', url)
  env.registerFunction('isURL(string): bool', (text: string) => parseUrl(text) !== undefined)
  env.registerFunction('URL.getScheme(): string', ({ protocol }: URL) =>
    protocol === 'path:' ? '' : protocol.slice(0, -1),
  )
  env.registerFunction('URL.getHost(): string', ({ host, protocol }: URL) => (protocol === 'path:' ? '' : host))
  env.registerFunction('URL.getHostname(): string', ({ hostname, protocol }: URL) =>
    protocol === 'path:' ? '' : hostname.replace(/^\[(.*)\]$/, '$1'),
  )
  env.registerFunction('URL.getPort(): string', ({ port }: URL) => port)
  env.registerFunction('URL.getEscapedPath(): string', ({ pathname }: URL) => pathname)
  env.registerFunction('URL.getQuery(): map<string, list<string>>', ({ searchParams }: URL) => {
    const query: Record<string, string[]> = {}
    for (const key of new Set(searchParams.keys())) query[key] = searchParams.getAll(key)
    return query
  })
  registerNetworks(env)
}

class Ip {
  readonly text: string

  constructor(text: string) {
    if (isIP(text) === 0) throw new Error(`IP Address "${text}" parse error during conversion from string`)
    this.text = text
  }

  get family(): 'ipv4' | 'ipv6' {
    return isIPv4(this.text) ? 'ipv4' : 'ipv6'
  }
}

class Cidr {
  readonly ip: Ip
  readonly prefix: number
  readonly #list = new BlockList()

  constructor(text: string) {
    const [address = '', prefix = ''] = text.split('/')
    const bits = isIPv4(address) ? 32 : 128
    if (isIP(address) === 0 || !/^\d{1,3}$/.test(prefix) || Number(prefix) > bits) {
      throw new Error(`CIDR "${text}" parse error during conversion from string`)
    }
    this.ip = new Ip(address)
    this.prefix = Number(prefix)
    this.#list.addSubnet(address, this.prefix, this.ip.family)
  }

  contains(ip: Ip): boolean {
    return ip.family === this.ip.family && this.#list.check(ip.text, ip.family)
  }
}

function isCidr(text: string): boolean {
  try {
    return new Cidr(text).prefix >= 0
  } catch {
    return false
  }
}

function registerNetworks(env: Environment): void {
  env.registerType('IP', Ip)
  env.registerType('CIDR', Cidr)
  env.registerFunction('ip(string): IP', (text: string) => new Ip(text))
  env.registerFunction('isIP(string): bool', (text: string) => isIP(text) !== 0)
  env.registerFunction('IP.family(): int', (ip: Ip) => (ip.family === 'ipv4' ? 4n : 6n))
  env.registerFunction('cidr(string): CIDR', (text: string) => new Cidr(text))
  env.registerFunction('isCIDR(string): bool', isCidr)
  env.registerFunction('CIDR.prefixLength(): int', (cidr: Cidr) => BigInt(cidr.prefix))
  env.registerFunction('CIDR.ip(): IP', (cidr: Cidr) => cidr.ip)
  env.registerFunction('CIDR.containsIP(IP): bool', (cidr: Cidr, ip: Ip) => cidr.contains(ip))
  env.registerFunction('CIDR.containsIP(string): bool', (cidr: Cidr, ip: string) => cidr.contains(new Ip(ip)))
}
