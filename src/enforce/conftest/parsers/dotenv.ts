/** `.env` files: `[export] KEY=value`, quotes, and `$KEY` of what stands above. The process's own environment is never read. */
import type { Span } from '../../../text/span.ts'
import { type InputNode, map, scalar, underKey } from '../node.ts'
import { fault } from './faults.ts'
import { linesOf } from './lines.ts'

const ASSIGNMENT = /^\s*(?:export\s+)?([\w.]+)(?:\s*=\s*|:\s+)/

export function parseDotenvInput(text: string): InputNode {
  const values = new Map<string, string>()
  const members = new Map<string, InputNode>()
  const lines = linesOf(text)
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const trimmed = line.text.trim()
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const start = line.start + line.text.indexOf(trimmed)
    let span: Span = { start, end: start + trimmed.length }
    const found = ASSIGNMENT.exec(trimmed.endsWith(':') ? `${trimmed} ` : trimmed)
    const key = found?.[1]
    if (found === null || key === undefined) {
      throw fault(span, 'dotenv-no-assignment', 'This line is no comment and no `KEY=value`.')
    }
    let raw = trimmed.slice(found[0].length)
    const quote = raw.startsWith('"') || raw.startsWith("'") ? raw.charAt(0) : undefined
    if (quote !== undefined) {
      while (closing(raw, quote) < 0) {
        const more = lines.next()
        if (more === undefined) throw fault(span, 'dotenv-unclosed-quote', `The value of ${key} has no closing quote.`)
        raw += `\n${more.text}`
        span = { start, end: more.start + more.text.length }
      }
      raw = raw.slice(1, closing(raw, quote))
    } else {
      raw = raw.replace(/#.*$/, '').trim()
    }
    if (quote === '"')
      raw = raw
        .replaceAll('\\n', '\n')
        .replaceAll('\\r', '\r')
        .replace(/\\([^$])/g, '$1')
    const value = quote === "'" ? raw : expand(raw, values)
    values.set(key, value)
    const keyStart = start + trimmed.indexOf(key)
    members.set(key, underKey(scalar(value, span), { start: keyStart, end: keyStart + key.length }))
  }
  return map(members)
}

/** Where the closing quote is; -1 if this text has none. */
function closing(raw: string, quote: string): number {
  for (let index = 1; index < raw.length; index++) {
    if (raw[index] === '\\') index++
    else if (raw[index] === quote) return index
  }
  return -1
}

function expand(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(/\\?\$\{?([A-Z0-9_]+)\}?/g, (found, name: string) =>
    found.startsWith('\\') ? found.slice(1) : (values.get(name) ?? ''),
  )
}
