import type { HclStyle } from './style.ts'

/**
 * What is to be written, in no syntax yet: one description serves `.tf` and `.tf.json` files. Strings are literal
 * texts; references and calls are `raw` expressions, strings with interpolations are `template`s.
 */
export type HclValue = string | number | boolean | RawExpression | TemplateText | readonly HclValue[]

export interface RawExpression {
  /** An expression in native syntax; further lines are indented relative to its first. */
  readonly raw: string
}

export interface TemplateText {
  /** The inside of a quoted string, already escaped as HCL wants it. */
  readonly template: string
}

export interface AttributeSpec {
  readonly kind: 'attribute'
  readonly name: string
  readonly value: HclValue
}

export interface BlockSpec {
  readonly kind: 'block'
  readonly type: string
  readonly labels: readonly string[]
  readonly items: readonly ItemSpec[]
  /** The body's lines in native syntax where they are copied, comments and all, in place of `items`. */
  readonly verbatim?: readonly string[]
}

/** `gap` is a blank line, which JSON syntax leaves out. */
export type ItemSpec = AttributeSpec | BlockSpec | { readonly kind: 'gap' }

export const GAP: ItemSpec = { kind: 'gap' }

export function raw(text: string): RawExpression {
  return { raw: text }
}

export function template(text: string): TemplateText {
  return { template: text }
}

export function attribute(name: string, value: HclValue): AttributeSpec {
  return { kind: 'attribute', name, value }
}

export function block(type: string, items: readonly ItemSpec[], labels: readonly string[] = []): BlockSpec {
  return { kind: 'block', type, labels, items }
}

export function resource(type: string, name: string, items: readonly ItemSpec[]): BlockSpec {
  return block('resource', items, [type, name])
}

/** A value in native syntax. */
export function renderValue(value: HclValue): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  if (isList(value)) return `[${value.map(renderValue).join(', ')}]`
  return 'raw' in value ? value.raw : `"${value.template}"`
}

function isList(value: HclValue): value is readonly HclValue[] {
  return Array.isArray(value)
}

/** A literal text as a quoted string. */
function quoted(text: string): string {
  return JSON.stringify(escapeTemplate(text))
}

function escapeTemplate(text: string): string {
  return text.replace(/[$%]\{/g, (sign) => sign.charAt(0) + sign)
}

/** Lines of items as `terraform fmt` lays them out: neighbouring one-line attributes aligned, blocks set apart. */
export function renderItems(items: readonly ItemSpec[], indent: string, style: HclStyle): string[] {
  const lines: string[] = []
  let previous: ItemSpec | undefined
  for (const [index, item] of items.entries()) {
    if (item.kind === 'gap') {
      if (lines.length > 0 && lines.at(-1) !== '') lines.push('')
    } else if (item.kind === 'attribute') {
      if (previous?.kind === 'block') lines.push('')
      lines.push(...renderAttribute(item, alignment(items, index), indent))
    } else {
      if (previous !== undefined && previous.kind !== 'gap') lines.push('')
      lines.push(...renderBlock(item, indent, style))
    }
    previous = item
  }
  return lines
}

function renderAttribute({ name, value }: AttributeSpec, width: number, indent: string): string[] {
  const [first = '', ...rest] = renderValue(value).split('\n')
  return [`${indent}${name.padEnd(width)} = ${first}`, ...rest.map((line) => (line === '' ? '' : indent + line))]
}

/** The length of the longest name among the one-line attributes that stand together with this one. */
function alignment(items: readonly ItemSpec[], at: number): number {
  const aligned = (item: ItemSpec | undefined): item is AttributeSpec =>
    item?.kind === 'attribute' && !renderValue(item.value).includes('\n')
  let width = 0
  if (!aligned(items[at])) return width
  for (let i = at; aligned(items[i]); i--) width = Math.max(width, nameLength(items[i]))
  for (let i = at; aligned(items[i]); i++) width = Math.max(width, nameLength(items[i]))
  return width
}

function nameLength(item: ItemSpec | undefined): number {
  return item?.kind === 'attribute' ? item.name.length : 0
}

/** Lines of a block with its braces. */
export function renderBlock(spec: BlockSpec, indent: string, style: HclStyle): string[] {
  const header = [spec.type, ...spec.labels.map(quoted)].join(' ')
  if (spec.verbatim !== undefined) {
    const inner = spec.verbatim.map((line) => (line === '' ? '' : indent + style.step + line))
    return [`${indent}${header} {`, ...inner, `${indent}}`]
  }
  if (spec.items.length === 0) return [`${indent}${header} {}`]
  return [`${indent}${header} {`, ...renderItems(spec.items, indent + style.step, style), `${indent}}`]
}

/** Plain JSON data. */
export type JsonData = string | number | boolean | readonly JsonData[] | { readonly [key: string]: JsonData }

/** A value in JSON syntax, where strings are templates. */
export function jsonValue(value: HclValue): JsonData {
  if (typeof value === 'string') return escapeTemplate(value)
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (isList(value)) return value.map(jsonValue)
  return 'raw' in value ? `\${${value.raw}}` : value.template
}

/** The body of a block in JSON syntax; blocks of one type become an array. */
export function jsonBody(items: readonly ItemSpec[]): { readonly [key: string]: JsonData } {
  const entries = new Map<string, JsonData>()
  for (const item of items) {
    if (item.kind === 'gap') continue
    if (item.kind === 'attribute') {
      entries.set(item.name, jsonValue(item.value))
      continue
    }
    const body = item.labels.reduceRight<JsonData>((inner, label) => ({ [label]: inner }), jsonBody(item.items))
    const there = entries.get(item.type)
    if (there === undefined) entries.set(item.type, body)
    else entries.set(item.type, [...(Array.isArray(there) ? there : [there]), body])
  }
  return Object.fromEntries(entries)
}
