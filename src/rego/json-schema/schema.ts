/** Schemas of JSON Schema, drafts 4 to 7, checked before they are used. */
import { RegexError, compileCached } from '../regex/regex.ts'
import { isArray, isNumber, RegoObject, type Value } from '../value/value.ts'

export class SchemaError extends Error {}

const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string']
const ONE = ['additionalItems', 'additionalProperties', 'contains', 'propertyNames', 'not', 'if', 'then', 'else']
const MANY = ['allOf', 'anyOf', 'oneOf']
const NAMED = ['properties', 'patternProperties', 'definitions', '$defs', 'dependencies']
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']
const NUMBERS = ['minimum', 'maximum', 'multipleOf']

/** Throws `SchemaError` if it is no schema. */
export function checkSchema(schema: Value, depth = 0): void {
  if (typeof schema === 'boolean') return
  if (!(schema instanceof RegoObject)) throw new SchemaError('Invalid type. Expected: object, given: other')
  if (depth > 500) throw new SchemaError('schema nests too deeply')
  checkTypes(schema)
  checkScalars(schema)
  for (const name of ONE) checkOptional(schema.getString(name), depth)
  for (const name of MANY) {
    const value = schema.getString(name)
    if (value === undefined) continue
    if (!isArray(value) || value.length === 0) throw new SchemaError(`${name} must be of type Array Of Schemas`)
    for (const one of value) checkSchema(one, depth + 1)
  }
  const items = schema.getString('items')
  for (const one of items !== undefined && isArray(items) ? items : [items]) checkOptional(one, depth)
  for (const name of NAMED) checkNamed(name, schema.getString(name), depth)
}

function checkOptional(value: Value | undefined, depth: number): void {
  if (value !== undefined) checkSchema(value, depth + 1)
}

function checkNamed(name: string, value: Value | undefined, depth: number): void {
  if (value === undefined) return
  if (!(value instanceof RegoObject)) throw new SchemaError(`${name} must be of type object`)
  for (const [key, one] of value) {
    if (name === 'patternProperties') checkPattern(String(key))
    if (name !== 'dependencies' || !isArray(one)) checkSchema(one, depth + 1)
  }
}

function checkTypes(schema: RegoObject): void {
  const type = schema.getString('type')
  if (type === undefined) return
  const names = isArray(type) ? type : [type]
  const seen = new Set<Value>()
  for (const name of names) {
    if (typeof name !== 'string') throw new SchemaError('type must be of type string/array of strings')
    if (!TYPES.includes(name)) {
      throw new SchemaError(
        `has a primitive type that is NOT VALID -- given: /${name}/ Expected valid values are:[${TYPES.join(' ')}]`,
      )
    }
    if (seen.has(name)) throw new SchemaError(`${name} type is duplicated`)
    seen.add(name)
  }
}

function checkScalars(schema: RegoObject): void {
  for (const name of COUNTS) {
    const value = schema.getString(name)
    if (value === undefined) continue
    if (typeof value !== 'number' || !Number.isInteger(value)) throw new SchemaError(`${name} must be of an integer`)
    if (value < 0) throw new SchemaError(`${name} must be greater than or equal to 0`)
  }
  for (const name of NUMBERS) {
    const value = schema.getString(name)
    if (value !== undefined && !isNumber(value)) throw new SchemaError(`${name} must be of a number`)
  }
  const required = schema.getString('required')
  if (required !== undefined && typeof required !== 'boolean') {
    if (!isArray(required) || required.some((name) => typeof name !== 'string')) {
      throw new SchemaError('required items must be string')
    }
  }
  const values = schema.getString('enum')
  if (values !== undefined && !isArray(values)) throw new SchemaError('enum must be of an array')
  const pattern = schema.getString('pattern')
  if (pattern === undefined) return
  if (typeof pattern !== 'string') throw new SchemaError('pattern must be of a string')
  checkPattern(pattern)
}

function checkPattern(pattern: string): void {
  try {
    compileCached(pattern)
  } catch (error) {
    if (error instanceof RegexError) throw new SchemaError(`Invalid regex pattern '${pattern}'`)
    throw error
  }
}

/** What a `$ref` within the document names. */
export function resolve(root: Value, reference: string): Value {
  if (!reference.startsWith('#')) throw new SchemaError(`Reference ${reference} cannot be read: evaluation is offline`)
  let at: Value | undefined = root
  for (const part of decodeURIComponent(reference.slice(1)).split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~')
    if (at instanceof RegoObject) at = at.getString(key)
    else if (at !== undefined && isArray(at)) at = /^\d+$/.test(key) ? at[Number(key)] : undefined
    else at = undefined
    if (at === undefined) throw new SchemaError(`Object has no key '${key}'`)
  }
  return at ?? null
}
