import type { AttributeAccess, CallExpression, ConditionalExpression, Expression } from '../../parse/hcl/ast.ts'
import type { ObjectExpression, TemplateExpression, TupleExpression } from '../../parse/hcl/ast.ts'
import { asBool } from '../place.ts'
import type { Value } from '../value.ts'
import { evaluateFor, evaluateSplat, SPLAT_ITEM } from './collections.ts'
import { withEncodedJson } from './embedded-json.ts'
import { errorValue } from './functions/evaluation-error.ts'
import { callFunction } from './functions/index.ts'
import { evaluateBinary, evaluateUnary } from './operators.ts'
import type { Scope } from './scope.ts'
import { evaluateParts, finishTemplate } from './templates.ts'
import {
  bounded,
  claimOf,
  failed,
  indexOf,
  list,
  map,
  memberOf,
  mergeRefs,
  NULL,
  oneOf,
  text,
  traitsOf,
  unknown,
} from './values.ts'

/**
 * The value of an expression. Its origin is what wrote it: the expression itself, or the literal behind the variable
 * or local that it names. Never throws; what Terraform would reject is an error value.
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  if (!scope.budget.enter()) return unknown('the expression is too deep or too large to evaluate')
  try {
    const value = compute(expression, scope)
    // A copy of an error value would no longer be one.
    if (value.origin !== undefined || failed(value)) return value
    return { ...value, origin: scope.origin(expression) }
  } finally {
    scope.budget.leave()
  }
}

function compute(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'literal':
      return literal(expression.value)
    case 'template':
      return template(expression, scope)
    case 'tuple':
      return tuple(expression, scope)
    case 'object':
      return object(expression, scope)
    case 'variable':
      return scope.lookup(expression.name) ?? errorValue(`there is nothing named ${expression.name} here`)
    case 'get-attribute':
      return rootReference(expression, scope) ?? memberOf(evaluate(expression.target, scope), expression.name)
    case 'index':
      return indexOf(evaluate(expression.target, scope), evaluate(expression.key, scope))
    case 'splat':
      return evaluateSplat(expression, scope, evaluate)
    case 'splat-item':
      return scope.lookup(SPLAT_ITEM) ?? errorValue('a splat item outside of a splat')
    case 'call':
      return call(expression, scope)
    case 'conditional':
      return conditional(expression, scope)
    case 'binary':
      return evaluateBinary(expression, scope, evaluate)
    case 'unary':
      return evaluateUnary(expression, scope, evaluate)
    case 'for':
      return evaluateFor(expression, scope, evaluate)
    case 'parentheses':
      return evaluate(expression.inner, scope)
    case 'invalid':
      return unknown('the expression could not be read')
  }
}

function literal(value: number | boolean | null): Value {
  if (value === null) return NULL
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'bool', value }
}

function template(expression: TemplateExpression, scope: Scope): Value {
  const segments = evaluateParts(expression.parts, scope, evaluate)
  // `"${var.x}"` alone is the value itself, not its text.
  const [only] = segments
  if (expression.parts.length === 1 && expression.parts[0]?.kind === 'interpolation' && only?.kind === 'value') {
    return only.value
  }
  const value = finishTemplate(segments)
  if (failed(value)) return value
  return withEncodedJson(bounded(value), { segments, host: expression, document: scope.document })
}

function tuple(expression: TupleExpression, scope: Scope): Value {
  const items = expression.items.map((item) => evaluate(item, scope))
  const refs = mergeRefs(items)
  const value = list(items)
  return bounded(refs === undefined ? value : { ...value, refs })
}

function object(expression: ObjectExpression, scope: Scope): Value {
  const entries = new Map<string, Value>()
  const keySpans = new Map<string, { start: number; end: number }>()
  let unknownKey: Value | undefined
  let named: true | undefined = true
  for (const item of expression.items) {
    const value = evaluate(item.value, scope)
    const key = item.keyName === undefined ? evaluate(item.key, scope) : text(item.keyName)
    if (key.kind === 'string' || key.kind === 'number' || key.kind === 'bool') {
      entries.set(String(key.value), value)
      keySpans.set(String(key.value), item.key.span)
    } else {
      unknownKey = key
      const claim = claimOf(key)
      if (claim === undefined) named = undefined
      else entries.set(claim, value)
    }
  }
  const refs = mergeRefs([...entries.values()])
  const rest =
    unknownKey === undefined ? undefined : unknown('a key of the object is unknown', { ...traitsOf(unknownKey), named })
  const value = { ...map(entries, rest), keySpans }
  return bounded(refs === undefined ? value : { ...value, refs })
}

/** Roots of references that name a type and an object. */
const OBJECT_KINDS = new Set(['data', 'ephemeral', 'resource'])

/** `var.x`, `local.x`, `module.x`, `data.t.n`, `path.x`, `terraform.x`, `t.n`: undefined if this is another access. */
function rootReference(expression: AttributeAccess, scope: Scope): Value | undefined {
  const { target, name } = expression
  if (target.kind === 'get-attribute') {
    const root = target.target
    if (root.kind !== 'variable' || !OBJECT_KINDS.has(root.name) || scope.lookup(root.name) !== undefined)
      return undefined
    // `resource.aws_vpc.main` is the long form of `aws_vpc.main`.
    return scope.names.resource(root.name === 'resource' ? target.name : `${root.name}.${target.name}`, name)
  }
  if (target.kind !== 'variable' || scope.lookup(target.name) !== undefined) return undefined
  switch (target.name) {
    case 'var':
      return scope.names.variable(name)
    case 'local':
      return scope.names.local(name)
    case 'module':
      return scope.names.moduleCall(name)
    case 'path':
      return scope.names.pathOf(name)
    case 'terraform':
    case 'tofu':
      return unknown(`${target.name}.${name} depends on the run`, { type: 'string', notNull: true })
    case 'data':
    case 'ephemeral':
    case 'resource':
      return errorValue(`${target.name}.${name} names no object`)
    case 'each':
    case 'count':
    case 'self':
      return errorValue(`${target.name}.${name} is not available here`)
    default:
      return scope.names.resource(target.name, name)
  }
}

function call(expression: CallExpression, scope: Scope): Value {
  const args = expression.args.map((arg) => evaluate(arg, scope))
  if (expression.expandFinal) {
    const last = args.pop()
    if (last !== undefined && failed(last)) return last
    if (last?.kind !== 'list' || last.rest !== undefined) {
      return unknown(`the arguments of ${expression.name} are unknown`, traitsOf(...args, last))
    }
    for (const item of last.items) args.push(item)
  }
  const value = bounded(callFunction(expression.name, args, scope.names.functions))
  return failed(value) ? value : withEncodedJson(value)
}

function conditional(expression: ConditionalExpression, scope: Scope): Value {
  const condition = evaluate(expression.condition, scope)
  const known = asBool(condition)
  if (known !== undefined) return evaluate(known ? expression.then : expression.else, scope)
  if (failed(condition)) return condition
  const branches = [evaluate(expression.then, scope), evaluate(expression.else, scope)]
  if (condition.kind !== 'unknown') return errorValue('the condition is not a boolean', mergeRefs(branches))
  return oneOf(branches, condition.reason)
}
