/** `x-kubernetes-validations`: rules in CEL that a schema has for its values, as the API server holds them against a resource that is created. */
import { LineMap } from '../text/line-map.ts'
import { CelError } from './cel/error.ts'
import { CelExpression } from './cel/environment.ts'
import { none } from './cel/optionals.ts'
import { type SelfType, selfType, selfValue } from './cel/self.ts'
import { fieldsAt, isFields, listAt, member, textAt } from './json.ts'
import type { SchemaProblem } from './schema.ts'

type Path = readonly (string | number)[]

/** Why a rule cannot be used, where in the schema, and where in the text there. */
export class SchemaRuleError extends Error {
  override readonly name = 'SchemaRuleError'
  readonly path: Path
  readonly position: { readonly line: number; readonly column: number } | undefined

  constructor(message: string, path: Path, position?: { readonly line: number; readonly column: number }) {
    super(message)
    this.path = path
    this.position = position
  }
}

const REASONS = ['FieldValueInvalid', 'FieldValueForbidden', 'FieldValueRequired', 'FieldValueDuplicate']
const RULES = 'x-kubernetes-validations'
const MAX_MESSAGE = 5 * 1024

interface Rule {
  readonly expression: CelExpression
  /** The expression's text if no message is written. */
  readonly title: string
  readonly message: string
  readonly messageExpression: CelExpression | undefined
  readonly reason: string
  readonly fieldPath: Path
  readonly optionalOldSelf: boolean
}

/** The rules of a schema, and those of the schemas in it. */
interface Node {
  readonly type: SelfType | undefined
  readonly typeName: string
  readonly rules: readonly Rule[]
  readonly properties: ReadonlyMap<string, Node>
  readonly items: Node | undefined
  readonly additional: Node | undefined
}

/** Everything that is wrong with a value, in the order of the schema. */
export type SchemaRules = (value: unknown) => readonly SchemaProblem[]

/**
 * A check for the values of a schema; undefined if it has no rules.
 * @throws SchemaRuleError for the first rule that an API server would not take
 */
export function compileSchemaRules(schema: unknown): SchemaRules | undefined {
  const node = compile(schema, [], undefined)
  return node === undefined
    ? undefined
    : (value) => {
        const problems: SchemaProblem[] = []
        check(node, value, [], problems)
        return problems
      }
}

/** @param uncorrelated the path of a list whose items cannot be told apart between two versions of a value */
function compile(schema: unknown, path: Path, uncorrelated: Path | undefined): Node | undefined {
  if (!isFields(schema)) return undefined
  const type = selfType(schema)
  const rules = listAt(schema, RULES).flatMap((rule, index) =>
    compileRule(rule, [...path, RULES, index], schema, uncorrelated),
  )
  const properties = new Map<string, Node>()
  for (const [key, inner] of Object.entries(fieldsAt(schema, 'properties'))) {
    const node = compile(inner, [...path, 'properties', key], uncorrelated)
    if (node !== undefined) properties.set(key, node)
  }
  const keyed = textAt(schema, 'x-kubernetes-list-type') === 'map'
  const items = compile(member(schema, 'items'), [...path, 'items'], keyed ? uncorrelated : (uncorrelated ?? path))
  const additional = compile(
    member(schema, 'additionalProperties'),
    [...path, 'additionalProperties'],
    textAt(schema, 'x-kubernetes-map-type') === 'atomic' ? (uncorrelated ?? path) : uncorrelated,
  )
  if (rules.length === 0 && properties.size === 0 && items === undefined && additional === undefined) return undefined
  return { type, typeName: textAt(schema, 'type'), rules, properties, items, additional }
}

function compileRule(rule: unknown, path: Path, schema: object, uncorrelated: Path | undefined): Rule[] {
  const refuse = (key: string, why: string): SchemaRuleError => new SchemaRuleError(why, [...path, key])
  const text = textAt(rule, 'rule')
  const message = textAt(rule, 'message').trim()
  const given = textAt(rule, 'messageExpression').trim()
  const reason = textAt(rule, 'reason')
  if (text.trim() === '') throw refuse('rule', 'Required value: rule is not specified')
  for (const key of ['message', 'messageExpression', 'fieldPath']) {
    if (member(rule, key) !== undefined && textAt(rule, key).trim() === '')
      throw refuse(key, 'Invalid value: must be non-empty if specified')
  }
  if (message.includes('\n')) throw refuse('message', 'Invalid value: must not contain line breaks')
  if (message === '' && text.trim().includes('\n'))
    throw refuse('message', 'Required value: message must be specified if rule contains line breaks')
  if (reason !== '' && !REASONS.includes(reason))
    throw refuse('reason', `Unsupported value: "${reason}": supported values: ${REASONS.join(', ')}`)
  const fieldPath = readFieldPath(textAt(rule, 'fieldPath'), schema)
  if (fieldPath === undefined) throw refuse('fieldPath', 'Invalid value: must be a valid path')

  const optionalOldSelf = member(rule, 'optionalOldSelf') === true
  const scope = { self: selfType(schema), optionalOldSelf }
  const expression = compileText(text, [...path, 'rule'], scope, 'compilation failed')
  if (expression.type !== 'bool' && expression.type !== 'dyn')
    throw refuse('rule', 'Invalid value: cel expression must evaluate to a bool')
  if (expression.usesOldSelf && uncorrelated !== undefined) {
    const list = `openAPIV3Schema${uncorrelated.map((key) => `.${key}`).join('')}`
    throw refuse(
      'rule',
      `Invalid value: oldSelf cannot be used on the uncorrelatable portion of the schema within ${list}`,
    )
  }
  if (!expression.usesOldSelf && member(rule, 'optionalOldSelf') !== undefined)
    throw refuse('optionalOldSelf', 'Invalid value: may not be set if oldSelf is not used in rule')
  const messageExpression =
    given === ''
      ? undefined
      : compileText(
          textAt(rule, 'messageExpression'),
          [...path, 'messageExpression'],
          scope,
          'messageExpression compilation failed',
        )
  if (messageExpression !== undefined && messageExpression.type !== 'string' && messageExpression.type !== 'dyn')
    throw refuse('messageExpression', 'Invalid value: messageExpression must evaluate to a string')
  const title = message === '' ? text.trim() : message
  return [{ expression, title, message, messageExpression, reason, fieldPath, optionalOldSelf }]
}

function compileText(
  text: string,
  path: Path,
  scope: { readonly self: SelfType | undefined; readonly optionalOldSelf: boolean },
  what: string,
): CelExpression {
  try {
    return new CelExpression(text, scope)
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    const position = new LineMap(text).position(error.offset)
    throw new SchemaRuleError(`Invalid value: ${what}: ${error.message}`, path, position)
  }
}

/** `.spec['a.b']` as keys, if the schema has them; undefined if not. */
function readFieldPath(text: string, schema: unknown): Path | undefined {
  const path: string[] = []
  let at: unknown = schema
  const steps = [...text.matchAll(/\.([^.[\]']+)|\['((?:[^'\\]|\\.)*)'\]/g)]
  if (steps.map(([step]) => step).join('') !== text) return undefined
  for (const [, plain, quoted = ''] of steps) {
    const key = plain ?? quoted.replace(/\\(.)/g, '$1')
    at =
      member(at, 'properties') === undefined
        ? member(at, 'additionalProperties')
        : member(fieldsAt(at, 'properties'), key)
    if (at === undefined) return undefined
    path.push(key)
  }
  return path
}

function check(node: Node, value: unknown, path: Path, problems: SchemaProblem[]): void {
  // Whether something may be null, or be missing, is for the schema around it to say.
  if (value === null || value === undefined) return
  const self = node.type === undefined || node.rules.length === 0 ? undefined : selfValue(value, node.type)
  for (const rule of node.rules) {
    // There is no older value of what is created.
    if (rule.expression.usesOldSelf && !rule.optionalOldSelf) continue
    const problem = checkRule(rule, node, value, { self, oldSelf: none() })
    if (problem !== undefined) problems.push({ ...problem, path: [...path, ...problem.path] })
  }
  if (Array.isArray(value)) {
    if (node.items !== undefined)
      for (const [index, item] of value.entries()) check(node.items, item, [...path, index], problems)
    return
  }
  if (!isFields(value)) return
  for (const [key, inner] of node.properties) check(inner, member(value, key), [...path, key], problems)
  if (node.additional !== undefined)
    for (const [key, item] of Object.entries(value)) check(node.additional, item, [...path, key], problems)
}

interface Context {
  readonly self: unknown
  readonly oldSelf: unknown
}

/** In the words of the API server. */
function checkRule(rule: Rule, { typeName }: Node, value: unknown, context: Context): SchemaProblem | undefined {
  let result: unknown
  try {
    result = rule.expression.evaluate({ ...context })
  } catch (error) {
    if (!(error instanceof CelError)) throw error
    const why = error.message.startsWith('no such overload')
      ? `'${error.message}': call arguments did not match a supported operator, function or macro signature for`
      : `${error.message} evaluating`
    return { path: [], message: `Invalid value: "${typeName}": ${why} rule: ${rule.title}` }
  }
  if (result === true) return undefined
  const detail = computedMessage(rule, context) ?? (rule.message === '' ? `failed rule: ${rule.title}` : rule.message)
  const shown = typeof value === 'object' ? '' : `${JSON.stringify(value)}: `
  const message: Readonly<Record<string, string>> = {
    FieldValueForbidden: `Forbidden: ${detail}`,
    FieldValueRequired: `Required value: ${detail}`,
    FieldValueDuplicate: `Duplicate value: ${shown}${detail}`,
  }
  return { path: rule.fieldPath, message: message[rule.reason] ?? `Invalid value: ${shown}${detail}` }
}

/** Undefined if it gives none that can be shown: then the written one is. */
function computedMessage({ messageExpression }: Rule, context: Context): string | undefined {
  if (messageExpression === undefined) return undefined
  try {
    const text = messageExpression.evaluate({ ...context })
    const trimmed = typeof text === 'string' ? text.trim() : ''
    return trimmed === '' || trimmed.includes('\n') || trimmed.length > MAX_MESSAGE ? undefined : trimmed
  } catch (error) {
    if (error instanceof CelError) return undefined
    throw error
  }
}
