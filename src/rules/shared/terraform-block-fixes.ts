import { type BlockSpec, containerOf, HclEdits, notEditable } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import type { LocalFix } from '../rule.ts'

/** Adds a nested block at the end of a resource or of a block, or says why it cannot be done. */
export function addBlockTo(estate: Estate, holder: Place, spec: BlockSpec): LocalFix['edits'] {
  const unable = notEditable(holder)
  if (unable !== undefined) return unable
  const target = containerOf(holder)
  if (target === undefined || !estate.isOwn(target.document.path))
    return { refused: `${holder.resource.address} is not written in this project` }
  const edits = new HclEdits()
  edits.addBlock(target.document, target.container, spec)
  return edits.finish()
}
