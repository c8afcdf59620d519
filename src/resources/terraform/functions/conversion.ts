import type { ListValue, Value } from '../../value.ts'
import { nullValue, toBool, toNumber, toStringValue, unknownFrom } from './convert.ts'
import {
  define,
  Fault,
  type FunctionTable,
  known,
  mergeRefs,
  NotKnown,
  raw,
  type TerraformFunction,
} from './definition.ts'
import { encodeJson } from './json.ts'
import { findError, isErrorValue, isFallible } from './evaluation-error.ts'
import { countRange, makeSet, openCause, unify } from './members.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "Type Conversion Functions". */
export const conversionFunctions: FunctionTable = {
  can: define({
    parameters: [raw('expression')],
    returns: 'bool',
    lazy: true,
    call([value]) {
      if (findError(value) !== undefined) return false
      // Throws if any of it is unknown: what is not known yet may still fail.
      encodeJson(value)
      return true
    },
  }),
  ephemeralasnull: define({ parameters: [raw('value')], nullable: true, marks: 'moved', call: ([value]) => value }),
  issensitive: define({
    parameters: [raw('value')],
    returns: 'bool',
    marks: 'moved',
    call([value]) {
      if (value.sensitive === true) return true
      if (value.kind === 'unknown') throw new NotKnown(value)
      return false
    },
  }),
  nonsensitive: define({
    parameters: [raw('value')],
    nullable: true,
    marks: 'moved',
    call: ([value]) => ({ ...value, sensitive: undefined }),
  }),
  sensitive: define({
    parameters: [raw('value')],
    nullable: true,
    marks: 'moved',
    call: ([value]) => ({ ...value, sensitive: true }),
  }),
  tobool: scalar(toBool),
  tolist: define({
    parameters: [raw('v')],
    returns: 'list',
    nullable: true,
    marks: 'structural',
    call([value]) {
      if (value.kind === 'null') return nullValue
      const source = readList(value)
      const { least, most } = countRange(source)
      // The unknown members of a set have no place in its order.
      const rest = source.rest ?? (least < most ? unknownFrom(openCause(source)) : undefined)
      return { ...source, items: unify(source.items), set: undefined, rest }
    },
  }),
  tomap: define({
    parameters: [raw('v')],
    returns: 'map',
    nullable: true,
    marks: 'structural',
    call([value]) {
      if (value.kind === 'null') return nullValue
      const source = known(value, 'map')
      if (source.kind !== 'map') throw new Fault('a map is required')
      const members = unify([...source.entries.values()])
      return { ...source, entries: new Map([...source.entries.keys()].map((key, i) => [key, members[i] ?? nullValue])) }
    },
  }),
  tonumber: scalar(toNumber),
  toset: define({
    parameters: [raw('v')],
    returns: 'list',
    nullable: true,
    marks: 'structural',
    call([value]) {
      if (value.kind === 'null') return nullValue
      // The validation of a variable holds for its members in whatever collection they are.
      if (value.kind === 'unknown' && value.rejects !== undefined) return { ...value, type: 'list' }
      const source = readList(value)
      return { ...source, ...makeSet(source.items, source.rest) }
    },
  }),
  tostring: scalar(toStringValue),
  try: define({
    parameters: [],
    variadic: raw('expressions'),
    least: 1,
    nullable: true,
    marks: 'moved',
    lazy: true,
    call: (_, expressions) => firstSuccess(expressions),
  }),
  // Exists in `terraform console` only.
  type: define({
    parameters: [raw('value')],
    call() {
      throw new NotKnown({ kind: 'unknown', reason: 'type() exists in the console only' })
    },
  }),
}

/** A conversion between scalars, which keeps the origin of what it converts. */
function scalar(convert: (value: Value) => Value): TerraformFunction {
  return define({
    parameters: [raw('v')],
    nullable: true,
    marks: 'moved',
    call([value]) {
      const converted = convert(value)
      if (isErrorValue(converted)) throw new Fault(converted.reason)
      return converted
    },
  })
}

function readList(value: Value): ListValue {
  const source = known(value, 'list')
  if (source.kind !== 'list') throw new Fault('a list or set is required')
  return source
}

function firstSuccess(expressions: readonly Value[]): Value {
  const possible: Value[] = []
  for (const expression of expressions) {
    if (findError(expression) !== undefined) continue
    possible.push(expression)
    if (!isFallible(expression)) break
  }
  const [first] = possible
  if (first === undefined) {
    const faults = expressions.map((expression) => findError(expression)?.reason)
    throw new Fault(`no expression succeeded (${faults.join('; ')})`)
  }
  if (possible.length === 1 || first.kind !== 'unknown') return first
  // The first may fail or not, so only what all of them share is known.
  const types = new Set(possible.map((value) => (value.kind === 'unknown' ? value.type : value.kind)))
  const [type] = types
  const notNull = possible.every((value) => (value.kind === 'unknown' ? value.notNull === true : value.kind !== 'null'))
  const unknown = unknownFrom(first, types.size === 1 && type !== 'null' ? type : undefined, notNull)
  const sensitive = possible.some((value) => value.sensitive === true)
  return { ...unknown, refs: mergeRefs(...possible.map((value) => value.refs)), ...(sensitive && { sensitive }) }
}
