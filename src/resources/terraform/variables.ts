import type { Value } from '../value.ts'
import { asBool } from '../place.ts'
import { attributeOf, bodyItems, type Declaration, type SourcedItem } from './module-source.ts'
import { type Evaluate, type Names, Scope } from './scope.ts'
import { convertTo, readType, type TypeConstraint } from './type-constraint.ts'
import { failed, NULL, unknown } from './values.ts'

const ANY: TypeConstraint = { kind: 'any' }

/**
 * The value of a variable inside its module.
 * @param given the argument or `.tfvars` value; undefined if there is none
 */
export function variableValue(
  declaration: Declaration,
  given: Value | undefined,
  scope: Scope,
  evaluate: Evaluate,
): Value {
  const { items, name } = declaration
  const typeAttribute = attributeOf(items, 'type')
  const type = typeAttribute === undefined ? ANY : readType(typeAttribute.item.value, typeAttribute.document)
  const evaluateDefault = (expression: Parameters<Evaluate>[0], document: Scope['document']) =>
    evaluate(expression, scope.in(document))
  const convert = (value: Value) => convertTo(value, type, evaluateDefault)
  const nullable = flag(items, 'nullable', scope, evaluate) ?? true
  const sensitive = flag(items, 'sensitive', scope, evaluate) === true
  const fallback = attributeOf(items, 'default')

  let value = given
  if (value === undefined || (value.kind === 'null' && !nullable && fallback !== undefined)) {
    value = fallback === undefined ? undefined : evaluate(fallback.item.value, scope.in(fallback.document))
  }
  let result: Value
  if (value === undefined || (value.kind === 'unknown' && !failed(value))) {
    const rejects = rejection(declaration, scope, evaluate, convert)
    const base = value?.kind === 'unknown' ? value : unknown(`var.${name} has no default`)
    const notNull = base.notNull === true || !nullable || rejects?.(NULL) === true
    result = convert({ ...base, ...(notNull ? { notNull } : {}), ...(rejects === undefined ? {} : { rejects }) })
  } else {
    result = convert(value)
    if (failed(result) && !failed(value))
      result = unknown(`var.${name}: ${reasonOfFailure(result)}`, { origin: value.origin })
  }
  return sensitive && !failed(result) ? { ...result, sensitive: true } : result
}

function reasonOfFailure(value: Value): string {
  return value.kind === 'unknown' ? value.reason : 'the value does not fit the type'
}

function flag(items: readonly SourcedItem[], name: string, scope: Scope, evaluate: Evaluate): boolean | undefined {
  const attribute = attributeOf(items, name)
  return attribute === undefined ? undefined : asBool(evaluate(attribute.item.value, scope.in(attribute.document)))
}

/** Whether the variable's own validation refuses a value; undefined if it has none. */
function rejection(
  declaration: Declaration,
  scope: Scope,
  evaluate: Evaluate,
  convert: (value: Value) => Value,
): ((witness: Value) => boolean) | undefined {
  const conditions: (SourcedItem & { item: { kind: 'attribute' } })[] = []
  for (const { document, item } of declaration.items) {
    if (item.kind !== 'block' || item.type !== 'validation') continue
    const condition = attributeOf(bodyItems({ document, item }), 'condition')
    if (condition !== undefined) conditions.push(condition)
  }
  if (conditions.length === 0) return undefined
  return (witness) => {
    const value = convert(witness)
    const names = new WitnessNames(scope.names, declaration.name, value)
    return conditions.some(({ document, item }) => {
      const inner = new Scope(names, document, scope.budget)
      return asBool(scope.budget.unit(() => evaluate(item.value, inner))) === false
    })
  }
}

/** The names of a module with one variable replaced. */
class WitnessNames implements Names {
  readonly #names: Names
  readonly #variable: string
  readonly #witness: Value

  constructor(names: Names, variable: string, witness: Value) {
    this.#names = names
    this.#variable = variable
    this.#witness = witness
  }

  get functions(): Names['functions'] {
    return this.#names.functions
  }

  variable(name: string): Value {
    return name === this.#variable ? this.#witness : this.#names.variable(name)
  }

  local(name: string): Value {
    return this.#names.local(name)
  }

  moduleCall(name: string): Value {
    return this.#names.moduleCall(name)
  }

  resource(type: string, name: string): Value {
    return this.#names.resource(type, name)
  }

  pathOf(name: string): Value {
    return this.#names.pathOf(name)
  }
}
