import { isInline, isMapping, isSequence, type YamlData } from './data.ts'
import type { YamlStyle } from './style.ts'

export type Quote = 'single' | 'double'

/** Unquoted text that YAML 1.1 and 1.2 both read as this very string, in block and in flow collections. */
const PLAIN = /^(?:[A-Za-z/._]|-{1,2}(?=[A-Za-z])|[0-9](?=[^\s]*[A-Za-z/]))(?:[\w./@=+%~-]|:(?=[\w/])| (?=[\w./-]))*$/
/** Plain text that one of the two versions reads as null, a boolean, a number or a time. */
const RESERVED = /^(?:null|~|true|false|yes|no|on|off|y|n|\.nan|[-+]?\.inf|=|<<)$/i
const NUMERIC = /^[-+]?(?:0[xob]?[\da-f_]+|[\d_]+(?::[\d_]+)*\.?[\d_]*(?:e[-+]?\d+)?|\.[\d_]+(?:e[-+]?\d+)?)$/i
const DATE = /^\d{4}-\d{1,2}-\d{1,2}/
// oxlint-disable-next-line no-control-regex -- these are exactly the characters that must be escaped
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/
const ESCAPED = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A scalar on one line. Strings stay plain where that is safe; else they take the given quotes if they can. */
export function renderScalar(data: string | number | boolean | null, quote: Quote, keepQuotes = false): string {
  if (typeof data !== 'string') return renderPrimitive(data)
  if (!keepQuotes && isPlain(data)) return data
  return quote === 'single' && !UNPRINTABLE.test(data) ? `'${data.replaceAll("'", "''")}'` : jsonString(data)
}

function renderPrimitive(data: number | boolean | null): string {
  return Object.is(data, -0) ? '0' : String(data)
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RESERVED.test(text) && !NUMERIC.test(text) && !DATE.test(text) && text.length < 200
}

/** A JSON string, which is a double-quoted YAML string too once the few extra specials are escaped. */
function jsonString(text: string): string {
  return JSON.stringify(text).replace(ESCAPED, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

export interface FlowStyle {
  /** Quote every key and string with double quotes, as JSON must. */
  readonly json: boolean
  readonly quote: Quote
  /** `: ` and `, `, or without the spaces. */
  readonly compact: boolean
  /** Set to spread nested collections over lines; the indentation of the collection itself, one step, the line end. */
  readonly spread?: { readonly indent: string; readonly step: string; readonly eol: string } | undefined
}

export function renderFlow(data: YamlData, style: FlowStyle): string {
  if (isInline(data) && !isSequence(data) && !isMapping(data)) {
    return style.json && typeof data === 'string' ? jsonString(data) : renderScalar(data, style.quote)
  }
  const { spread } = style
  const inner = spread && { ...spread, indent: spread.indent + spread.step }
  const parts = isSequence(data)
    ? data.map((item) => renderFlow(item, { ...style, spread: inner }))
    : Object.entries(isMapping(data) ? data : {}).map(([key, value]) =>
        renderFlowEntry(key, value, { ...style, spread: inner }),
      )
  const [open, close] = isSequence(data) ? '[]' : '{}'
  if (spread && inner && parts.length > 0) {
    const body = parts.map((part) => `${spread.eol}${inner.indent}${part}`).join(',')
    return `${open}${body}${spread.eol}${spread.indent}${close}`
  }
  return `${open}${parts.join(style.compact ? ',' : ', ')}${close}`
}

export function renderFlowEntry(key: string, value: YamlData, style: FlowStyle): string {
  const name = style.json ? jsonString(key) : renderScalar(key, style.quote)
  // Without the space, only a JSON key may be followed by its value.
  const colon = style.compact && name.endsWith('"') ? ':' : ': '
  return `${name}${colon}${renderFlow(value, style)}`
}

/** Lines of a block mapping's entry, each with its indentation. */
export function renderEntry(key: string, value: YamlData, indent: number, style: YamlStyle): string[] {
  const head = `${' '.repeat(indent)}${renderScalar(key, style.quote)}:`
  if (isInline(value)) return [`${head} ${renderInline(value, style)}`]
  return [head, ...renderNested(value, indent, style)]
}

/** Lines of the block collection that stands under a key. */
export function renderNested(value: YamlData, keyIndent: number, style: YamlStyle): string[] {
  return isSequence(value)
    ? value.flatMap((item) => renderItem(item, keyIndent + style.sequenceIndent, style))
    : renderEntries(value, keyIndent + style.indent, style)
}

/** Lines of a block sequence's item. */
export function renderItem(value: YamlData, indent: number, style: YamlStyle): string[] {
  const dash = `${' '.repeat(indent)}- `
  if (isInline(value)) return [dash + renderInline(value, style)]
  const [first = '', ...rest] = renderCompact(value, indent + 2, style)
  return [dash + first.slice(indent + 2), ...rest]
}

/** Lines of a block collection at an indentation. */
export function renderCompact(value: YamlData, indent: number, style: YamlStyle): string[] {
  return isSequence(value)
    ? value.flatMap((item) => renderItem(item, indent, style))
    : renderEntries(value, indent, style)
}

function renderEntries(value: YamlData, indent: number, style: YamlStyle): string[] {
  return Object.entries(isMapping(value) ? value : {}).flatMap(([key, item]) => renderEntry(key, item, indent, style))
}

function renderInline(value: YamlData, style: YamlStyle): string {
  return renderFlow(value, { json: false, quote: style.quote, compact: false })
}
