/**
 * XML in Conftest's shape: an element is an object, or a string if it has nothing but text; attributes are `-name`, text beside them
 * `#content`; elements of one name become a list. Entities other than XML's own stay as written, and none is ever fetched.
 */
import type { Span } from '../../../text/span.ts'
import { type InputNode, list, map, scalar, underKey } from '../node.ts'
import { fault } from './faults.ts'

interface Open {
  readonly name: string
  readonly start: number
  readonly members: Map<string, InputNode>
  text: string
}

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE(?:[^[>]|\[[\s\S]*?\])*>|<\/([^\s>]+)\s*>|<([^\s/>!?]+)((?:\s+[^\s=/>]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y
const ATTRIBUTE = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const MAX_DEPTH = 200

export function parseXmlInput(text: string): InputNode {
  const root: Open = { name: '', start: 0, members: new Map(), text: '' }
  const stack: Open[] = [root]
  TOKEN.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  for (let at = TOKEN.lastIndex; at < text.length; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text)
    const top = stack.at(-1) ?? root
    if (found === null)
      throw fault({ start: at, end: at + 1 }, 'xml-unreadable', 'This is no XML: a tag is not well-formed.')
    const [whole, cdata, close, open, attributes = '', empty] = found
    const span = { start: at, end: at + whole.length }
    if (cdata !== undefined) top.text += cdata
    else if (close !== undefined) {
      if (stack.length === 1 || top.name !== close) {
        throw fault(span, 'xml-unexpected-end', `</${close}> ends nothing that is open here.`)
      }
      stack.pop()
      put(stack.at(-1) ?? root, top, span.end)
    } else if (open !== undefined) {
      if (stack.length > MAX_DEPTH) throw fault(span, 'xml-too-deep', `This nests more than ${MAX_DEPTH} levels deep.`)
      const members = new Map<string, InputNode>()
      for (const [, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
        members.set(`-${local(name)}`, underKey(scalar(decode(double ?? single ?? ''), span), span))
      }
      const element: Open = { name: open, start: at, members, text: '' }
      if (empty === '/') put(top, element, span.end)
      else stack.push(element)
    } else if (!whole.startsWith('<')) top.text += decode(whole)
  }
  const open = stack.at(-1)
  if (open !== undefined && open !== root) {
    const span = { start: open.start, end: open.start + open.name.length + 1 }
    throw fault(span, 'xml-unclosed', `<${open.name}> has no end.`)
  }
  if (root.members.size === 0) throw fault({ start: 0, end: 0 }, 'xml-empty', 'This XML has no element.')
  return map(root.members)
}

function put(parent: Open, { name, start, members, text }: Open, end: number): void {
  const span: Span = { start, end }
  const keySpan: Span = { start, end: start + name.length + 1 }
  const content = text.trim()
  if (members.size > 0 && content !== '') members.set('#content', scalar(content, span))
  const node = underKey(members.size === 0 ? scalar(content, span) : map(members, span), keySpan)
  const key = local(name)
  const known = parent.members.get(key)
  if (known === undefined) parent.members.set(key, node)
  else {
    const items = known.kind === 'list' ? known.items : [known]
    parent.members.set(key, { ...list([...items, node], known.span), keySpan: known.keySpan })
  }
}

/** Without the prefix of its namespace. */
function local(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
])

function decode(text: string): string {
  return text.replace(
    /&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w+));/g,
    (found, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return ENTITIES.get(name) ?? found
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : found
    },
  )
}
