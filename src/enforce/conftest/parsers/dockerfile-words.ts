/** The words of a Dockerfile's instruction: quotes and escapes stay as written. */
export function wordsOf(text: string, escape: string): readonly string[] {
  const words: string[] = []
  let word: string | undefined
  let quote: string | undefined
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index)
    if (quote === undefined && /\s/.test(char)) {
      if (word !== undefined) words.push(word)
      word = undefined
      continue
    }
    if (char === escape && quote !== "'") {
      const next = text[++index]
      // At the very end there is nothing that it could escape.
      if (next !== undefined) word = (word ?? '') + char + next
      continue
    }
    if (quote === char) quote = undefined
    else if (quote === undefined && (char === '"' || char === "'")) quote = char
    word = (word ?? '') + char
  }
  if (word !== undefined) words.push(word)
  return words
}

/** Leading words that begin with `--`, quotes and escapes resolved, and what follows them. */
export function flagsOf(text: string, escape: string): { readonly flags: readonly string[]; readonly rest: string } {
  const flags: string[] = []
  let rest = text.trimStart()
  while (rest.startsWith('--')) {
    const { word, end } = plainWord(rest, escape)
    rest = rest.slice(end)
    if (word === '--') break
    flags.push(word)
    rest = rest.trimStart()
  }
  return { flags, rest }
}

function plainWord(text: string, escape: string): { word: string; end: number } {
  let word = ''
  let quote: string | undefined
  let index = 0
  for (; index < text.length; index++) {
    const char = text.charAt(index)
    if (quote === undefined && /\s/.test(char)) break
    if (char === escape) word += text[++index] ?? ''
    else if (quote === char) quote = undefined
    else if (quote === undefined && (char === '"' || char === "'")) quote = char
    else word += char
  }
  return { word, end: index }
}

/** The strings of a JSON array; `mixed` if it holds something else; undefined if it is none. */
export function jsonStrings(text: string): readonly string[] | 'mixed' | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(raw)) return undefined
  const items: string[] = []
  for (const item of raw) {
    if (typeof item !== 'string') return 'mixed'
    items.push(item)
  }
  return items
}
