import { diagnosticAt } from '../../text/diagnostic.ts'
import { LineMap } from '../../text/line-map.ts'
import type { Span } from '../../text/span.ts'
import type { Attribute, Block, Body, Expression, HclDocument, Label, ObjectItem, TemplateExpression } from './ast.ts'
import { Cursor, type Report } from './cursor.ts'
import { parseBareTemplate } from './expression.ts'
import { type JsonMember, type JsonNode, type JsonObject, type JsonString, scanJson } from './json-scan.ts'
import { lex } from './lexer.ts'

/** How many levels of keys under a block type are labels, at the top of a file. */
const ROOT_BLOCKS: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['ephemeral', 2],
  ['module', 1],
  ['variable', 1],
  ['output', 1],
  ['provider', 1],
  ['check', 1],
  ['locals', 0],
  ['terraform', 0],
  ['moved', 0],
  ['import', 0],
  ['removed', 0],
])
const TERRAFORM_BLOCKS: ReadonlyMap<string, number> = new Map([
  ['backend', 1],
  ['provider_meta', 1],
  ['cloud', 0],
  ['required_providers', 0],
])
const NO_BLOCKS: ReadonlyMap<string, number> = new Map()

/**
 * Reads a `.tf.json` file. Never throws.
 *
 * The spans of names and types lie inside the quotes, those of labels and strings include them. Several blocks share
 * their type and labels in JSON, so a block's `span` begins at its last label (at its type if it has none), or is the
 * object alone if that stands in an array; type, labels and `headerSpan` (the last label) may lie outside. Nested blocks
 * are attributes here: without a schema JSON cannot tell them apart.
 */
export function parseHclJson(path: string, text: string): HclDocument {
  const lines = new LineMap(text)
  const { root, reports } = scanJson(text)
  const builder = new JsonBuilder(reports)
  const body: Body = { span: { start: 0, end: text.length }, items: builder.bodyItems(root, ROOT_BLOCKS) }
  const diagnostics = builder.reports
    .toSorted((a, b) => a.span.start - b.span.start)
    .map(({ span, code, message }) => diagnosticAt(path, lines, span, code, message))
  return { language: 'hcl', syntax: 'json', path, text, lines, diagnostics, body }
}

class JsonBuilder {
  readonly reports: Report[]

  constructor(reports: readonly Report[]) {
    this.reports = [...reports]
  }

  /** A body is an object, or an array of objects that count as one. */
  bodyItems(node: JsonNode, blocks: ReadonlyMap<string, number>): (Attribute | Block)[] {
    const items: (Attribute | Block)[] = []
    for (const member of this.#members(node)) {
      const levels = blocks.get(member.key.value)
      if (levels === undefined) items.push(this.#attribute(member))
      else this.#blocks(member.key, [], levels, member.value, items)
    }
    return items
  }

  /** The properties of an object or of an array of objects, without comments. */
  #members(node: JsonNode): JsonMember[] {
    if (node.kind === 'object') return node.members.filter(({ key }) => key.value !== '//')
    if (node.kind === 'array')
      return node.items.flatMap((item) => (item.kind === 'array' ? this.#refuse(item) : this.#members(item)))
    return node.kind === 'invalid' || isNull(node) ? [] : this.#refuse(node)
  }

  #refuse(node: JsonNode): [] {
    const message = 'An object, or an array of objects, is expected here.'
    this.reports.push({ span: node.span, code: 'hcl-json-expected-object', message })
    return []
  }

  #blocks(
    type: JsonString,
    labels: readonly Label[],
    levels: number,
    value: JsonNode,
    out: (Attribute | Block)[],
  ): void {
    if (levels > 0) {
      for (const { key, value: inner } of this.#members(value)) {
        this.#blocks(type, [...labels, { value: key.value, span: key.span }], levels - 1, inner, out)
      }
      return
    }
    if (value.kind === 'array') {
      for (const item of value.items) {
        if (item.kind === 'object') out.push(this.#block(type, labels, item, item.span.start))
        else if (item.kind !== 'invalid') this.#refuse(item)
      }
    } else if (value.kind === 'object') {
      out.push(this.#block(type, labels, value, headerOf(type, labels).start))
    } else if (value.kind !== 'invalid' && !isNull(value)) {
      this.#refuse(value)
    }
  }

  #block(type: JsonString, labels: readonly Label[], value: JsonObject, from: number): Block {
    const { start, end } = value.span
    const items = this.bodyItems(value, type.value === 'terraform' ? TERRAFORM_BLOCKS : NO_BLOCKS)
    return {
      kind: 'block',
      type: type.value,
      typeSpan: type.contentSpan,
      labels,
      span: { start: from, end },
      headerSpan: headerOf(type, labels),
      body: { span: { start: start + 1, end: value.closed ? end - 1 : end }, items },
    }
  }

  #attribute({ key, value }: JsonMember): Attribute {
    const expression = this.#expression(value)
    return {
      kind: 'attribute',
      name: key.value,
      nameSpan: key.contentSpan,
      span: { start: key.span.start, end: expression.span.end },
      value: expression,
    }
  }

  #expression(node: JsonNode): Expression {
    switch (node.kind) {
      case 'string':
        return this.#template(node)
      case 'scalar':
        return { kind: 'literal', value: node.value, raw: node.raw, span: node.span }
      case 'array':
        return { kind: 'tuple', items: node.items.map((item) => this.#expression(item)), span: node.span }
      case 'object':
        return { kind: 'object', items: node.members.map((member) => this.#objectItem(member)), span: node.span }
      case 'invalid':
        return { kind: 'invalid', span: node.span }
    }
  }

  #objectItem({ key, value }: JsonMember): ObjectItem {
    const keyExpression = this.#template(key)
    const valueExpression = this.#expression(value)
    const span = { start: key.span.start, end: valueExpression.span.end }
    return { keyName: undefined, key: keyExpression, value: valueExpression, span }
  }

  #template(node: JsonString): TemplateExpression {
    const { value, span, contentSpan } = node
    const shape = { kind: 'template', style: 'json', span, contentSpan } as const
    if (value === '') return { ...shape, parts: [] }
    if (!value.includes('{')) return { ...shape, parts: [{ kind: 'text', value, span: contentSpan }] }
    const cursor = new Cursor(value, placedTokens(node))
    const parts = parseBareTemplate(cursor)
    this.reports.push(...cursor.reports)
    return { ...shape, parts }
  }
}

/** A JSON string's template tokens with offsets of the file, and with texts where the file spells them otherwise. */
function placedTokens({ value, offsets, contentSpan }: JsonString): ReturnType<typeof lex>['tokens'] {
  const place = (offset: number): number => offsets?.[offset] ?? contentSpan.start + offset
  return lex(value, 'bare').tokens.map((token) => {
    const span: Span = { start: place(token.start), end: place(token.end) }
    return { kind: token.kind, ...span, text: value.slice(token.start, token.end) }
  })
}

function headerOf(type: JsonString, labels: readonly Label[]): Span {
  return labels.at(-1)?.span ?? type.span
}

function isNull(node: JsonNode): boolean {
  return node.kind === 'scalar' && node.value === null
}
