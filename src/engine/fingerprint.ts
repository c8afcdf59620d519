import { createHash } from 'node:crypto'
import type { Place } from '../resources/place.ts'

/**
 * A problem's attribute path without list positions, so that a block inserted above does not rename it: named items
 * (containers, ports) go by name, others share a path and are told apart by their ordinal.
 */
function stablePath(place: Place): string {
  const steps: string[] = []
  for (let at: Place | undefined = place; at !== undefined && at.path.length > 0; at = at.parent) {
    const step = at.path.at(-1)
    if (typeof step === 'string') steps.unshift(step)
    else steps.unshift(`[${itemName(at)}]`)
  }
  return steps.join('.')
}

function itemName(item: Place): string {
  const value = item.value
  if (value?.kind !== 'map') return ''
  const name = value.entries.get('name')
  return name?.kind === 'string' ? name.value : ''
}

/** What a finding is, apart from where its files lie: rule, address, attribute path and problem key. */
export function contentKey(ruleId: string, at: Place, key: string): string {
  return [ruleId, at.resource.address, stablePath(at), key].join('\u0000')
}

/** 32 hex digits over the content key and its ordinal among equals. */
export function fingerprint(content: string, ordinal: number): string {
  return createHash('sha256').update(`${content}\u0000${ordinal}`).digest('hex').slice(0, 32)
}
