/** Whether a value fits a JSON Schema, with the words of the validator that policies know. */
import { canonical, compareNumbers, isInteger, numberText } from '../number/decimal.ts'
import { remainder, divideNumbers } from '../number/arithmetic.ts'
import { compileCached } from '../regex/regex.ts'
import { jsonText } from '../value/json.ts'
import { equalValues, isArray, isNumber, keyOf, RegoObject, typeName, type Value } from '../value/value.ts'
import { FORMATS } from './formats.ts'
import { resolve } from './schema.ts'

export interface Problem {
  readonly type: string
  readonly field: string
  readonly description: string
}

type Step = (count: number) => void

const ROOT = '(Root)'
const MAX_DEPTH = 500

export function validate(schema: Value, value: Value, step: Step): Problem[] {
  return new Validator(schema, step).check(schema, value, ROOT, 0)
}

function kindOf(value: Value): string {
  return isNumber(value) && isInteger(value) ? 'integer' : typeName(value)
}

function display(value: Value): string {
  return jsonText(value)
}

class Validator {
  readonly #root: Value
  readonly #step: Step

  constructor(root: Value, step: Step) {
    this.#root = root
    this.#step = step
  }

  check(schema: Value, value: Value, path: string, depth: number): Problem[] {
    this.#step(1)
    const field = path.replace(/^\(Root\)\./, '')
    const problem = (type: string, description: string): Problem => ({ type, field, description })
    if (depth > MAX_DEPTH) return [problem('internal', 'Internal Error schema nests too deeply')]
    if (schema === false) return [problem('false', 'False always fails validation')]
    if (!(schema instanceof RegoObject)) return []
    const reference = schema.getString('$ref')
    if (typeof reference === 'string') return this.check(resolve(this.#root, reference), value, path, depth + 1)
    const wrong = checkType(schema, value)
    if (wrong !== undefined) return [problem('invalid_type', wrong)]
    const problems: Problem[] = []
    const report = (type: string, description: string): void => {
      problems.push(problem(type, description))
    }
    this.#combined(schema, value, path, depth, problems, report)
    checkValues(schema, value, field, report)
    if (isNumber(value)) checkNumber(schema, value, report)
    else if (typeof value === 'string') this.#text(schema, value, report)
    else if (value !== null && typeof value === 'object' && isArray(value)) {
      problems.push(...this.#array(schema, value, path, depth, report))
    } else if (value instanceof RegoObject) problems.push(...this.#object(schema, value, path, depth, report))
    return problems
  }

  #combined(
    schema: RegoObject,
    value: Value,
    path: string,
    depth: number,
    problems: Problem[],
    report: (type: string, description: string) => void,
  ): void {
    const results = (name: string): Problem[][] | undefined => {
      const schemas = schema.getString(name)
      return schemas !== undefined && isArray(schemas)
        ? schemas.map((one) => this.check(one, value, path, depth + 1))
        : undefined
    }
    const any = results('anyOf')
    if (any !== undefined && !any.some((one) => one.length === 0)) {
      report('number_any_of', 'Must validate at least one schema (anyOf)')
      problems.push(...shortest(any))
    }
    const one = results('oneOf')
    const fitting = one?.filter((found) => found.length === 0).length
    if (one !== undefined && fitting !== 1) {
      report('number_one_of', 'Must validate one and only one schema (oneOf)')
      if (fitting === 0) problems.push(...shortest(one))
    }
    const all = results('allOf')
    const failing = all?.filter((found) => found.length > 0) ?? []
    for (const found of failing) problems.push(...found)
    if (failing.length > 0) report('number_all_of', 'Must validate all the schemas (allOf)')
    const not = schema.getString('not')
    if (not !== undefined && this.check(not, value, path, depth + 1).length === 0) {
      report('number_not', 'Must not validate the schema (not)')
    }
    this.#conditional(schema, value, path, depth, problems, report)
  }

  #conditional(
    schema: RegoObject,
    value: Value,
    path: string,
    depth: number,
    problems: Problem[],
    report: (type: string, description: string) => void,
  ): void {
    const condition = schema.getString('if')
    if (condition === undefined) return
    const holds = this.check(condition, value, path, depth + 1).length === 0
    const branch = schema.getString(holds ? 'then' : 'else')
    const found = branch === undefined ? [] : this.check(branch, value, path, depth + 1)
    if (found.length === 0) return
    if (holds) report('condition_then', 'Must validate "then" as "if" was valid')
    else report('condition_else', 'Must validate "else" as "if" was not valid')
    problems.push(...found)
  }

  #text(schema: RegoObject, value: string, report: (type: string, description: string) => void): void {
    const length = Array.from(value).length
    const min = schema.getString('minLength')
    const max = schema.getString('maxLength')
    if (typeof min === 'number' && length < min) {
      report('string_gte', `String length must be greater than or equal to ${min}`)
    }
    if (typeof max === 'number' && length > max) {
      report('string_lte', `String length must be less than or equal to ${max}`)
    }
    const pattern = schema.getString('pattern')
    if (typeof pattern === 'string' && !compileCached(pattern).test(value, this.#step)) {
      report('pattern', `Does not match pattern '${pattern}'`)
    }
    const format = schema.getString('format')
    if (typeof format === 'string' && FORMATS.get(format)?.(value) === false) {
      report('format', `Does not match format '${format}'`)
    }
  }

  #array(
    schema: RegoObject,
    value: readonly Value[],
    path: string,
    depth: number,
    report: (type: string, description: string) => void,
  ): Problem[] {
    const problems: Problem[] = []
    const items = schema.getString('items')
    const each = (from: number, itemSchema: Value): void => {
      for (let at = from; at < value.length; at++) {
        problems.push(...this.check(itemSchema, value[at] ?? null, `${path}.${at}`, depth + 1))
      }
    }
    if (items !== undefined && isArray(items)) {
      for (const [at, item] of items.slice(0, value.length).entries()) {
        problems.push(...this.check(item, value[at] ?? null, `${path}.${at}`, depth + 1))
      }
      const additional = schema.getString('additionalItems')
      if (additional === false && value.length > items.length) {
        report('array_no_additional_items', 'No additional items allowed on array')
      } else if (additional !== undefined) each(items.length, additional)
    } else if (items !== undefined) each(0, items)
    const min = schema.getString('minItems')
    const max = schema.getString('maxItems')
    if (typeof min === 'number' && value.length < min)
      report('array_min_items', `Array must have at least ${min} items`)
    if (typeof max === 'number' && value.length > max) report('array_max_items', `Array must have at most ${max} items`)
    if (schema.getString('uniqueItems') === true) checkUnique(value, report)
    const contains = schema.getString('contains')
    const found = contains === undefined || value.some((one) => this.check(contains, one, path, depth + 1).length === 0)
    if (!found) report('contains', 'At least one of the items must match')
    return problems
  }

  #object(
    schema: RegoObject,
    value: RegoObject,
    path: string,
    depth: number,
    report: (type: string, description: string) => void,
  ): Problem[] {
    const required = schema.getString('required')
    for (const name of required !== undefined && isArray(required) ? required : []) {
      if (!value.has(name)) report('required', `${String(name)} is required`)
    }
    const min = schema.getString('minProperties')
    const max = schema.getString('maxProperties')
    if (typeof min === 'number' && value.size < min) {
      report('array_min_properties', `Must have at least ${min} properties`)
    }
    if (typeof max === 'number' && value.size > max) {
      report('array_max_properties', `Must have at most ${max} properties`)
    }
    const problems = this.#members(schema, value, path, depth, report)
    const names = schema.getString('propertyNames')
    if (names !== undefined) {
      for (const key of value.keys()) {
        const found = this.check(names, key, path, depth + 1)
        if (found.length > 0) report('invalid_property_name', `Property name of "${String(key)}" does not match`)
      }
    }
    problems.push(...this.#dependencies(schema, value, path, depth, report))
    return problems
  }

  #members(
    schema: RegoObject,
    value: RegoObject,
    path: string,
    depth: number,
    report: (type: string, description: string) => void,
  ): Problem[] {
    const problems: Problem[] = []
    const properties = schema.getString('properties')
    const patterns = schema.getString('patternProperties')
    const additional = schema.getString('additionalProperties')
    for (const [key, member] of value) {
      const name = String(key)
      const at = `${path}.${name}`
      const own = properties instanceof RegoObject ? properties.getString(name) : undefined
      let known = own !== undefined
      if (own !== undefined) problems.push(...this.check(own, member, at, depth + 1))
      for (const [pattern, one] of patterns instanceof RegoObject ? patterns : []) {
        if (typeof pattern !== 'string' || !compileCached(pattern).test(name, this.#step)) continue
        known = true
        problems.push(...this.check(one, member, at, depth + 1))
      }
      if (known || additional === undefined) continue
      if (additional === false) {
        report('additional_property_not_allowed', `Additional property ${name} is not allowed`)
      } else problems.push(...this.check(additional, member, at, depth + 1))
    }
    return problems
  }

  #dependencies(
    schema: RegoObject,
    value: RegoObject,
    path: string,
    depth: number,
    report: (type: string, description: string) => void,
  ): Problem[] {
    const problems: Problem[] = []
    const dependencies = schema.getString('dependencies')
    for (const [key, needed] of dependencies instanceof RegoObject ? dependencies : []) {
      if (!value.has(key)) continue
      if (!isArray(needed)) problems.push(...this.check(needed, value, path, depth + 1))
      else {
        for (const name of needed) {
          if (!value.has(name)) report('missing_dependency', `Has a dependency on ${String(name)}`)
        }
      }
    }
    return problems
  }
}

function shortest(results: readonly Problem[][]): readonly Problem[] {
  return results.reduce((best, one) => (one.length < best.length ? one : best), results[0] ?? [])
}

function checkType(schema: RegoObject, value: Value): string | undefined {
  const type = schema.getString('type')
  if (type === undefined) return undefined
  const names = isArray(type) ? type : [type]
  const kind = kindOf(value)
  if (names.some((name) => name === kind || (name === 'number' && kind === 'integer'))) return undefined
  const expected = names.length === 1 ? String(names[0]) : `[${names.map(String).join(',')}]`
  return `Invalid type. Expected: ${expected}, given: ${kind}`
}

function checkValues(
  schema: RegoObject,
  value: Value,
  field: string,
  report: (type: string, description: string) => void,
): void {
  const constant = schema.getString('const')
  if (constant !== undefined && !equalValues(constant, value)) {
    report('const', `${field} does not match: ${display(constant)}`)
  }
  const values = schema.getString('enum')
  if (values !== undefined && isArray(values) && !values.some((one) => equalValues(one, value))) {
    report('enum', `${field} must be one of the following: ${values.map(display).join(', ')}`)
  }
}

function checkNumber(schema: RegoObject, value: Value, report: (type: string, description: string) => void): void {
  if (!isNumber(value)) return
  const bound = (name: string, accept: (order: number) => boolean, type: string, words: string): void => {
    const limit = schema.getString(name)
    if (limit === undefined || !isNumber(limit) || accept(compareNumbers(value, limit))) return
    report(type, `${words} ${numberText(canonical(limit))}`)
  }
  const above = schema.getString('exclusiveMinimum') === true
  const below = schema.getString('exclusiveMaximum') === true
  const atLeast = (order: number) => order >= 0
  const atMost = (order: number) => order <= 0
  if (above) bound('minimum', (order) => order > 0, 'number_gt', 'Must be greater than')
  else bound('minimum', atLeast, 'number_gte', 'Must be greater than or equal to')
  if (below) bound('maximum', (order) => order < 0, 'number_lt', 'Must be less than')
  else bound('maximum', atMost, 'number_lte', 'Must be less than or equal to')
  bound('exclusiveMinimum', (order) => order > 0, 'number_gt', 'Must be greater than')
  bound('exclusiveMaximum', (order) => order < 0, 'number_lt', 'Must be less than')
  const multiple = schema.getString('multipleOf')
  if (multiple === undefined || !isNumber(multiple) || compareNumbers(multiple, 0) <= 0) return
  const whole = isInteger(value) && isInteger(multiple)
  const fits = whole ? remainder(value, multiple) === 0 : isInteger(divideNumbers(value, multiple))
  if (!fits) report('multiple_of', `Must be a multiple of ${numberText(canonical(multiple))}`)
}

function checkUnique(items: readonly Value[], report: (type: string, description: string) => void): void {
  const seen = new Map<Value, number>()
  for (const [at, item] of items.entries()) {
    const key = keyOf(item)
    const before = seen.get(key)
    if (before !== undefined) report('unique', `array items[${before},${at}] must be unique`)
    else seen.set(key, at)
  }
}
