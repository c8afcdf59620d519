import { type EditRefusal, folderOf, literalText } from '../../edit/hcl/index.ts'
import type { Block, HclDocument, ObjectExpression } from '../../parse/hcl/ast.ts'
import { type JsonNode, scanJson } from '../../parse/hcl/json-scan.ts'
import { walkExpressions } from '../../parse/hcl/walk.ts'
import type { Estate } from '../../resources/estate.ts'
import type { Place } from '../../resources/place.ts'
import { type Span, spanContains } from '../../text/span.ts'

/** A file that is edited; not every one is Terraform's. */
export type TextFile = Pick<HclDocument, 'path' | 'text'>

/** `Action = [...]` of a statement, or the like. */
export interface Element {
  readonly key: Span
  readonly value: Span
  /** The items, where the value is a list that is written out. */
  readonly items: readonly Span[] | undefined
}

/**
 * How a statement is written: an HCL object inside `jsonencode`, a block of a policy document, such a block in JSON
 * syntax, JSON inside a heredoc, or JSON in a file of its own.
 */
type StatementForm =
  | { readonly kind: 'object'; readonly document: HclDocument; readonly node: ObjectExpression }
  | { readonly kind: 'block'; readonly document: HclDocument; readonly node: Block }
  | { readonly kind: 'json-block'; readonly document: HclDocument; readonly node: ObjectExpression }
  | { readonly kind: 'embedded'; readonly document: HclDocument }
  | { readonly kind: 'file' }

export interface WrittenStatement {
  readonly form: StatementForm
  readonly file: TextFile
  readonly span: Span
  /** False if it is the policy's only one, without a list around it. */
  readonly listed: boolean
  /** By the name that it has in JSON, such as `NotAction`. */
  readonly elements: ReadonlyMap<string, Element>
}

/** The statement that a place of a policy lies in; undefined for the policy as a whole. */
export function statementAround(place: Place): Place | undefined {
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) {
    const step = at.path.at(-1)
    if (typeof step === 'number' && at.parent?.path.at(-1) === 'Statement') return at
    if (step === 'Statement' && at.value?.kind === 'map') return at
  }
  return undefined
}

/** Where a statement is written, or why nothing of it can be edited. */
export function writtenStatement(estate: Estate, statement: Place): WrittenStatement | EditRefusal {
  if (!statement.certain) return { refused: 'the statement stands in a dynamic block whose for_each is not known' }
  const origin = statement.value?.origin
  const listed = typeof statement.path.at(-1) === 'number'
  if (origin === undefined) return inFile(estate, statement)
  if (origin.language === 'yaml' || !estate.isOwn(origin.document.path)) {
    return { refused: 'the statement is not written in this project' }
  }
  const { document } = origin
  if (origin.language === 'embedded-json') {
    if (!origin.host.style.includes('heredoc')) {
      return { refused: 'the policy is JSON inside a quoted string: write it with jsonencode first' }
    }
    const elements = embeddedElements(statement)
    return 'refused' in elements
      ? elements
      : { form: { kind: 'embedded', document }, file: document, span: origin.span, listed, elements }
  }
  const { node } = origin
  if (node.kind === 'block') {
    if (node.type !== 'statement') return { refused: 'the statement comes from a dynamic block' }
    return {
      form: { kind: 'block', document, node },
      file: document,
      span: node.span,
      listed: true,
      elements: blockElements(node),
    }
  }
  if (node.kind !== 'object') return { refused: 'the statement is computed' }
  const elements = objectElements(node)
  if (document.syntax === 'json') {
    const inBlock = elements.has('Action') || elements.has('NotAction')
    if (!inBlock || node.items.some(({ key }) => /^[A-Z]/.test(literalText(key) ?? ''))) {
      return { refused: 'the policy is an expression inside a JSON string' }
    }
    const around = hostOf(document, node)
    return {
      form: { kind: 'json-block', document, node },
      file: document,
      span: node.span,
      listed: around === 'list',
      elements,
    }
  }
  const host = hostOf(document, node)
  if (host === 'loop') return { refused: 'the statement is made by a for expression' }
  if (host === 'other') return { refused: 'the statement is computed' }
  return {
    form: { kind: 'object', document, node },
    file: document,
    span: node.span,
    listed: host === 'list',
    elements,
  }
}

/** What holds an object directly: a list, a key of another object, or something that computes with it. */
function hostOf(document: HclDocument, node: ObjectExpression): 'list' | 'key' | 'loop' | 'other' {
  let found: 'list' | 'key' | 'other' = 'other'
  let loop = false
  walkExpressions(document.body, (expression) => {
    if (!spanContains(expression.span, node.span)) return false
    if (expression.kind === 'for') loop = true
    if (expression.kind === 'tuple' && expression.items.includes(node)) found = 'list'
    if (expression.kind === 'object' && expression.items.some(({ value }) => value === node)) found = 'key'
    return undefined
  })
  return loop ? 'loop' : found
}

const JSON_NAMES: ReadonlyMap<string, string> = new Map([
  ['sid', 'Sid'],
  ['effect', 'Effect'],
  ['actions', 'Action'],
  ['not_actions', 'NotAction'],
  ['resources', 'Resource'],
  ['not_resources', 'NotResource'],
  ['condition', 'Condition'],
])

function objectElements(node: ObjectExpression): ReadonlyMap<string, Element> {
  return new Map(
    node.items.map(({ key, keyName, value }) => {
      const name = keyName ?? literalText(key) ?? ''
      const items = value.kind === 'tuple' ? value.items.map(({ span }) => span) : undefined
      return [JSON_NAMES.get(name) ?? name, { key: key.span, value: value.span, items }]
    }),
  )
}

function blockElements(node: Block): ReadonlyMap<string, Element> {
  const elements = new Map<string, Element>()
  for (const item of node.body.items) {
    if (item.kind !== 'attribute') continue
    const { value, name, nameSpan } = item
    const items = value.kind === 'tuple' ? value.items.map(({ span }) => span) : undefined
    elements.set(JSON_NAMES.get(name) ?? name, { key: nameSpan, value: value.span, items })
  }
  return elements
}

function embeddedElements(statement: Place): ReadonlyMap<string, Element> | EditRefusal {
  const { value } = statement
  const elements = new Map<string, Element>()
  if (value?.kind !== 'map') return elements
  for (const [name, inner] of value.entries) {
    const key = value.keySpans?.get(name)
    const span = inner.origin?.language === 'embedded-json' ? inner.origin.span : undefined
    if (key === undefined || span === undefined) continue
    const items = inner.kind === 'list' ? inner.items.map(({ origin }) => origin) : undefined
    const spans = items?.flatMap((origin) => (origin?.language === 'embedded-json' ? [origin.span] : []))
    elements.set(name, { key, value: span, items: spans?.length === items?.length ? spans : undefined })
  }
  return elements
}

/** A statement in a file of the project that the policy is read from with `file()`. */
function inFile(estate: Estate, statement: Place): WrittenStatement | EditRefusal {
  const computed: EditRefusal = { refused: 'the policy is computed, so there is no text of its own to change' }
  const { resource } = statement
  if (resource.kind !== 'terraform' || resource.source === undefined) return computed
  const { document, block } = resource.source
  const source = document.text.slice(block.span.start, block.span.end)
  const calls = [...source.matchAll(/\bfile\(\s*"(?:\$\{path\.module\}\/)?([^"$]+)"\s*\)/g)]
  const [, name] = calls.length === 1 ? (calls[0] ?? []) : []
  if (name === undefined) return computed
  const path = join(folderOf(document.path), name)
  const content = path === undefined ? undefined : estate.files.get(path)
  if (path === undefined || content === undefined) return computed
  const root = scanJson(content).root
  const list = memberOf(root, 'Statement')
  const step = statement.path.at(-1)
  const node = list?.kind === 'array' && typeof step === 'number' ? list.items[step] : list
  if (node?.kind !== 'object') return computed
  const elements = node.members.map(({ key, value }): [string, Element] => {
    const items = value.kind === 'array' ? value.items.map(({ span }) => span) : undefined
    return [key.value, { key: key.span, value: value.span, items }]
  })
  return {
    form: { kind: 'file' },
    file: { path, text: content },
    span: node.span,
    listed: list?.kind === 'array',
    elements: new Map(elements),
  }
}

function memberOf(node: JsonNode, name: string): JsonNode | undefined {
  return node.kind === 'object' ? node.members.find(({ key }) => key.value === name)?.value : undefined
}

/** A path in the project; undefined if it leads out of it. */
function join(dir: string, name: string): string | undefined {
  const parts = dir === '.' ? [] : dir.split('/')
  for (const part of name.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return parts.join('/')
}
