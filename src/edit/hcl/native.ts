import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { lastOffset } from './deletion.ts'
import type { Insertion } from './edits.ts'
import { type AttributeSpec, type ItemSpec, renderItems, renderValue } from './spec.ts'
import { bodyIndent, documentStyle, type HclStyle, indentAt } from './style.ts'

/** Arguments that stand apart at the head of a block; nothing else joins them. */
const META = new Set(['count', 'for_each', 'provider', 'providers', 'source', 'version', 'depends_on'])

/**
 * Where new items of a body go, and as what text. An attribute joins a group of neighbours if its name fits their
 * alignment, as no other line may change; else a new group is begun. Blocks come last.
 */
export function insertIntoBody(
  document: HclDocument,
  block: Block,
  items: readonly ItemSpec[],
  deleted: ReadonlySet<Attribute | Block>,
  rewritten: (attribute: Attribute) => boolean = () => false,
): readonly Insertion[] {
  const style = documentStyle(document)
  const outer = indentAt(document, block.span.start)
  const indent = bodyIndent(document, block) ?? outer + style.step
  const there = block.body.items.filter((item) => !deleted.has(item))
  const { lines } = document
  if (lines.position(block.body.span.start).line === lines.position(block.body.span.end).line) {
    return unfolded(document, block, there, items, { style, outer, indent })
  }
  const target: Target = { document, block, there, indent, style, rewritten }
  const attributes = items.filter((item) => item.kind === 'attribute')
  const rest = items.filter((item) => item.kind !== 'attribute')
  const insertions = attributes.length > 0 ? attributeInsertions(target, attributes) : []
  if (rest.length > 0) {
    const text = renderItems(rest, indent, style).join(style.eol)
    const last = there.at(-1)
    const isFirst = last === undefined && attributes.length === 0
    insertions.push({ offset: endOfItems(target, last), text: style.eol + (isFirst ? '' : style.eol) + text })
  }
  return insertions
}

interface Target {
  readonly document: HclDocument
  readonly block: Block
  readonly there: readonly (Attribute | Block)[]
  readonly indent: string
  readonly style: HclStyle
  /** True for an attribute whose line changes anyway. */
  readonly rewritten: (attribute: Attribute) => boolean
}

/** A body on one line, or an empty one, is opened up; the item that it may have keeps its text. */
function unfolded(
  document: HclDocument,
  block: Block,
  there: readonly (Attribute | Block)[],
  items: readonly ItemSpec[],
  { style, outer, indent }: { readonly style: HclStyle; readonly outer: string; readonly indent: string },
): readonly Insertion[] {
  const { start, end } = block.body.span
  const { eol } = style
  const [only] = there
  if (only === undefined) {
    const lines = renderItems(items, indent, style)
    return [{ offset: start, replaces: end - start, text: ['', ...lines, outer].join(eol) }]
  }
  const inside = document.text.slice(start, end)
  const last = start + inside.trimEnd().length
  const opening = { offset: start, replaces: inside.length - inside.trimStart().length, text: eol + indent }
  if (only.kind === 'block' || items[0]?.kind !== 'attribute') {
    const lines = renderItems(items, indent, style)
    return [opening, { offset: last, replaces: end - last, text: ['', '', ...lines, outer].join(eol) }]
  }
  // The one attribute that was here is aligned with what joins it, as its line is new anyway.
  const same: AttributeSpec = { kind: 'attribute', name: only.name, value: 0 }
  const [first = '', ...lines] = renderItems([same, ...items], indent, style)
  const padding = first.indexOf('=') - indent.length - only.name.length - 1
  return [
    opening,
    { offset: only.nameSpan.end, text: ' '.repeat(Math.max(0, padding)) },
    { offset: last, replaces: end - last, text: ['', ...lines, outer].join(eol) },
  ]
}

/** After an item's last line; without items, after the comments that may stand in the body. */
function endOfItems({ document, block }: Target, last: Attribute | Block | undefined): number {
  const { lines, text } = document
  if (last !== undefined) return lines.lineEnd(lines.position(lastOffset(text, last.span)).line)
  const inside = lastOffset(text, block.body.span)
  return lines.lineEnd(lines.position(inside).line)
}

interface Group {
  readonly attributes: readonly Attribute[]
  /** Column of the `=`, if all of the group have it in the same one. */
  readonly column: number | undefined
}

function attributeInsertions(target: Target, specs: readonly AttributeSpec[]): Insertion[] {
  const { document, style, indent, there } = target
  const groups = groupsOf(target)
  const waiting: AttributeSpec[] = []
  const found: Insertion[] = []
  for (const spec of specs) {
    const group = groups.findLast((candidate) => fits(document, candidate, spec))
    const last = group?.attributes.at(-1)
    if (group === undefined || last === undefined) {
      waiting.push(spec)
      continue
    }
    const column = group.column ?? document.lines.position(last.nameSpan.start).column + spec.name.length + 1
    const width = column - document.lines.position(last.nameSpan.start).column - 1
    const line = `${indent}${spec.name.padEnd(width)} = ${renderValue(spec.value)}`
    found.push({ offset: endOfItems(target, last), text: style.eol + line })
  }
  if (waiting.length === 0) return found
  const widened = widenGroup(target, groups, waiting)
  if (widened !== undefined) return [...found, ...widened]
  const firstBlock = there.findIndex((item) => item.kind === 'block')
  const before = there.slice(0, firstBlock === -1 ? undefined : firstBlock).at(-1)
  const text = renderItems(waiting, indent, style).join(style.eol)
  if (before !== undefined) found.push({ offset: endOfItems(target, before), text: style.eol + style.eol + text })
  else if (there.length > 0) found.push({ offset: openingEnd(target), text: style.eol + text + style.eol })
  else found.push({ offset: endOfItems(target, undefined), text: style.eol + text })
  return found
}

/** Where every line of a group changes anyway, the group is aligned anew instead of beginning another one. */
function widenGroup(
  target: Target,
  groups: readonly Group[],
  specs: readonly AttributeSpec[],
): Insertion[] | undefined {
  const { document, indent, style, rewritten } = target
  const group = groups.findLast(({ attributes }) => !attributes.every(({ name }) => META.has(name)))
  const last = group?.attributes.at(-1)
  const oneLine = specs.every(({ value }) => !renderValue(value).includes('\n'))
  if (group?.column === undefined || last === undefined || !group.attributes.every(rewritten) || !oneLine)
    return undefined
  const width = Math.max(...specs.map(({ name }) => name.length))
  const present = group.column - document.lines.position(last.nameSpan.start).column - 1
  const spaces = ' '.repeat(Math.max(0, width - present))
  const lines = specs.map(({ name, value }) => `${style.eol}${indent}${name.padEnd(width)} = ${renderValue(value)}`)
  return [
    ...group.attributes.map(({ nameSpan }) => ({ offset: nameSpan.end, text: spaces })),
    { offset: endOfItems(target, last), text: lines.join('') },
  ]
}

/** After the line of the opening brace. */
function openingEnd({ document, block }: Target): number {
  return document.lines.lineEnd(document.lines.position(block.body.span.start).line)
}

/** Runs of one-line attributes on lines that follow each other, before the first nested block. */
function groupsOf({ document, there }: Target): Group[] {
  const groups: Attribute[][] = []
  let line = -1
  for (const item of there) {
    if (item.kind === 'block') break
    const first = document.lines.position(item.span.start).line
    const last = document.lines.position(lastOffset(document.text, item.span)).line
    if (first !== last) {
      line = -1
      continue
    }
    const open = groups.at(-1)
    if (open !== undefined && first === line + 1) open.push(item)
    else groups.push([item])
    line = first
  }
  return groups.map((attributes) => ({ attributes, column: equalsColumn(document, attributes) }))
}

function equalsColumn(document: HclDocument, attributes: readonly Attribute[]): number | undefined {
  const columns = new Set(
    attributes.map(({ nameSpan, name }) => {
      const gap = document.text.slice(nameSpan.end).search(/=/)
      return document.lines.position(nameSpan.start).column + name.length + gap
    }),
  )
  const [column] = columns
  return columns.size === 1 && attributes.length > 1 ? column : singleColumn(attributes, column)
}

/** One attribute alone shows its own width; more than one that are not aligned show that nobody aligns here. */
function singleColumn(attributes: readonly Attribute[], column: number | undefined): number | undefined {
  return attributes.length === 1 ? column : undefined
}

function fits(document: HclDocument, group: Group, spec: AttributeSpec): boolean {
  const [first] = group.attributes
  if (first === undefined || META.has(spec.name) || group.attributes.every(({ name }) => META.has(name))) return false
  if (renderValue(spec.value).includes('\n')) return false
  if (group.column === undefined) return true
  return document.lines.position(first.nameSpan.start).column + spec.name.length + 1 <= group.column
}
