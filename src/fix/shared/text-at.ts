import type { Place } from '../../resources/place.ts'

/** The string at a place; undefined if there is none. */
export function textAt(place: Place): string | undefined {
  return place.value?.kind === 'string' ? place.value.value : undefined
}
