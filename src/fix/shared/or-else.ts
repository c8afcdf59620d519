import { attributeOf, type HclValue, raw, renderValue } from '../../edit/hcl/index.ts'
import type { Place } from '../../resources/place.ts'

/** A value for a place: an expression that gives nothing here may give something to others who use the module, and keeps the first word. */
export function orElse(at: Place, value: HclValue): HclValue {
  const there = attributeOf(at)
  if (there === undefined || there.document.syntax === 'json' || !at.absent) return value
  const { start, end } = there.value
  const text = there.document.text.slice(start, end)
  if (text.includes('\n') || there.expression.kind === 'literal' || there.expression.kind === 'template') return value
  return raw(`coalesce(${text}, ${renderValue(value)})`)
}
