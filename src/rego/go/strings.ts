/** Functions of Go's `strings` package that differ from JavaScript's. */

const ASCII = /^[\x00-\x7f]*$/

/** Character by character: nothing changes its length, no context. */
export function toLower(text: string): string {
  return ASCII.test(text) ? text.toLowerCase() : eachCharacter(text, (character) => character.toLowerCase())
}

export function toUpper(text: string): string {
  return ASCII.test(text) ? text.toUpperCase() : eachCharacter(text, (character) => character.toUpperCase())
}

function eachCharacter(text: string, map: (character: string) => string): string {
  let out = ''
  for (const character of text) {
    const mapped = map(character)
    out += mapped.length === character.length ? mapped : character === '\u0130' ? 'i' : character
  }
  return out
}

/** White space as Unicode and Go have it. */
const SPACE = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const SPACE_BEFORE = new RegExp(`^${SPACE}+`)
const IS_SPACE = new RegExp(SPACE)

export function trimSpace(text: string): string {
  let end = text.length
  while (end > 0 && IS_SPACE.test(text[end - 1] ?? '')) end--
  return text.slice(0, end).replace(SPACE_BEFORE, '')
}

export function trimLeft(text: string, cutset: string): string {
  if (cutset.length === 1) {
    let start = 0
    while (text[start] === cutset) start++
    return text.slice(start)
  }
  const cut = new Set(cutset)
  let start = 0
  for (const character of text) {
    if (!cut.has(character)) break
    start += character.length
  }
  return text.slice(start)
}

export function trimRight(text: string, cutset: string): string {
  if (cutset.length === 1) {
    let end = text.length
    while (end > 0 && text[end - 1] === cutset) end--
    return text.slice(0, end)
  }
  const cut = new Set(cutset)
  let end = text.length
  while (end > 0) {
    const pair = (text.charCodeAt(end - 1) & 0xfc00) === 0xdc00 && (text.charCodeAt(end - 2) & 0xfc00) === 0xd800
    const start = pair ? end - 2 : end - 1
    if (!cut.has(text.slice(start, end))) break
    end = start
  }
  return text.slice(0, end)
}

/** An empty separator parts the characters. `limit` is the most parts, the last with the rest; negative for all. */
export function splitText(text: string, separator: string, limit = -1): string[] {
  if (limit === 0) return []
  const parts = separator === '' ? [...text] : text.split(separator)
  if (limit < 0 || parts.length <= limit) return parts
  return [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)]
}

/** Go's `Replacer`: at each place the first pair that fits, without overlaps. */
export function replaceAll(
  text: string,
  pairs: ReadonlyArray<readonly [string, string]>,
  step: (count: number) => void,
): string {
  const [only] = pairs
  if (pairs.length === 1 && only !== undefined && only[0] !== '') {
    const [old, wanted] = only
    if (wanted.length <= old.length || text.length * wanted.length < 10_000) return text.replaceAll(old, () => wanted)
    const parts = text.split(old)
    step((parts.length * wanted.length) >> 4)
    return parts.join(wanted)
  }
  let out = ''
  let afterEmpty = false
  for (let at = 0; at <= text.length;) {
    step(1 + (pairs.length >> 4))
    const skipEmpty: boolean = afterEmpty
    const match: readonly [string, string] | undefined = pairs.find(
      ([old]) => (old !== '' || !skipEmpty) && text.startsWith(old, at),
    )
    afterEmpty = match !== undefined && match[0] === ''
    if (match !== undefined) {
      out += match[1]
      step(match[1].length >> 4)
      at += match[0].length
    } else {
      const character = String.fromCodePoint(text.codePointAt(at) ?? 0)
      if (at < text.length) out += character
      at += character.length
    }
  }
  return out
}

export function countText(text: string, part: string): number {
  return part === '' ? [...text].length + 1 : text.split(part).length - 1
}
