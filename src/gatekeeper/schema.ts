/** The OpenAPI v3 schemas of custom resources: defaults, and validation as the API server does it. */
import { compileCached, RegexError } from '../rego/regex/regex.ts'
import { Decimal, isInteger, toDouble } from '../rego/number/decimal.ts'
import { type Fields, isFields, listAt, member, textAt, textsAt } from './json.ts'

/** Something that a value has and its schema forbids. */
export interface SchemaProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** The value with the defaults of the schema filled in; the same value if there is nothing to fill in. */
export function withDefaults(value: unknown, schema: unknown): unknown {
  if (Array.isArray(value)) {
    const items = member(schema, 'items')
    return items === undefined ? value : value.map((item) => withDefaults(item, items))
  }
  if (!isFields(value)) return value
  const properties = member(schema, 'properties')
  const additional = member(schema, 'additionalProperties')
  const result: Record<string, unknown> = { ...value }
  for (const [key, inner] of Object.entries(isFields(properties) ? properties : {})) {
    const given = member(result, key)
    const fallback = member(inner, 'default')
    const missing = given === undefined || (given === null && member(inner, 'nullable') !== true)
    if (missing && fallback !== undefined) result[key] = withDefaults(fallback, inner)
    else if (given !== undefined) result[key] = withDefaults(given, inner)
  }
  if (isFields(additional)) {
    for (const key of Object.keys(result)) {
      if (member(properties, key) === undefined) result[key] = withDefaults(result[key], additional)
    }
  }
  return result
}

export interface ValidateOptions {
  /** Fields that the schema does not name are reported. */
  readonly unknownFields?: boolean
}

/** Everything that is wrong, in the order of the schema. */
export function validateSchema(
  value: unknown,
  schema: unknown,
  options: ValidateOptions = {},
): readonly SchemaProblem[] {
  const problems: SchemaProblem[] = []
  check(value, schema, [], problems, options)
  return problems
}

type Path = readonly (string | number)[]

function check(value: unknown, schema: unknown, path: Path, problems: SchemaProblem[], options: ValidateOptions): void {
  if (!isFields(schema)) return
  const report = (message: string, at: Path = path): void => void problems.push({ path: at, message })
  if (value === null && member(schema, 'nullable') === true) return
  if (member(schema, 'x-kubernetes-int-or-string') === true) {
    if (typeof value !== 'string' && !isWhole(value)) report(`must be an integer or a string, not ${nameOf(value)}`)
    return
  }
  const type = textAt(schema, 'type')
  if (type !== '' && !hasType(value, type)) {
    report(`must be of type ${type}: "${nameOf(value)}"`)
    return
  }
  checkEnum(value, schema, report)
  if (typeof value === 'string') checkString(value, schema, report)
  if (typeof value === 'number' || value instanceof Decimal) checkNumber(toDouble(value), schema, report)
  if (Array.isArray(value)) checkArray(value, schema, path, problems, options, report)
  else if (isFields(value)) checkObject(value, schema, path, problems, options, report)
  checkCombined(value, schema, path, problems, options, report)
}

type Report = (message: string, at?: Path) => void

function checkEnum(value: unknown, schema: Fields, report: Report): void {
  const allowed = listAt(schema, 'enum')
  if (allowed.length === 0 || allowed.some((one) => JSON.stringify(one) === JSON.stringify(value))) return
  report(`supported values: ${allowed.map((one) => JSON.stringify(one)).join(', ')}`)
}

function checkString(value: string, schema: Fields, report: Report): void {
  const length = [...value].length
  const min = numberAt(schema, 'minLength')
  const max = numberAt(schema, 'maxLength')
  if (min !== undefined && length < min) report(`should be at least ${min} chars long`)
  if (max !== undefined && length > max) report(`may not be longer than ${max}`)
  const pattern = textAt(schema, 'pattern')
  if (pattern === '') return
  try {
    if (!compileCached(pattern).test(value)) report(`should match '${pattern}'`)
  } catch (error) {
    if (!(error instanceof RegexError)) throw error
    report(`the schema's pattern '${pattern}' is no regular expression`)
  }
}

function checkNumber(value: number, schema: Fields, report: Report): void {
  const min = numberAt(schema, 'minimum')
  const max = numberAt(schema, 'maximum')
  const step = numberAt(schema, 'multipleOf')
  const above = member(schema, 'exclusiveMinimum') === true
  const below = member(schema, 'exclusiveMaximum') === true
  if (min !== undefined && (above ? value <= min : value < min)) {
    report(`should be greater than ${above ? '' : 'or equal to '}${min}`)
  }
  if (max !== undefined && (below ? value >= max : value > max)) {
    report(`should be less than ${below ? '' : 'or equal to '}${max}`)
  }
  if (step !== undefined && step > 0 && !Number.isInteger(value / step)) report(`should be a multiple of ${step}`)
}

function checkArray(
  value: readonly unknown[],
  schema: Fields,
  path: Path,
  problems: SchemaProblem[],
  options: ValidateOptions,
  report: Report,
): void {
  const min = numberAt(schema, 'minItems')
  const max = numberAt(schema, 'maxItems')
  if (min !== undefined && value.length < min) report(`should have at least ${min} items`)
  if (max !== undefined && value.length > max) report(`must have at most ${max} items`)
  const unique = member(schema, 'uniqueItems') === true || textAt(schema, 'x-kubernetes-list-type') === 'set'
  if (unique && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    report('must not hold an item twice')
  }
  const items = member(schema, 'items')
  for (const [index, item] of value.entries()) check(item, items, [...path, index], problems, options)
}

function checkObject(
  value: Fields,
  schema: Fields,
  path: Path,
  problems: SchemaProblem[],
  options: ValidateOptions,
  report: Report,
): void {
  for (const key of textsAt(schema, 'required')) {
    if (!Object.hasOwn(value, key)) report('Required value', [...path, key])
  }
  const min = numberAt(schema, 'minProperties')
  const max = numberAt(schema, 'maxProperties')
  const keys = Object.keys(value)
  if (min !== undefined && keys.length < min) report(`should have at least ${min} properties`)
  if (max !== undefined && keys.length > max) report(`must have at most ${max} properties`)
  const properties = member(schema, 'properties')
  const additional = member(schema, 'additionalProperties')
  const open = member(schema, 'x-kubernetes-preserve-unknown-fields') === true
  for (const key of keys) {
    const inner = member(properties, key)
    if (inner !== undefined) check(value[key], inner, [...path, key], problems, options)
    else if (isFields(additional)) check(value[key], additional, [...path, key], problems, options)
    else if (options.unknownFields === true && !open && additional !== true) {
      report('unknown field', [...path, key])
    }
  }
}

function checkCombined(
  value: unknown,
  schema: Fields,
  path: Path,
  problems: SchemaProblem[],
  options: ValidateOptions,
  report: Report,
): void {
  // Inside of these, fields belong to the schema around them.
  const inner = { ...options, unknownFields: false }
  const holds = (one: unknown): boolean => {
    const found: SchemaProblem[] = []
    check(value, one, path, found, inner)
    return found.length === 0
  }
  for (const one of listAt(schema, 'allOf')) check(value, one, path, problems, inner)
  const any = listAt(schema, 'anyOf')
  if (any.length > 0 && !any.some(holds)) report('must validate at least one schema (anyOf)')
  const one = listAt(schema, 'oneOf')
  if (one.length > 0 && one.filter(holds).length !== 1) report('must validate one and only one schema (oneOf)')
  const not = member(schema, 'not')
  if (not !== undefined && holds(not)) report('must not validate the schema (not)')
}

function numberAt(schema: Fields, key: string): number | undefined {
  const value = member(schema, key)
  return typeof value === 'number' ? value : undefined
}

function isWhole(value: unknown): boolean {
  return (typeof value === 'number' || value instanceof Decimal) && isInteger(value)
}

function hasType(value: unknown, type: string): boolean {
  switch (type) {
    case 'object':
      return isFields(value)
    case 'array':
      return Array.isArray(value)
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return isWhole(value)
    case 'number':
      return typeof value === 'number' || value instanceof Decimal
    default:
      return true
  }
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'number' || value instanceof Decimal) return isWhole(value) ? 'integer' : 'number'
  return typeof value
}
