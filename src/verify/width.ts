import type { Estate } from '../resources/estate.ts'
import type { Resource } from '../resources/resource.ts'
import type { Value } from '../resources/value.ts'

/** A value that lets many in: an address range, or a wildcard that a policy allows, with how wide it is. */
interface Wide {
  readonly text: string
  /** 3 everything, 2 a whole service or about half the internet, 1 a little less. */
  readonly level: 1 | 2 | 3
}

/**
 * Resources that open themselves further, or in another form: silencing a rule by `s3:?*` for `s3:*`, or by two halves of
 * the internet, is not a fix. Each wide value that was not there must take the place of one that was wider still.
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
    for (const wide of added.toSorted((a, b) => b.level - a.level)) {
      const wider = removed.shift()
      if (wider === undefined || wider.level <= wide.level) {
        found.push(resource.address)
        break
      }
    }
  }
  return found
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
      for (const item of value.entries.values()) collect(item, type, found)
  }
}

const RANGE = /^[\d.]+\/(\d{1,3})$|^[\da-f:.]*:[\da-f:.]*\/(\d{1,3})$/i

/** `0.0.0.0/0` and every spelling and part of it down to 64 networks of the size /6; private IPv6 is not the internet. */
function addRange(text: string, found: Wide[]): void {
  const match = RANGE.exec(text.trim())
  if (match === null || /^f[cd]/i.test(text.trim())) return
  const bits = Number(match[1] ?? match[2])
  const limit = match[1] === undefined ? 12 : 7
  if (bits <= limit) found.push({ text: text.trim(), level: bits === 0 ? 3 : bits === 1 ? 2 : 1 })
}

function collectPolicy(policy: Value, type: string, found: Wide[]): void {
  if (type.startsWith('aws_kms')) return
  const statements = entry(policy, 'Statement')
  const list = statements?.kind === 'list' ? statements.items : statements === undefined ? [] : [statements]
  for (const statement of list) {
    const effect = entry(statement, 'Effect')
    if (effect?.kind === 'string' && effect.value === 'Deny') continue
    for (const part of ['Principal', 'Action', 'Resource', 'NotPrincipal', 'NotAction', 'NotResource']) {
      const value = entry(statement, part)
      if (value === undefined) continue
      // An exclusion allows everything else: as wide as a star.
      if (part.startsWith('Not')) found.push({ text: part, level: 3 })
      collectStars(value, part, found)
    }
  }
}

function collectStars(value: Value, part: string, found: Wide[]): void {
  if (value.kind === 'string') {
    const level = part === 'Principal' ? principalLevel(value.value) : starLevel(value.value)
    if (level !== undefined) found.push({ text: `${part} ${value.value}`, level })
  } else if (value.kind === 'list') {
    for (const item of value.items) collectStars(item, part, found)
  } else if (value.kind === 'map') {
    for (const item of value.entries.values()) collectStars(item, part, found)
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
