import type { Estate } from '../resources/estate.ts'
import type { Resource } from '../resources/resource.ts'
import type { Value } from '../resources/value.ts'

/** A value that lets many in: an address range, or a wildcard that a policy allows, with how wide it is. */
interface Wide {
  readonly kind: 'range' | 'Principal' | 'Action' | 'Resource'
  readonly text: string
  /** 3 everything, 2 a whole service or about half the internet, 1 a little less. */
  readonly level: 1 | 2 | 3
}

/**
 * Resources that open themselves further, or in another form: silencing a rule by `s3:?*` for `s3:*`, or by two halves of
 * the internet, is not a fix. Each wide value that was not there must take the place of one that was wider still, of its
 * own kind: fewer actions do not pay for more principals. In a policy `*` may give way to any list of lesser wildcards.
 * Policies of KMS keys are left out: there `Resource: "*"` means the key itself.
 */
export function widened(before: Estate, after: Estate): readonly string[] {
  const had = new Map(before.resources.map((resource) => [keyOf(resource), resource]))
  const found: string[] = []
  for (const resource of after.resources) {
    const old = had.get(keyOf(resource))
    if (old?.value === resource.value) continue
    const [was, is] = [old === undefined ? [] : wideIn(old), wideIn(resource)]
    const added = difference(is, was)
    const removed = difference(was, is).toSorted((a, b) => b.level - a.level)
    if (added.toSorted((a, b) => b.level - a.level).some((wide) => !replaces(wide, removed)))
      found.push(resource.address)
  }
  return found
}

/** True if a value takes the place of a wider one, which it then uses up unless that was a star. */
function replaces(wide: Wide, removed: Wide[]): boolean {
  const index = removed.findIndex(({ kind, level }) => kind === wide.kind && level > wide.level)
  const wider = removed[index]
  if (wider === undefined) return false
  if (wider.kind === 'range' || wider.level < 3) removed.splice(index, 1)
  return true
}

function keyOf({ root, address }: Resource): string {
  return `${root}\u0000${address}`
}

/** What is in the first list more often than in the second. */
function difference(list: readonly Wide[], other: readonly Wide[]): Wide[] {
  const left = new Map<string, number>()
  for (const { text } of other) left.set(text, (left.get(text) ?? 0) + 1)
  return list.filter(({ text }) => {
    const count = left.get(text) ?? 0
    left.set(text, count - 1)
    return count <= 0
  })
}

function wideIn(resource: Resource): readonly Wide[] {
  const found: Wide[] = []
  collect(resource.value, resource.type, found)
  return found
}

function collect(value: Value, type: string, found: Wide[]): void {
  switch (value.kind) {
    case 'string':
      addRange(value.value, found)
      if (value.encodes !== undefined) collectPolicy(value.encodes, type, found)
      return
    case 'unknown':
      if (value.encodes !== undefined) collectPolicy(value.encodes, type, found)
      return
    case 'list':
      for (const item of value.items) collect(item, type, found)
      return
    case 'map':
      if (isHttpsIngress(value)) return
      for (const item of value.entries.values()) collect(item, type, found)
  }
}

/** Exactly TCP port 443: letting HTTPS in where plain HTTP was is what ends plain HTTP, and silences no rule. */
function isHttpsIngress(value: Value): boolean {
  const [from, to] = [entry(value, 'from_port'), entry(value, 'to_port')]
  const protocol = entry(value, 'protocol') ?? entry(value, 'ip_protocol')
  return isNumber(from, 443) && isNumber(to, 443) && protocol?.kind === 'string' && /^(?:tcp|6)$/i.test(protocol.value)
}

function isNumber(value: Value | undefined, wanted: number): boolean {
  return (value?.kind === 'number' || value?.kind === 'string') && Number(value.value) === wanted
}

const RANGE = /^[\d.]+\/(\d{1,3})$|^[\da-f:.]*:[\da-f:.]*\/(\d{1,3})$/i

/** `0.0.0.0/0` and every spelling and part of it down to 64 networks of the size /6; private IPv6 is not the internet. */
function addRange(text: string, found: Wide[]): void {
  const match = RANGE.exec(text.trim())
  if (match === null || /^f[cd]/i.test(text.trim())) return
  const bits = Number(match[1] ?? match[2])
  const limit = match[1] === undefined ? 12 : 7
  if (bits <= limit) found.push({ kind: 'range', text: text.trim(), level: bits === 0 ? 3 : bits === 1 ? 2 : 1 })
}

function collectPolicy(policy: Value, type: string, found: Wide[]): void {
  if (type.startsWith('aws_kms')) return
  const statements = entry(policy, 'Statement')
  const list = statements?.kind === 'list' ? statements.items : statements === undefined ? [] : [statements]
  for (const statement of list) {
    const effect = entry(statement, 'Effect')
    if (effect?.kind === 'string' && effect.value === 'Deny') continue
    for (const kind of ['Principal', 'Action', 'Resource'] as const) {
      collectStars(entry(statement, kind), kind, found)
      const excluded = entry(statement, `Not${kind}`)
      // An exclusion allows everything else: as wide as a star.
      if (excluded !== undefined) found.push({ kind, text: `Not${kind}`, level: 3 })
      collectStars(excluded, kind, found)
    }
  }
}

function collectStars(value: Value | undefined, kind: 'Principal' | 'Action' | 'Resource', found: Wide[]): void {
  if (value?.kind === 'string') {
    const level = kind === 'Principal' ? principalLevel(value.value) : starLevel(value.value)
    if (level !== undefined) found.push({ kind, text: `${kind} ${value.value}`, level })
  } else if (value?.kind === 'list') {
    for (const item of value.items) collectStars(item, kind, found)
  } else if (value?.kind === 'map') {
    for (const item of value.entries.values()) collectStars(item, kind, found)
  }
}

/** Any wildcard in a principal means somebody else's accounts. */
function principalLevel(text: string): Wide['level'] | undefined {
  if (/^[*?]+$/.test(text)) return 3
  return /[*?]/.test(text) ? 2 : undefined
}

/** `*`, `*:*`, `?*`, `arn:*` are everything; `s3:*`, `s3:?*`, `s3:G*`, `arn:aws:s3:::*` a service or much of it. */
function starLevel(text: string): Wide['level'] | undefined {
  if (!/[*?]/.test(text)) return undefined
  const parts = text.split(':')
  const wild = parts.map((part) => /^[*?]*$/.test(part))
  if (parts[0] === 'arn') return arnLevel(parts, wild)
  if (wild.every(Boolean)) return 3
  const name = parts.at(-1) ?? ''
  if (wild.at(-1) === true) return 2
  const fixed = name.replace(/[*?]/g, '')
  // `s3:G*`, `s3:*t`: the alphabet in a few lines would be `s3:*` again.
  return parts.length > 1 && fixed.length <= 2 ? 1 : undefined
}

function arnLevel(parts: readonly string[], wild: readonly boolean[]): Wide['level'] | undefined {
  if (wild.at(-1) !== true) return undefined
  return parts.length < 4 || wild[2] === true ? 3 : 2
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.entries.get(key) : undefined
}
