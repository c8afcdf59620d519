import { attributeOf, findAttribute, folderOf } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import { variableName } from './callers.ts'

/**
 * True if the variable that an attribute is set from also decides, by `count` or `for_each`, whether its resource exists:
 * another value of it would take the resource away instead of changing it.
 */
export function decidesExistence(estate: Estate, place: Place): boolean {
  const { resource } = place
  const variable = variableName(attributeOf(place)?.expression)
  if (variable === undefined || resource.kind !== 'terraform' || resource.source === undefined) return false
  const { block, document } = resource.source
  const expansion = findAttribute(block, 'count') ?? findAttribute(block, 'for_each')
  if (expansion === undefined) return false
  const locals = localsOf(estate, folderOf(document.path))
  const waiting = [document.text.slice(expansion.span.start, expansion.span.end)]
  const seen = new Set<string>()
  for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) {
    for (const [, root, name] of text.matchAll(/\b(var|local)\.([\w-]+)/g)) {
      if (root === 'var' && name === variable) return true
      if (root !== 'local' || name === undefined || seen.has(name)) continue
      seen.add(name)
      waiting.push(locals.get(name) ?? '')
    }
  }
  return false
}

/** The expressions of a module's locals, as texts. */
function localsOf(estate: Estate, dir: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const { body, text } of estate.moduleDocuments(dir)) {
    for (const block of body.items) {
      if (block.kind !== 'block' || block.type !== 'locals') continue
      for (const item of block.body.items) {
        if (item.kind === 'attribute') found.set(item.name, text.slice(item.value.span.start, item.value.span.end))
      }
    }
  }
  return found
}
