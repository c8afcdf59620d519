import type { Place, Reading } from '../../resources/place.ts'

/** Both names of the service have domains with the same arguments. */
export const SEARCH_DOMAINS = ['aws_opensearch_domain', 'aws_elasticsearch_domain'] as const

/** `enforce_https` is true in a block that leaves it out, and false without the block. */
export function readEnforceHttps(at: Place): Reading<boolean> {
  const block = at.parent
  const written = block !== undefined && block.items().length > 0
  return at.absent && written ? { kind: 'known', value: true } : at.bool()
}
