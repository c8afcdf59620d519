import type { Estate } from '../resources/estate.ts'
import type { Resource } from '../resources/resource.ts'
import type { Value } from '../resources/value.ts'

/** Address ranges that let the whole internet in, also in halves. */
const WIDE_RANGE = /^(?:0\.0\.0\.0|128\.0\.0\.0|::|8000::)\/[01]$/

/** Comments and annotations by which scanners are told to be silent. */
const SUPPRESSION =
  /(?:secops|tfsec|trivy|terrascan|kics|snyk|semgrep|kubelinter|hadolint)[:._-]?\s*(?:ignore|skip|disable|scan)|secops\.dev\/ignore|(?:checkov|bridgecrew)[:.](?:skip|io\/skip)|ignore-check\.kube-linter|\bnosec\b|\bnosemgrep\b/gi

/**
 * How widely each resource opens itself: ranges of the whole internet, and wildcards that a policy allows. A fix may
 * lower these numbers, never raise them: silencing a rule by another form of the same hole is not a fix. Policies of KMS
 * keys are left out: there `Resource: "*"` means the key itself.
 */
export function wideGrants(estate: Estate): Map<string, number> {
  const counts = new Map<string, number>()
  for (const resource of estate.resources) {
    const count = countWide(resource.value, resource)
    if (count > 0) counts.set(`${resource.root}\u0000${resource.address}`, count)
  }
  return counts
}

export function countSuppressions(texts: Iterable<string>): number {
  let count = 0
  for (const text of texts) count += text.match(SUPPRESSION)?.length ?? 0
  return count
}

function countWide(value: Value, resource: Resource): number {
  switch (value.kind) {
    case 'string':
      return (
        (WIDE_RANGE.test(value.value) ? 1 : 0) +
        (value.encodes === undefined ? 0 : countPolicy(value.encodes, resource))
      )
    case 'unknown':
      return value.encodes === undefined ? 0 : countPolicy(value.encodes, resource)
    case 'list':
      return value.items.reduce((sum, item) => sum + countWide(item, resource), 0)
    case 'map':
      if (isHttpsIngress(value)) return 0
      return [...value.entries.values()].reduce((sum, item) => sum + countWide(item, resource), 0)
    default:
      return 0
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

function countPolicy(policy: Value, resource: Resource): number {
  if (resource.type.startsWith('aws_kms')) return 0
  const statements = entry(policy, 'Statement')
  const list = statements?.kind === 'list' ? statements.items : statements === undefined ? [] : [statements]
  return list.reduce((sum, statement) => {
    const effect = entry(statement, 'Effect')
    if (effect?.kind === 'string' && effect.value === 'Deny') return sum
    const parts = ['Principal', 'Action', 'Resource', 'NotPrincipal', 'NotAction', 'NotResource']
    return sum + parts.reduce((inner, part) => inner + countStars(entry(statement, part), part), 0)
  }, 0)
}

function countStars(value: Value | undefined, part: string): number {
  if (value === undefined) return 0
  // An exclusion allows everything else: as wide as a star.
  const base = part.startsWith('Not') ? 1 : 0
  if (value.kind === 'string') return base + (/^(?:\*|[\w-]+:\*)$/.test(value.value) ? 1 : 0)
  if (value.kind === 'list') return base + value.items.reduce((sum, item) => sum + countStars(item, ''), 0)
  if (value.kind === 'map')
    return base + [...value.entries.values()].reduce((sum, item) => sum + countStars(item, ''), 0)
  return base
}

function entry(value: Value, key: string): Value | undefined {
  return value.kind === 'map' ? value.entries.get(key) : undefined
}
