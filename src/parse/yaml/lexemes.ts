import { CST, Lexer } from 'yaml'

/** Lexemes that stand for no text. */
const MARKERS: ReadonlySet<string> = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR])
const QUOTED = /"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*'/y
/** What may follow a quoted text: otherwise its quote closes another one. */
const AFTER = /[ \t]*(?:[,:\]}#\r\n]|$)/y
/** Texts of one document that are tried. */
const MOST = 100

/**
 * The library's lexemes, but with quoted texts whose further lines are indented no more than their key. YAML 1.2 forbids
 * them; Go's readers take them, and so do `kubectl` and the tools around it.
 */
export function lexemes(text: string): readonly string[] {
  const strict = [...new Lexer().lex(text)]
  let found = strict
  let padded = text
  const given = new Map<string, string>()
  for (let tries = 0; tries < MOST; tries++) {
    const at = firstCut(found)
    if (at === undefined) return given.size === 0 ? strict : found.map((lexeme) => given.get(lexeme) ?? lexeme)
    const scalar = matchAt(QUOTED, padded, at)
    if (scalar?.includes('\n') !== true || matchAt(AFTER, padded, at + scalar.length) === undefined) return strict
    const column = at - (padded.lastIndexOf('\n', at - 1) + 1)
    const indented = scalar.replaceAll(/\n(?=[^\n]*\S)/g, `\n${' '.repeat(column + 1)}`)
    given.set(indented, scalar)
    padded = padded.slice(0, at) + indented + padded.slice(at + scalar.length)
    found = [...new Lexer().lex(padded)]
  }
  return strict
}

/** Where the first quoted text begins that the lexer has cut off. */
function firstCut(found: readonly string[]): number | undefined {
  let at = 0
  for (const lexeme of found) {
    if (MARKERS.has(lexeme)) continue
    if (/^["']/.test(lexeme) && matchAt(QUOTED, lexeme, 0)?.length !== lexeme.length) return at
    at += lexeme.length
  }
  return undefined
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}
