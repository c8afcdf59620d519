import type { CST } from 'yaml'

/** Composing recurses, and so does everything that reads the tree; real manifests nest about 20 deep. */
export const MAX_NESTING = 200

/** The first token that lies deeper than the limit. Does not recurse itself. */
export function tooDeep(document: CST.Document): CST.Token | undefined {
  const open: { token: CST.Token; depth: number }[] = document.value ? [{ token: document.value, depth: 1 }] : []
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next
    if (!('items' in token)) continue
    if (depth > MAX_NESTING) return token
    for (const item of token.items) {
      if (item.key) open.push({ token: item.key, depth: depth + 1 })
      if (item.value) open.push({ token: item.value, depth: depth + 1 })
    }
  }
  return undefined
}
