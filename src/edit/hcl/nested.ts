import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import type { HclEdits } from './edits.ts'
import { attributeOf, containerOf, notEditable, setPlace } from './place.ts'
import type { EditRefusal } from './refusal.ts'
import { attribute, block, type HclValue, type ItemSpec } from './spec.ts'

/** Sets a place, adding the blocks around it that are not written yet. */
export function setNested(
  edits: HclEdits,
  estate: Estate,
  at: Place,
  value: HclValue,
  beside: readonly ItemSpec[] = [],
): EditRefusal | undefined {
  const missing: string[] = []
  let holder = at.parent
  while (holder?.value === undefined && holder?.parent !== undefined) {
    missing.push(String(holder.path.at(-1)))
    holder = holder.parent
  }
  const [innermost, ...outer] = missing
  if (innermost === undefined || holder === undefined) {
    // A list that is written out where it stands is replaced as a whole.
    const orReplace = typeof value === 'object' && attributeOf(at)?.expression.kind === 'tuple'
    return setPlace(edits, estate, at, value, { orReplace })
  }
  const unable = notEditable(holder)
  if (unable !== undefined) return unable
  const target = containerOf(holder)
  if (target === undefined) return { refused: 'the block that it belongs to is not written out' }
  if (!estate.isOwn(target.document.path)) return { refused: 'the block belongs to a downloaded module' }
  const spec = outer.reduce(
    (inner, type) => block(type, [inner]),
    block(innermost, [...beside, attribute(String(at.path.at(-1)), value)]),
  )
  edits.addBlock(target.document, target.container, spec)
  return undefined
}
