import type { Attribute, Block, Expression, HclDocument } from '../../parse/hcl/ast.ts'
import type { Span } from '../../text/span.ts'
import type { MapValue, UnknownValue, Value } from '../value.ts'
import { iterationsOf } from './collections.ts'
import { valuesEqual } from './functions/convert.ts'
import { attributeOf, bodyItems, entryName, objectItems, propertyName, type SourcedItem } from './module-source.ts'
import type { Evaluate, Scope } from './scope.ts'
import { elementOf, failed, list, map, text, unknown } from './values.ts'

/** Attributes that name things instead of using their values. */
const NAMING_ATTRIBUTES = new Set(['depends_on', 'provider', 'providers', 'ignore_changes', 'replace_triggered_by'])
/** Where the naming attributes of nested bodies stand; elsewhere such a name is an attribute like any other. */
const LIFECYCLE = 'lifecycle'

/** A `dynamic` block in either syntax. */
interface Dynamic {
  readonly document: HclDocument
  readonly type: string
  readonly items: readonly SourcedItem[]
}

/** The items of a body by the key under which they appear in its value, in source order. */
export function groupItems(items: readonly SourcedItem[]): ReadonlyMap<string, readonly (SourcedItem | Dynamic)[]> {
  const groups = new Map<string, (SourcedItem | Dynamic)[]>()
  for (const sourced of items) {
    for (const [name, entry] of entriesOf(sourced)) {
      const group = groups.get(name)
      if (group === undefined) groups.set(name, [entry])
      else group.push(entry)
    }
  }
  return groups
}

function entriesOf(sourced: SourcedItem): readonly (readonly [string, SourcedItem | Dynamic])[] {
  const { document, item } = sourced
  if (item.kind === 'block') {
    const name = entryName(item)
    if (item.type !== 'dynamic') return [[name, sourced]]
    return [[name, { document, type: name, items: bodyItems({ document, item }) }]]
  }
  if (item.name !== 'dynamic' || item.value.kind !== 'object') return [[item.name, sourced]]
  // JSON: {"dynamic": {"ingress": {"for_each": ..., "content": {...}}}}, or a list of such bodies.
  return objectItems(document, item.value).flatMap(({ item: property }) => {
    if (property.kind !== 'attribute') return []
    const bodies = property.value.kind === 'tuple' ? property.value.items : [property.value]
    return bodies.flatMap((body) =>
      body.kind === 'object'
        ? [[property.name, { document, type: property.name, items: objectItems(document, body) }] as const]
        : [],
    )
  })
}

/** What stands under one key of a body: the attribute's value, or the list of blocks. */
export function entryValue(
  group: readonly (SourcedItem | Dynamic)[],
  scope: Scope,
  evaluate: Evaluate,
  naming: boolean,
): Value | undefined {
  const [first] = group
  if (first === undefined) return undefined
  if ('item' in first && first.item.kind === 'attribute')
    return attributeValue(first, first.item, scope, evaluate, naming)
  const items: MapValue[] = []
  for (const entry of group) {
    if (!('item' in entry)) items.push(...dynamicBlocks(entry, scope.in(entry.document), evaluate))
    else if (entry.item.kind === 'block') items.push(blockValue(entry.document, entry.item, scope, evaluate))
  }
  return list(items)
}

function attributeValue(
  { document }: SourcedItem,
  attribute: Attribute,
  scope: Scope,
  evaluate: Evaluate,
  naming: boolean,
): Value {
  const inner = scope.in(document)
  if (naming && NAMING_ATTRIBUTES.has(attribute.name)) return namedThings(attribute.value, inner)
  const { value: expression } = attribute
  if (document.syntax === 'json' && hasDynamic(expression)) {
    return bodyValue(objectItems(document, expression), inner, evaluate, { ...scope.origin(expression), document })
  }
  const value = evaluate(expression, inner)
  // An attribute that fails still says where it is written.
  return failed(value) ? { ...value, origin: inner.origin(expression) } : value
}

function hasDynamic(expression: Expression): expression is Expression & { kind: 'object' } {
  return expression.kind === 'object' && expression.items.some((item) => propertyName(item) === 'dynamic')
}

function blockValue(document: HclDocument, block: Block, scope: Scope, evaluate: Evaluate): MapValue {
  const inner = scope.in(document)
  const value = bodyValue(
    bodyItems({ document, item: block }),
    inner,
    evaluate,
    inner.origin(block),
    block.type === LIFECYCLE,
  )
  if (block.labels.length === 0) return value
  // `provisioner "local-exec"`: the label is kept, as nothing else tells the blocks of one type apart.
  return { ...value, entries: new Map([['label', text(block.labels[0]?.value ?? '')], ...value.entries]) }
}

/** The value of a body: attributes, and nested blocks as lists under their type. */
function bodyValue(
  items: readonly SourcedItem[],
  scope: Scope,
  evaluate: Evaluate,
  origin: MapValue['origin'],
  naming = false,
): MapValue {
  const entries = new Map<string, Value>()
  for (const [name, group] of groupItems(items)) {
    const value = entryValue(group, scope, evaluate, naming)
    if (value !== undefined) entries.set(name, value)
  }
  return { ...map(entries), origin, keySpans: keySpansOf(items, origin) }
}

/** Where the keys are written, as far as that is in the file of the map's origin. */
export function keySpansOf(items: readonly SourcedItem[], origin: MapValue['origin']): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>()
  for (const { document, item } of items) {
    const name = entryName(item)
    if (origin !== undefined && document !== origin.document) continue
    if (!spans.has(name)) spans.set(name, keySpan(item))
  }
  return spans
}

function keySpan(item: Attribute | Block): Span {
  if (item.kind === 'attribute') return item.nameSpan
  return (item.type === 'dynamic' ? item.labels[0]?.span : undefined) ?? item.typeSpan
}

function dynamicBlocks(dynamic: Dynamic, scope: Scope, evaluate: Evaluate): readonly MapValue[] {
  const content = contentOf(dynamic)
  if (content === undefined) return []
  const forEach = attributeOf(dynamic.items, 'for_each')
  const collection: Value =
    forEach === undefined
      ? unknown('the dynamic block has no for_each')
      : evaluate(forEach.item.value, scope.in(forEach.document))
  const iterator = iteratorName(dynamic)
  const body = (key: Value, value: Value, uncertain?: string): MapValue => {
    const each = map(
      new Map([
        ['key', key],
        ['value', value],
      ]),
    )
    const inner = scope.bind(new Map([[iterator, each]]))
    const result = bodyValue(content.items, inner, evaluate, inner.origin(content.node))
    return uncertain === undefined ? result : { ...result, uncertain }
  }
  if (collection.kind === 'unknown' && collection.candidates !== undefined) {
    return possibleItems(collection, collection.candidates).map(({ key, value }) => body(key, value, collection.reason))
  }
  const iterations = iterationsOf(collection) ?? { known: [], rest: unknown('for_each is not a collection') }
  const blocks = iterations.known.map(({ key, value }) => body(key, value))
  const { rest } = iterations
  if (rest !== undefined) blocks.push(body(unknown(rest.reason, { notNull: true }), elementOf(rest), rest.reason))
  return blocks
}

function possibleItems(whole: UnknownValue, candidates: readonly Value[]): readonly { key: Value; value: Value }[] {
  const found: { key: Value; value: Value }[] = []
  for (const candidate of candidates) {
    const iterations = iterationsOf(candidate)
    for (const item of iterations?.known ?? []) {
      const same = found.some(({ key, value }) => valuesEqual(key, item.key) && valuesEqual(value, item.value))
      if (!same) found.push(item)
    }
    if (iterations?.rest !== undefined) found.push({ key: unknown(whole.reason), value: elementOf(iterations.rest) })
  }
  return found
}

function contentOf(dynamic: Dynamic): { items: readonly SourcedItem[]; node: Block | Expression } | undefined {
  for (const { document, item } of dynamic.items) {
    if (item.kind === 'block' && item.type === 'content') return { items: bodyItems({ document, item }), node: item }
    if (item.kind === 'attribute' && item.name === 'content' && item.value.kind === 'object') {
      return { items: objectItems(document, item.value), node: item.value }
    }
  }
  return undefined
}

/** `iterator = rule`, a bare name; in JSON syntax a string. */
export function iteratorName(dynamic: Pick<Dynamic, 'type' | 'items'>): string {
  const value = attributeOf(dynamic.items, 'iterator')?.item.value
  if (value?.kind === 'variable') return value.name
  const [part] = value?.kind === 'template' ? value.parts : []
  return part?.kind === 'text' ? part.value : dynamic.type
}

/** `depends_on = [aws_x.y]`, `provider = aws.east`: the names as texts. */
function namedThings(expression: Expression, scope: Scope): Value {
  const origin = scope.origin(expression)
  const { start, end } = expression.span
  switch (expression.kind) {
    case 'tuple':
      return { ...list(expression.items.map((item) => namedThings(item, scope))), origin }
    case 'object': {
      const entries = expression.items.map(
        (item) => [item.keyName ?? textOf(item.key, scope), namedThings(item.value, scope)] as const,
      )
      return { ...map(new Map(entries)), origin }
    }
    case 'template':
      return { ...text(textOf(expression, scope)), origin }
    case 'variable':
    case 'get-attribute':
    case 'index':
      return { ...text(scope.document.text.slice(start, end)), origin }
    default:
      return { ...unknown('not a name'), origin }
  }
}

function textOf(expression: Expression, scope: Scope): string {
  if (expression.kind === 'template')
    return expression.parts.map((part) => (part.kind === 'text' ? part.value : '')).join('')
  return scope.document.text.slice(expression.span.start, expression.span.end)
}
