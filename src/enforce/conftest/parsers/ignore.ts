/** `.gitignore` and `.dockerignore`: one list of `{Kind, Value, Original}`, one for each line. */
import type { Span } from '../../../text/span.ts'
import { type InputNode, list, map, scalar } from '../node.ts'

export function parseIgnoreInput(text: string): InputNode {
  let start = 0
  const entries = text.split('\n').map((line) => {
    const span: Span = { start, end: start + line.length }
    start += line.length + 1
    return map(
      new Map<string, InputNode>(Object.entries(entryOf(line)).map(([key, value]) => [key, scalar(value, span)])),
      span,
    )
  })
  return list([list(entries, { start: 0, end: 0 })])
}

function entryOf(line: string): { Kind: string; Value: string; Original: string } {
  const stripped = line.replace(/ +$/, (spaces, at: number) =>
    line[at - 1] === '\\' ? ' ' : spaces.slice(spaces.length),
  )
  if (stripped === '') return { Kind: 'Empty', Value: line, Original: line }
  if (line.startsWith('#')) return { Kind: 'Comment', Value: stripped.slice(1).trim(), Original: line }
  if (line.startsWith('!')) return { Kind: 'NegatedPath', Value: unescape(stripped.slice(1)), Original: line }
  return { Kind: 'Path', Value: unescape(stripped), Original: line }
}

function unescape(text: string): string {
  return text.replace(/\\(\\?)/g, '$1')
}
