import type { Estate } from '../../resources/estate.ts'
import type { Location } from '../../resources/location.ts'

/** Shorter values, and plain words, stand in a text for other reasons too. */
const TELLING = /^(?=.{8,})(?=.*[^a-z-])/s

/** `path:line` of every further place in the project that holds the same value. The value itself is not told. */
export function otherPlaces(value: string, estate: Estate, but: Location): readonly string[] {
  if (!TELLING.test(value)) return []
  const found: string[] = []
  for (const path of [...estate.files.keys()].toSorted()) {
    const text = estate.files.get(path) ?? ''
    for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length)) {
      const own = path === but.document.path && at >= but.span.start && at < but.span.end
      if (!own) found.push(`${path}:${text.slice(0, at).split('\n').length}`)
    }
  }
  return found
}
