import type { Attribute, Block, HclDocument } from '../../parse/hcl/ast.ts'
import { findAttribute, type HclEdits } from './edits.ts'
import { lastOffset } from './deletion.ts'
import { type HclValue, renderValue } from './spec.ts'
import { documentStyle, indentAt } from './style.ts'

/** What becomes of a line: another name, another value, or nothing. */
interface Line {
  readonly attribute: Attribute
  name: string
  value: string | undefined
  gone: boolean
}

/**
 * Sets and removes several attributes of a block at once. What is new takes the line of something that goes, if it can,
 * and lines that stood aligned stay aligned with each other; those of other groups are not touched.
 */
export function rewriteAttributes(
  edits: HclEdits,
  document: HclDocument,
  block: Block,
  sets: ReadonlyMap<string, HclValue>,
  removes: ReadonlySet<string>,
): void {
  const oneLine = document.lines.position(block.span.start).line === document.lines.position(block.span.end).line
  if (document.syntax === 'json' || oneLine) {
    for (const [name, value] of sets) edits.setAttribute(document, block, name, value)
    for (const name of removes) {
      const there = findAttribute(block, name)
      if (there !== undefined) edits.delete(document, block, there)
    }
    return
  }
  const groups = linesOf(document, block, sets, removes)
  const lines = groups.flat()
  const added: [string, string][] = []
  for (const [name, value] of sets) {
    if (findAttribute(block, name) !== undefined) continue
    const free = lines.find(({ gone, attribute }) => gone && !spansLines(document, attribute))
    if (free === undefined) added.push([name, renderValue(value)])
    else Object.assign(free, { name, value: renderValue(value), gone: false })
  }
  const last = groups.findLast((group) => group.some(({ gone }) => !gone))
  for (const group of groups) layOut(edits, document, block, group, group === last ? added : [])
  if (last === undefined) for (const [name, value] of sets) edits.setAttribute(document, block, name, value)
}

/** Neighbouring lines of one attribute each, as they will be; an attribute of several lines stands alone. */
function linesOf(
  document: HclDocument,
  block: Block,
  sets: ReadonlyMap<string, HclValue>,
  removes: ReadonlySet<string>,
): Line[][] {
  const { lines, text } = document
  const groups: Line[][] = []
  let previous: { readonly attribute: Attribute; readonly long: boolean } | undefined
  for (const attribute of block.body.items) {
    if (attribute.kind !== 'attribute') {
      previous = undefined
      continue
    }
    const wanted = sets.get(attribute.name)
    const value = wanted === undefined ? undefined : renderValue(wanted)
    const line: Line = { attribute, name: attribute.name, value, gone: removes.has(attribute.name) }
    const long = value === undefined ? spansLines(document, attribute) : value.includes('\n')
    const end = previous === undefined ? undefined : lines.position(lastOffset(text, previous.attribute.span)).line
    const joins = previous?.long === false && !long && end === lines.position(attribute.span.start).line - 1
    if (joins) groups.at(-1)?.push(line)
    else groups.push([line])
    previous = { attribute, long }
  }
  return groups
}

function spansLines(document: HclDocument, { span }: Attribute): boolean {
  return document.lines.position(span.start).line !== document.lines.position(lastOffset(document.text, span)).line
}

function layOut(
  edits: HclEdits,
  document: HclDocument,
  block: Block,
  group: readonly Line[],
  added: readonly (readonly [string, string])[],
): void {
  const left = group.filter(({ gone }) => !gone)
  const short = left.filter(({ attribute, value }) => !(value ?? textOf(document, attribute)).includes('\n'))
  const names = [...short.map(({ name }) => name), ...added.map(([name]) => name)]
  const width = Math.max(0, ...names.map((name) => name.length))
  const changed =
    added.length > 0 ||
    group.some(
      ({ attribute, name, value, gone }) =>
        gone || name !== attribute.name || (value !== undefined && spansLines(document, attribute)),
    )
  const pads = changed && isAligned(document, group)
  for (const line of group) {
    const { attribute, name, value, gone } = line
    if (gone) {
      edits.delete(document, block, attribute)
      continue
    }
    if (value !== undefined) edits.replace(document, attribute.value.span, value)
    if (pads && short.includes(line)) edits.layOut(attribute, width)
    if (!pads && name === attribute.name) continue
    const wanted = `${name.padEnd(pads && short.includes(line) ? width : 0)} = `
    const head = { start: attribute.nameSpan.start, end: attribute.value.span.start }
    if (document.text.slice(head.start, head.end) !== wanted) edits.replace(document, head, wanted)
  }
  const end = left.at(-1)?.attribute
  if (end === undefined) return
  const { eol } = documentStyle(document)
  const indent = indentAt(document, end.span.start)
  const offset = document.lines.lineEnd(document.lines.position(lastOffset(document.text, end.span)).line)
  for (const [name, value] of added) {
    edits.insert(document, offset, `${eol}${indent}${name.padEnd(pads ? width : 0)} = ${value}`)
  }
}

/** True if the values of a group begin in one column, one space behind the longest name; also for a single line. */
function isAligned(document: HclDocument, group: readonly Line[]): boolean {
  const { lines, text } = document
  const short = group.filter(({ attribute }) => !spansLines(document, attribute))
  const columns = new Set(short.map(({ attribute }) => lines.position(attribute.value.span.start).column))
  return (
    columns.size <= 1 &&
    group.some(({ attribute: { nameSpan, value } }) => text.slice(nameSpan.end, value.span.start) === ' = ')
  )
}

function textOf({ text }: HclDocument, { value }: Attribute): string {
  return text.slice(value.span.start, value.span.end)
}
