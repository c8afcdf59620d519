/** Java properties: all values are strings; references stay as written. */
import { type InputNode, map, scalar, underKey } from '../node.ts'
import { linesOf } from './lines.ts'

export function parsePropertiesInput(text: string): InputNode {
  const members = new Map<string, InputNode>()
  const lines = linesOf(text)
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    let content = line.text.replace(/^[ \t\f]+/, '')
    if (content === '' || content.startsWith('#') || content.startsWith('!')) continue
    const start = line.start + line.text.length - content.length
    let end = line.start + line.text.length
    while (/(?:^|[^\\])(?:\\\\)*\\$/.test(content)) {
      const more = lines.next()
      content = content.slice(0, -1) + (more?.text.replace(/^[ \t\f]+/, '') ?? '')
      if (more === undefined) break
      end = more.start + more.text.length
    }
    const [, key = '', value = ''] = /^((?:[^\\=: \t\f]|\\[\s\S])*)[ \t\f]*[=:]?[ \t\f]*([\s\S]*)$/.exec(content) ?? []
    const keySpan = { start, end: Math.min(end, start + key.length) }
    members.set(unescape(key), underKey(scalar(unescape(value), { start, end }), keySpan))
  }
  return map(members)
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['f', '\f'],
])

function unescape(text: string): string {
  return text.replace(/\\(?:u([\da-fA-F]{4})|([\s\S]))/g, (_, code: string | undefined, char: string | undefined) =>
    code === undefined ? (ESCAPES.get(char ?? '') ?? char ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  )
}
