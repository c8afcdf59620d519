import type { Estate } from '../resources/estate.ts'
import type { Resource } from '../resources/resource.ts'
import type { Value } from '../resources/value.ts'

/** Address ranges that let the whole internet in, also in halves. */
const WIDE_RANGE = /^(?:0\.0\.0\.0|128\.0\.0\.0|::|8000::)\/[01]$/

/** Comments and annotations by which scanners are told to be silent. */
const SUPPRESSION =
  /(?:secops|tfsec|trivy|terrascan|kics|snyk|semgrep|kubelinter|hadolint)[:._-]?\s*(?:ignore|skip|disable|scan)|secops\.dev\/ignore|(?:checkov|bridgecrew)[:.](?:skip|io\/skip)|ignore-check\.kube-linter|\bnosec\b|\bnosemgrep\b/gi

/** `*` weighs more than any number of wildcards of single services: to list some of those instead narrows it. */
const EVERYTHING = 1000

/**
 * How widely each resource opens itself: ranges of the whole internet, and wildcards that a policy allows, apart for its
 * principals, actions and resources. A fix may lower these numbers, never raise them: silencing a rule by another form of
 * the same hole is not a fix. Policies of KMS keys are left out: there `Resource: "*"` means the key itself.
 */
export function wideGrants(estate: Estate): Map<string, number> {
  const counts = new Map<string, number>()
  for (const resource of estate.resources) {
    for (const [part, count] of countWide(resource.value, resource)) {
      if (count > 0) counts.set(`${resource.root}\u0000${resource.address}\u0000${part}`, count)
    }
  }
  return counts
}

export function countSuppressions(texts: Iterable<string>): number {
  let count = 0
  for (const text of texts) count += text.match(SUPPRESSION)?.length ?? 0
  return count
}

function countWide(value: Value, resource: Resource): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (part: string, count: number): void => void counts.set(part, (counts.get(part) ?? 0) + count)
  const waiting: Value[] = [value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'string' && WIDE_RANGE.test(next.value)) add('range', 1)
    if ((next.kind === 'string' || next.kind === 'unknown') && next.encodes !== undefined) {
      countPolicy(next.encodes, resource, add)
    }
    if (next.kind === 'list') waiting.push(...next.items)
    if (next.kind === 'map') waiting.push(...next.entries.values())
  }
  return counts
}

function countPolicy(policy: Value, resource: Resource, add: (part: string, count: number) => void): void {
  if (resource.type.startsWith('aws_kms')) return
  const statements = entry(policy, 'Statement')
  const list = statements?.kind === 'list' ? statements.items : statements === undefined ? [] : [statements]
  for (const statement of list) {
    const effect = entry(statement, 'Effect')
    if (effect?.kind === 'string' && effect.value === 'Deny') continue
    for (const part of ['Principal', 'Action', 'Resource']) {
      add(part, countStars(entry(statement, part), part) + countStars(entry(statement, `Not${part}`), `Not${part}`))
    }
  }
}

function countStars(value: Value | undefined, part: string): number {
  if (value === undefined) return 0
  // An exclusion allows everything else: as wide as a star.
  const base = part.startsWith('Not') ? EVERYTHING : 0
  if (value.kind === 'string') {
    return base + (value.value === '*' ? EVERYTHING : /^[\w-]+:\*$/.test(value.value) ? 1 : 0)
  }
  if (value.kind === 'list') return base + value.items.reduce((sum, item) => sum + countStars(item, ''), 0)
  if (value.kind === 'map')
    return base + [...value.entries.values()].reduce((sum, item) => sum + countStars(item, ''), 0)
  return base
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.entries.get(key) : undefined
}
