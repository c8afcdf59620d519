import type { Expression, HclDocument } from '../../parse/hcl/ast.ts'
import { parseHcl } from '../../parse/hcl/parser.ts'
import type { ListValue, MapValue, UnknownValue, Value, ValueType } from '../value.ts'
import { compareStrings, toBool, toNumber, toStringValue, valuesEqual } from './functions/convert.ts'
import { errorValue } from './functions/evaluation-error.ts'
import { failed, NULL, unknown } from './values.ts'

const MAX_DEPTH = 30

/** The type that a variable declares. */
export type TypeConstraint =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set' | 'map'; readonly of: TypeConstraint }
  | { readonly kind: 'tuple'; readonly items: readonly TypeConstraint[] }
  | { readonly kind: 'object'; readonly attributes: ReadonlyMap<string, AttributeConstraint> }

interface AttributeConstraint {
  readonly type: TypeConstraint
  readonly optional: boolean
  /** `optional(type, default)` */
  readonly fallback: { readonly expression: Expression; readonly document: HclDocument } | undefined
}

const ANY: TypeConstraint = { kind: 'any' }

/** Reads a type expression; what is not one counts as `any`. JSON syntax and old code write it as a string. */
export function readType(expression: Expression, document: HclDocument, depth = 0): TypeConstraint {
  if (depth > MAX_DEPTH) return ANY
  switch (expression.kind) {
    case 'variable':
      return namedType(expression.name)
    case 'parentheses':
      return readType(expression.inner, document, depth + 1)
    case 'template': {
      const [part] = expression.parts
      if (part?.kind !== 'text' || expression.parts.length !== 1) return ANY
      const parsed = parseHcl(document.path, `type = ${part.value}\n`)
      const [item] = parsed.body.items
      // A quoted type inside a quoted type is nothing.
      if (item?.kind !== 'attribute' || item.value.kind === 'template') return ANY
      return readType(item.value, parsed, depth + 1)
    }
    case 'call':
      return calledType(expression, document, depth)
    default:
      return ANY
  }
}

function namedType(name: string): TypeConstraint {
  if (name === 'string' || name === 'number' || name === 'bool') return { kind: name }
  return name === 'list' || name === 'map' || name === 'set' ? { kind: name, of: ANY } : ANY
}

function calledType(call: Expression & { kind: 'call' }, document: HclDocument, depth: number): TypeConstraint {
  const [arg] = call.args
  if (arg === undefined) return ANY
  switch (call.name) {
    case 'list':
    case 'set':
    case 'map':
      return { kind: call.name, of: readType(arg, document, depth + 1) }
    case 'tuple':
      if (arg.kind !== 'tuple') return ANY
      return { kind: 'tuple', items: arg.items.map((item) => readType(item, document, depth + 1)) }
    case 'object': {
      if (arg.kind !== 'object') return ANY
      const attributes = new Map<string, AttributeConstraint>()
      for (const item of arg.items) {
        if (item.keyName !== undefined)
          attributes.set(item.keyName, attributeConstraint(item.value, document, depth + 1))
      }
      return { kind: 'object', attributes }
    }
    default:
      return ANY
  }
}

function attributeConstraint(expression: Expression, document: HclDocument, depth: number): AttributeConstraint {
  if (expression.kind === 'call' && expression.name === 'optional') {
    const [type, fallback] = expression.args
    return {
      type: type === undefined ? ANY : readType(type, document, depth),
      optional: true,
      fallback: fallback === undefined ? undefined : { expression: fallback, document },
    }
  }
  return { type: readType(expression, document, depth), optional: false, fallback: undefined }
}

type EvaluateDefault = (expression: Expression, document: HclDocument) => Value

/**
 * The value as Terraform hands it on after conversion to the type; its pieces keep their origins. A value that cannot
 * be converted gives an error value.
 */
export function convertTo(value: Value, type: TypeConstraint, evaluateDefault: EvaluateDefault): Value {
  if (value.kind === 'null' || failed(value)) return value
  switch (type.kind) {
    case 'any':
      return value
    case 'string':
      return toStringValue(value)
    case 'number':
      return toNumber(value)
    case 'bool':
      return toBool(value)
    default:
      if (value.kind === 'unknown') return typedUnknown(value, type, evaluateDefault)
      return convertCollection(value, type, evaluateDefault)
  }
}

function convertCollection(
  value: Exclude<Value, UnknownValue>,
  type: Exclude<TypeConstraint, { kind: 'any' | 'string' | 'number' | 'bool' }>,
  evaluateDefault: EvaluateDefault,
): Value {
  switch (type.kind) {
    case 'list':
    case 'set': {
      if (value.kind !== 'list') return errorValue(`a ${type.kind} is required, not a ${value.kind}`)
      const items = value.items.map((item) => convertTo(item, type.of, evaluateDefault))
      const error = items.find(failed)
      if (error !== undefined) return error
      return type.kind === 'set' ? toSet(value, items) : { ...value, items, set: undefined }
    }
    case 'tuple': {
      if (value.kind !== 'list') return errorValue(`a tuple is required, not a ${value.kind}`)
      return { ...value, items: value.items.map((item, i) => convertTo(item, type.items[i] ?? ANY, evaluateDefault)) }
    }
    case 'map': {
      if (value.kind !== 'map') return errorValue(`a map is required, not a ${value.kind}`)
      const entries = [...value.entries].map(([key, item]) => [key, convertTo(item, type.of, evaluateDefault)] as const)
      return entries.map(([, item]) => item).find(failed) ?? { ...value, entries: new Map(entries) }
    }
    case 'object':
      if (value.kind !== 'map') return errorValue(`an object is required, not a ${value.kind}`)
      return toObject(value, type.attributes, evaluateDefault)
  }
}

function toSet(value: ListValue, items: readonly Value[]): Value {
  const distinct: Value[] = []
  const texts = new Set<string>()
  for (const item of items) {
    if (item.kind === 'string') {
      if (!texts.has(item.value)) distinct.push(item)
      texts.add(item.value)
    } else if (!distinct.some((other) => other.kind === item.kind && valuesEqual(other, item) === true)) {
      distinct.push(item)
    }
  }
  const sorted = distinct.toSorted((a, b) =>
    a.kind === 'string' && b.kind === 'string' ? compareStrings(a.value, b.value) : 0,
  )
  return { ...value, items: sorted, set: true }
}

function toObject(
  value: MapValue,
  attributes: ReadonlyMap<string, AttributeConstraint>,
  evaluateDefault: EvaluateDefault,
): Value {
  const entries = new Map<string, Value>()
  for (const [name, constraint] of attributes) {
    const given = value.entries.get(name)
    const present = given !== undefined && (given.kind !== 'null' || constraint.fallback === undefined)
    let item: Value
    if (present) item = given
    else if (constraint.fallback !== undefined)
      item = evaluateDefault(constraint.fallback.expression, constraint.fallback.document)
    else if (constraint.optional) item = NULL
    else if (value.rest !== undefined) item = unknown(value.rest.reason)
    else return errorValue(`the attribute "${name}" is required`)
    const converted = convertTo(item, constraint.type, evaluateDefault)
    if (failed(converted)) return converted
    entries.set(name, converted)
  }
  const { rest: _, ...whole } = value
  return { ...whole, entries }
}

function typedUnknown(value: UnknownValue, type: TypeConstraint, evaluateDefault: EvaluateDefault): UnknownValue {
  const expected: ValueType = type.kind === 'map' || type.kind === 'object' ? 'map' : 'list'
  const candidates = value.candidates?.map((candidate) => convertTo(candidate, type, evaluateDefault))
  const typed: UnknownValue = { ...value, type: expected, ...(candidates === undefined ? {} : { candidates }) }
  if (type.kind !== 'object' || value.member !== undefined) return typed
  return { ...typed, member: (name) => unknownOfType(value, name, type.attributes, evaluateDefault) }
}

function unknownOfType(
  whole: UnknownValue,
  name: string,
  attributes: ReadonlyMap<string, AttributeConstraint>,
  evaluateDefault: EvaluateDefault,
): Value {
  const constraint = attributes.get(name)
  if (constraint === undefined) return errorValue(`there is no attribute "${name}"`)
  const value = unknown(whole.reason, { refs: whole.refs, sensitive: whole.sensitive })
  const typed = convertTo(value, constraint.type, evaluateDefault)
  return typed.kind === 'unknown' && constraint.fallback !== undefined ? { ...typed, notNull: true } : typed
}
