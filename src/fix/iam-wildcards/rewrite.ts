import {
  attribute,
  block,
  documentStyle,
  type EditRefusal,
  type HclEdits,
  indentAt,
  template,
} from '../../edit/hcl/index.ts'
import { lineMapOf } from './lines.ts'
import type { Grant, Item } from './items.ts'
import { alignment } from './alignment.ts'
import type { Element, WrittenStatement } from './statement.ts'
import type { Span } from '../../text/span.ts'

interface Change {
  readonly span: Span
  readonly text: string
}

/** Longest line that a list is written on. */
const WIDTH = 120

/**
 * Makes a statement allow the first grant, and adds one statement below it for each of the others, which have whatever
 * else the statement has: effect, conditions.
 */
export function rewriteStatement(
  edits: HclEdits,
  written: WrittenStatement,
  grants: readonly Grant[],
): EditRefusal | undefined {
  const changed = grants.map((grant) => changesFor(written, grant))
  const own: Change[][] = []
  for (const changes of changed) {
    if ('refused' in changes) return changes
    own.push([...changes])
  }
  const [first = [], ...others] = own
  for (const { span, text } of first) edits.replace(written.file, span, text)
  const sids = freeSids(written, others.length)
  const copies = others.map((changes, index) => copyOf(written, changes, sids[index]))
  if (copies.length > 0) insertCopies(edits, written, copies)
  return undefined
}

function changesFor(written: WrittenStatement, grant: Grant): readonly Change[] | EditRefusal {
  const changes: Change[] = []
  const opened: Element[] = []
  for (const [name, items] of [
    ['Action', grant.actions],
    ['Resource', grant.resources],
  ] as const) {
    if (items === undefined) continue
    const plain = written.elements.get(name)
    const element = plain ?? written.elements.get(`Not${name}`)
    if (element === undefined) return { refused: `its ${name} is computed` }
    if (plain === undefined) changes.push(plainKey(written, element))
    if (written.form.kind === 'file' && items.some(({ kind }) => kind === 'reference')) {
      return {
        refused: `${written.file.path} is read as it is and cannot refer to resources: write the policy with jsonencode first`,
      }
    }
    const text = listText(written, element, items)
    changes.push({ span: element.value, text })
    if (text.includes('\n') && !sourceOf(written, element.value).includes('\n')) opened.push(element)
  }
  return opened.length === 0 ? changes : [...changes, ...alignment(written, opened)]
}

/** `NotAction` becomes `Action`, `not_actions` becomes `actions`. */
function plainKey(written: WrittenStatement, { key }: Element): Change {
  return { span: key, text: sourceOf(written, key).replace(/Not|not_/, '') }
}

function sourceOf({ file }: WrittenStatement, span: Span): string {
  return file.text.slice(span.start, span.end)
}

function listText(written: WrittenStatement, element: Element, items: readonly Item[]): string {
  const texts = items.map((item) => itemText(written, item))
  const old = sourceOf(written, element.value)
  const { eol, step } = styleOf(written)
  const [only = ''] = texts
  const single = element.items === undefined && !/^\s*\[/.test(old)
  const hasList = written.form.kind === 'block' || written.form.kind === 'json-block'
  if (texts.length === 1 && single && !hasList) return only
  const line = `[${texts.join(', ')}]`
  const column = lineMapOf(written.file).position(element.value.start).column
  if (!old.includes('\n') && (texts.length < 3 || column + line.length <= WIDTH)) return line
  const outer = indentOf(written, element.value.start)
  const [first] = element.items ?? []
  const isBelow = first !== undefined && /\n\s*$/.test(written.file.text.slice(element.value.start, first.start))
  const indent = isBelow ? indentOf(written, first.start) : outer + step
  const native = written.form.kind === 'object' || written.form.kind === 'block'
  const lines = [
    ...(native ? commentsIn(written, element) : []).map((comment) => indent + comment),
    ...texts.map((one, i) => `${indent}${one}${native || i < texts.length - 1 ? ',' : ''}`),
  ]
  return ['[', ...lines, `${outer}]`].join(eol)
}

/** Comments between the items of a list, which are kept above the new ones. */
function commentsIn({ file }: WrittenStatement, { value, items = [] }: Element): readonly string[] {
  const gaps = [value.start, ...items.map(({ end }) => end)].map((start, i) =>
    file.text.slice(start, items[i]?.start ?? value.end),
  )
  return gaps.flatMap((gap) => gap.match(/(?:#|\/\/)[^\r\n]*/g) ?? [])
}

/** An item as the statement's own syntax spells it. */
function itemText({ form }: WrittenStatement, item: Item): string {
  if (item.kind === 'written') return item.source
  if (form.kind === 'file') return JSON.stringify(item.kind === 'text' ? item.text : '')
  const inside =
    item.kind === 'text'
      ? JSON.stringify(item.text.replace(/[$%]\{/g, (sign) => sign.charAt(0) + sign)).slice(1, -1)
      : undefined
  if (inside !== undefined) return `"${inside}"`
  if (item.kind !== 'reference') return ''
  const { expression, suffix } = item
  if (form.kind === 'json-block') return JSON.stringify(`\${${expression}}${suffix}`)
  if (form.kind === 'embedded' || suffix !== '') return `"\${${expression}}${suffix}"`
  return expression
}

/** As many Sids as there are copies, which nothing in the file has: a Sid may stand only once in a policy. */
function freeSids(written: WrittenStatement, count: number): readonly string[] {
  const sid = written.elements.get('Sid')
  const base = sid === undefined ? '' : sourceOf(written, sid.value).slice(0, -1)
  const free: string[] = []
  for (let number = 2; free.length < count; number++) {
    if (!written.file.text.includes(`${base}${number}"`)) free.push(`${base}${number}"`)
  }
  return free
}

/** The statement's text with changes of its own. */
function copyOf(written: WrittenStatement, changes: readonly Change[], newSid: string | undefined): string {
  const { span, file, elements } = written
  const sid = elements.get('Sid')
  const all = [...changes]
  if (sid !== undefined && newSid !== undefined && /^"[\w ]+"$/.test(sourceOf(written, sid.value))) {
    all.push({ span: sid.value, text: newSid })
  }
  let result = ''
  let at = span.start
  for (const change of all.toSorted((a, b) => a.span.start - b.span.start)) {
    result += file.text.slice(at, change.span.start) + change.text
    at = change.span.end
  }
  return result + file.text.slice(at, span.end)
}

function insertCopies(edits: HclEdits, written: WrittenStatement, copies: readonly string[]): void {
  const { span, file, form, listed } = written
  const { eol } = styleOf(written)
  const indent = indentOf(written, span.start)
  if (form.kind === 'block') {
    const lines = lineMapOf(file)
    const end = lines.lineEnd(lines.position(span.end).line)
    edits.insert(file, end, copies.map((copy) => `${eol}${eol}${indent}${copy}`).join(''))
    return
  }
  if (!listed) {
    edits.insert(file, span.start, '[')
    edits.insert(file, span.end, `${copies.map((copy) => `, ${copy}`).join('')}]`)
    return
  }
  const lines = lineMapOf(file)
  const { line, column } = lines.position(span.start)
  if (indent.length === column - 1) {
    edits.insert(file, span.end, copies.map((copy) => `,${eol}${indent}${copy}`).join(''))
    return
  }
  const isLong = lines.position(span.end).line !== line
  if (form.kind !== 'object' || !isLong) {
    edits.insert(file, span.end, copies.map((copy) => `, ${copy}`).join(''))
    return
  }
  // `terraform fmt` has the line `}, {` one level deeper than the lines that open and close the list.
  const inner = styleOf(written).step
  edits.insert(file, span.end - 1, inner)
  const last = copies.length - 1
  const texts = copies.map((copy, i) => (i === last ? copy : `${copy.slice(0, -1)}${inner}}`))
  edits.insert(file, span.end, texts.map((copy) => `, ${copy}`).join(''))
}

/** Adds `Condition` to a statement that has none. */
export function addCondition(
  edits: HclEdits,
  written: WrittenStatement,
  { operator, key, value }: { readonly operator: string; readonly key: string; readonly value: string },
): EditRefusal | undefined {
  const { form, file, span } = written
  if (written.elements.has('Condition')) return { refused: 'the statement has conditions of its own already' }
  if (form.kind === 'block') {
    edits.addBlock(
      form.document,
      form.node,
      block('condition', [
        attribute('test', operator),
        attribute('variable', key),
        attribute('values', [template(value)]),
      ]),
    )
    return undefined
  }
  if (form.kind === 'json-block') return { refused: 'a condition cannot be added safely to a block in JSON syntax' }
  const { eol } = styleOf(written)
  const last = [...written.elements.values()].toSorted((a, b) => a.value.end - b.value.end).at(-1)
  if (last === undefined) return { refused: 'the statement is computed' }
  const lines = lineMapOf(file)
  const oneLine = lines.position(span.start).line === lines.position(span.end).line
  const native = form.kind === 'object'
  const inside = native ? `{ ${operator} = { "${key}" = "${value}" } }` : `{ "${operator}": { "${key}": "${value}" } }`
  if (!native) {
    const gap = oneLine ? ' ' : `${eol}${indentOf(written, last.key.start)}`
    edits.insert(file, last.value.end, `,${gap}"Condition": ${inside}`)
    return undefined
  }
  if (oneLine) {
    edits.insert(file, last.value.end, `, Condition = ${inside}`)
    return undefined
  }
  const source = sourceOf(written, last.value)
  const gap = source.includes('\n') ? 0 : file.text.slice(last.key.start, last.value.start).indexOf('=') - 1
  const comma = /^\s*,/.test(file.text.slice(last.value.end)) ? ',' : ''
  const end = lines.lineEnd(lines.position(last.value.end).line)
  edits.insert(file, end, `${eol}${indentOf(written, last.key.start)}${'Condition'.padEnd(gap)} = ${inside}${comma}`)
  return undefined
}

function styleOf({ form, file }: WrittenStatement): { readonly eol: string; readonly step: string } {
  if (form.kind !== 'file') return documentStyle(form.document)
  const step = /^\s*[{[][ \t]*\r?\n([ \t]+)/.exec(file.text)?.[1] ?? '  '
  return { eol: file.text.includes('\r\n') ? '\r\n' : '\n', step }
}

function indentOf({ form, file }: WrittenStatement, offset: number): string {
  if (form.kind !== 'file') return indentAt(form.document, offset)
  return /[^\n]*$/.exec(file.text.slice(0, offset))?.[0].match(/^[ \t]*/)?.[0] ?? ''
}
