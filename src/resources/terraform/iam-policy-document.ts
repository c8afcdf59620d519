import { asString } from '../place.ts'
import type { ListValue, MapValue, StringValue, UnknownValue, Value } from '../value.ts'
import { claimOf, isWhollyKnown, list, map, mergeRefs, reasonOf, text, traitsOf, unknown } from './values.ts'

/** Where the configured arguments of the data source come from. */
interface PolicyArguments {
  readonly address: string
  attribute(name: string): Value | undefined
}

interface Statements {
  readonly items: readonly Value[]
  /** Why there may be more. */
  readonly open: string | undefined
}

/**
 * The `json` attribute of `aws_iam_policy_document`: a text that is unknown as such (its layout is the provider's),
 * with the policy's structure, whose pieces have the origins of the data source's arguments.
 */
export function policyDocumentJson(args: PolicyArguments): UnknownValue | StringValue {
  const base = documents(args, 'source_json', 'source_policy_documents')
  const own = ownStatements(args.attribute('statement'))
  const over = documents(args, 'override_json', 'override_policy_documents')
  // Sources may not repeat a Sid, so whatever is merged later replaces what has its Sid.
  const merged = override(override(base, own), over)
  const entries = new Map<string, Value>()
  entries.set('Version', args.attribute('version') ?? text('2012-10-17'))
  const id = args.attribute('policy_id')
  if (id !== undefined && id.kind !== 'null') entries.set('Id', id)
  const rest = merged.open === undefined ? undefined : unknown(merged.open)
  const statements = { ...list(merged.items, rest), origin: args.attribute('statement')?.origin }
  entries.set('Statement', statements)
  const encodes = map(entries)
  const refs = mergeRefs(
    ['statement', 'source_policy_documents', 'override_policy_documents'].map((name) => args.attribute(name)),
  )
  const reason = reasonOf(encodes) ?? `${args.address} is rendered by the provider`
  const marks = refs === undefined ? {} : { refs }
  if (isWhollyKnown(encodes)) return { ...text(JSON.stringify(plain(encodes), null, 2)), ...marks, encodes }
  return unknown(reason, { type: 'string', notNull: true, encodes, ...marks })
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'list':
      return value.items.map(plain)
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]))
    case 'null':
    case 'unknown':
      return null
    default:
      return value.value
  }
}

/** The statements of whole documents given as JSON texts. */
function documents(args: PolicyArguments, single: string, several: string): Statements {
  let result: Statements = { items: [], open: undefined }
  for (const name of [single, several]) {
    const value = args.attribute(name)
    if (value === undefined || value.kind === 'null') continue
    const texts = value.kind === 'list' ? value.items : [value]
    for (const json of texts) result = override(result, statementsOf(json))
    if (value.kind === 'list' && value.rest !== undefined) result = { ...result, open: value.rest.reason }
  }
  return result
}

function statementsOf(json: Value): Statements {
  if (json.kind === 'null' || (json.kind === 'string' && json.value.trim() === ''))
    return { items: [], open: undefined }
  const document = json.kind === 'string' || json.kind === 'unknown' ? json.encodes : undefined
  if (document?.kind !== 'map') {
    return { items: [], open: json.kind === 'unknown' ? json.reason : 'a policy document is not readable JSON' }
  }
  const statement = document.entries.get('Statement')
  if (statement === undefined) return { items: [], open: document.rest?.reason }
  if (statement.kind === 'list') return { items: statement.items, open: statement.rest?.reason }
  if (statement.kind === 'map') return { items: [statement], open: undefined }
  return { items: [], open: statement.kind === 'unknown' ? statement.reason : 'a policy has no readable Statement' }
}

function override(base: Statements, over: Statements): Statements {
  const items = [...base.items]
  for (const statement of over.items) {
    const sid = sidOf(statement)
    const at = sid === undefined ? -1 : items.findIndex((other) => sidOf(other) === sid)
    if (at < 0) items.push(statement)
    else items[at] = statement
  }
  return { items, open: base.open ?? over.open }
}

function sidOf(statement: Value): string | undefined {
  const sid = statement.kind === 'map' ? statement.entries.get('Sid') : undefined
  const known = sid === undefined ? undefined : asString(sid)
  return known === '' ? undefined : known
}

function ownStatements(blocks: Value | undefined): Statements {
  if (blocks === undefined || blocks.kind === 'null') return { items: [], open: undefined }
  if (blocks.kind === 'map') return { items: [statement(blocks)], open: undefined }
  if (blocks.kind !== 'list') return { items: [], open: reasonOf(blocks) ?? 'the statements are unknown' }
  const items: Value[] = []
  let open = blocks.rest?.reason
  for (const block of blocks.items) {
    if (block.kind === 'map') items.push(statement(block))
    else open ??= reasonOf(block)
  }
  return { items, open }
}

function statement(block: MapValue): MapValue {
  const entries = new Map<string, Value>()
  const copy = (from: string, to: string) => {
    const value = block.entries.get(from)
    if (value !== undefined && value.kind !== 'null') entries.set(to, value)
  }
  copy('sid', 'Sid')
  entries.set('Effect', present(block.entries.get('effect')) ?? text('Allow'))
  copyPrincipals(block, 'principals', 'Principal', entries)
  copyPrincipals(block, 'not_principals', 'NotPrincipal', entries)
  copy('actions', 'Action')
  copy('not_actions', 'NotAction')
  copy('resources', 'Resource')
  copy('not_resources', 'NotResource')
  const conditions = present(block.entries.get('condition'))
  if (conditions !== undefined) entries.set('Condition', conditionMap(conditions))
  return { ...map(entries), origin: block.origin, uncertain: block.uncertain }
}

function present(value: Value | undefined): Value | undefined {
  return value?.kind === 'null' ? undefined : value
}

function blocksOf(value: Value): ListValue {
  if (value.kind === 'list') return value
  return value.kind === 'map'
    ? list([value])
    : list([], unknown(reasonOf(value) ?? 'the blocks are unknown', traitsOf(value)))
}

function copyPrincipals(block: MapValue, from: string, to: string, entries: Map<string, Value>): void {
  const value = present(block.entries.get(from))
  if (value === undefined) return
  const blocks = blocksOf(value)
  // A dynamic block over nothing writes nothing.
  if (blocks.items.length === 0 && blocks.rest === undefined) return
  const byType = new Map<string, Value>()
  let rest = blocks.rest
  for (const item of blocks.items) {
    const type = item.kind === 'map' ? item.entries.get('type') : undefined
    const identifiers = item.kind === 'map' ? item.entries.get('identifiers') : undefined
    const name = type === undefined ? undefined : asString(type)
    if (name === undefined || identifiers === undefined || (item.kind === 'map' && item.uncertain !== undefined)) {
      rest ??= unknown(reasonOf(item) ?? (item.kind === 'map' ? item.uncertain : undefined) ?? 'a principal is unknown')
      continue
    }
    const known = byType.get(name)
    byType.set(name, known === undefined ? identifiers : joined(known, identifiers))
  }
  const star = byType.get('*')
  if (
    star !== undefined &&
    byType.size === 1 &&
    star.kind === 'list' &&
    star.items.length === 1 &&
    rest === undefined
  ) {
    const [only] = star.items
    if (only !== undefined) entries.set(to, only)
    return
  }
  entries.set(to, { ...map(byType, rest), origin: blocks.items[0]?.origin ?? value.origin })
}

function joined(a: Value, b: Value): Value {
  const items = [a, b].flatMap((value) => (value.kind === 'list' ? value.items : [value]))
  return { ...list(items), origin: a.origin }
}

function conditionMap(value: Value): MapValue {
  const blocks = blocksOf(value)
  const operators = new Map<string, Map<string, Value>>()
  const claims = new Map<string, UnknownValue>()
  let rest = blocks.rest
  for (const block of blocks.items) {
    const get = (name: string) => (block.kind === 'map' ? block.entries.get(name) : undefined)
    const test = get('test')
    const variable = get('variable')
    const values = get('values')
    const operator = test === undefined ? undefined : asString(test)
    const claim = claimOf(variable)
    const key = variable === undefined ? undefined : (claim ?? asString(variable))
    if (
      operator === undefined ||
      key === undefined ||
      values === undefined ||
      (block.kind === 'map' && block.uncertain)
    ) {
      rest ??= unknown(reasonOf(block) ?? 'a condition is unknown')
      continue
    }
    const keys = operators.get(operator) ?? new Map<string, Value>()
    const known = keys.get(key)
    keys.set(key, known === undefined ? values : joined(known, values))
    operators.set(operator, keys)
    if (claim !== undefined && variable !== undefined)
      claims.set(operator, unknown('a key of the condition is unknown', { ...traitsOf(variable), named: true }))
  }
  const entries = [...operators].map(([operator, keys]) => [operator, map(keys, claims.get(operator))] as const)
  return { ...map(new Map(entries), rest), origin: value.origin ?? blocks.items[0]?.origin }
}
