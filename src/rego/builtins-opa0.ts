/**
 * Builtins whose results changed between OPA 0.x and 1.x, as 0.x had them: for `compile`'s `builtins`. OPA's cases for Rego v0 are from
 * that time. Policies run with the results of 1.x, also those in v0, as in Gatekeeper.
 */
import { BuiltinError, OperandError, type Builtin } from './builtins/builtin.ts'
import { builtins } from './builtins/index.ts'
import { isArray, ObjectBuilder, RegoObject, RegoSet, typeName, type Value } from './value/value.ts'
import { printValue } from './value/print.ts'

function wrap(
  name: string,
  evaluate: (base: Builtin, ...call: Parameters<Builtin['evaluate']>) => Value | undefined,
): readonly Builtin[] {
  const base = builtins.get(name)
  return base === undefined ? [] : [{ ...base, evaluate: (args, context) => evaluate(base, args, context) }]
}

/** Tests of types were true or undefined. */
const TYPE_TESTS = ['is_array', 'is_boolean', 'is_null', 'is_number', 'is_object', 'is_set', 'is_string']

/** Syntax trees had no member for a default that is expected. */
const GRAPHQL = ['graphql.parse', 'graphql.parse_and_verify', 'graphql.parse_query', 'graphql.parse_schema']

function withoutMember(value: Value, name: string): Value {
  if (value === null || typeof value !== 'object') return value
  if (isArray(value)) return value.map((item) => withoutMember(item, name))
  if (!(value instanceof RegoObject)) return value
  const builder = new ObjectBuilder()
  for (const [key, member] of value) if (key !== name) builder.set(key, withoutMember(member, name))
  return builder.build()
}

export const opa0Builtins: readonly Builtin[] = [
  ...TYPE_TESTS.flatMap((name) =>
    wrap(name, (base, args, context) => (base.evaluate(args, context) === true ? true : undefined)),
  ),
  ...GRAPHQL.flatMap((name) =>
    wrap(name, (base, args, context) => {
      const result = base.evaluate(args, context)
      return result === undefined ? undefined : withoutMember(result, 'ExpectedTypeHasDefault')
    }),
  ),
  ...['units.parse', 'units.parse_bytes'].flatMap((name) =>
    wrap(name, (base, args, context) => {
      try {
        return base.evaluate(args, context)
      } catch (error) {
        if (!(error instanceof BuiltinError) || error instanceof OperandError) throw error
        throw new BuiltinError(error.message.replace(`${name}: `, `${name} error: `), { cause: error })
      }
    }),
  ),
  ...wrap('json.is_valid', (base, args, context) => {
    const [text = null] = args
    if (typeof text !== 'string') throw new OperandError(`operand 1 must be string but got ${typeName(text)}`)
    return base.evaluate(args, context)
  }),
  // What is no graph reached nothing.
  ...['graph.reachable', 'graph.reachable_paths'].flatMap((name) =>
    wrap(name, (base, args, context) => {
      try {
        return base.evaluate(args, context)
      } catch (error) {
        if (!(error instanceof OperandError) || context.strict) throw error
        return RegoSet.empty
      }
    }),
  ),
  // Headers and payload were printed as terms, with spaces.
  ...wrap('io.jwt.encode_sign', (_base, args, context) => {
    const [headers = null, payload = null, key = null] = args
    const raw = builtins.get('io.jwt.encode_sign_raw')
    return raw?.evaluate([printValue(headers), printValue(payload), printValue(key)], context)
  }),
]
