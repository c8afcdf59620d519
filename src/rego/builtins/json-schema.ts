import { checkSchema, SchemaError } from '../json-schema/schema.ts'
import { validate } from '../json-schema/validate.ts'
import { parseJson } from '../value/json.ts'
import { isArray, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { BuiltinError, define, operand, stepper, type BuiltinContext } from './builtin.ts'
import { anyObject, anyOf, arrayOf, boolean, nil, record, string, tuple } from './types.ts'

/** A document as JSON text or as a value. Sets are arrays. */
function load(value: Value): Value {
  if (typeof value === 'string') {
    try {
      return parseJson(value)
    } catch {
      throw new BuiltinError('invalid JSON string')
    }
  }
  if (value instanceof RegoObject || isArray(value)) return plain(value)
  throw new BuiltinError('wrong type, expected string or object')
}

function plain(value: Value): Value {
  if (value instanceof RegoSet) return value.sorted().map(plain)
  if (value instanceof RegoObject) return RegoObject.of(Array.from(value, ([key, one]) => [key, plain(one)] as const))
  return value !== null && typeof value === 'object' && isArray(value) ? value.map(plain) : value
}

function guarded<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof SchemaError) throw new BuiltinError(error.message)
    throw error
  }
}

function match(args: readonly Value[], context: BuiltinContext): Value {
  const document = load(operand(args, 0))
  const schema = load(operand(args, 1))
  const problems = guarded(() => {
    checkSchema(schema)
    return validate(schema, document, stepper(context))
  })
  const errors = problems.map(({ type, field, description }) =>
    RegoObject.of([
      ['error', `${field}: ${description}`],
      ['type', type],
      ['field', field],
      ['desc', description],
    ]),
  )
  return [errors.length === 0, errors]
}

function verify(args: readonly Value[]): Value {
  try {
    const schema = load(operand(args, 0))
    guarded(() => checkSchema(schema))
    return [true, null]
  } catch (error) {
    if (error instanceof BuiltinError) return [false, `jsonschema: ${error.message}`]
    throw error
  }
}

const DOCUMENT = anyOf(string, anyObject)

export const jsonSchema = define('json', [
  {
    name: 'json.match_schema',
    args: [
      ['document', DOCUMENT, 'an object, or JSON'],
      ['schema', DOCUMENT, 'a JSON Schema as an object, or as JSON'],
    ],
    result: [
      tuple(boolean, arrayOf(record({ error: string, type: string, field: string, desc: string }))),
      'whether it fits, and what does not',
    ],
    description:
      'Checks a document with a JSON Schema (drafts 4 to 7). References may only lead into the schema itself.',
    evaluate: match,
  },
  {
    name: 'json.verify_schema',
    args: [['schema', DOCUMENT, 'an object, or JSON']],
    result: [tuple(boolean, anyOf(nil, string)), 'whether it is a schema, and why not'],
    description: 'Whether a document is a JSON Schema.',
    evaluate: verify,
  },
])
