import type { BinaryExpression, BinaryOperator, UnaryExpression } from '../../parse/hcl/ast.ts'
import { asBool, asNumber } from '../place.ts'
import type { Value } from '../value.ts'
import { valuesEqual } from './functions/convert.ts'
import { errorValue } from './functions/evaluation-error.ts'
import type { Evaluate, Scope } from './scope.ts'
import { bool, failed, number, reasonOf, traitsOf, unknown } from './values.ts'

export function evaluateBinary(expression: BinaryExpression, scope: Scope, evaluate: Evaluate): Value {
  const { operator } = expression
  const left = evaluate(expression.left, scope)
  // A known left side decides before the right one is looked at, so `x == null || x.y` does not fail.
  const decisive = operator === '||' ? true : operator === '&&' ? false : undefined
  if (decisive !== undefined && asBool(left) === decisive) return bool(decisive, traitsOf(left))
  if (failed(left)) return left
  const right = evaluate(expression.right, scope)
  if (failed(right)) return right
  const traits = traitsOf(left, right)
  switch (operator) {
    case '&&':
    case '||':
      return logical(left, right, operator === '||')
    case '==':
    case '!=': {
      const equal = valuesEqual(left, right)
      if (equal === undefined) return undecided('bool', left, right)
      return bool(operator === '==' ? equal : !equal, traits)
    }
    default: {
      if (left.kind === 'unknown' || right.kind === 'unknown') {
        return undecided(isComparison(operator) ? 'bool' : 'number', left, right)
      }
      const a = asNumber(left)
      const b = asNumber(right)
      if (a === undefined || b === undefined) return errorValue(`the operands of ${operator} must be numbers`)
      const result = arithmetic(operator, a, b)
      if (typeof result === 'boolean') return bool(result, traits)
      return Number.isFinite(result) ? number(result, traits) : errorValue('division by zero')
    }
  }
}

export function evaluateUnary(expression: UnaryExpression, scope: Scope, evaluate: Evaluate): Value {
  const operand = evaluate(expression.operand, scope)
  const not = expression.operator === '!'
  if (failed(operand)) return operand
  if (operand.kind === 'unknown') return undecided(not ? 'bool' : 'number', operand)
  const value = not ? asBool(operand) : asNumber(operand)
  if (typeof value === 'boolean') return bool(!value, traitsOf(operand))
  if (typeof value === 'number') return number(-value, traitsOf(operand))
  return errorValue(`the operand of ${expression.operator} must be a ${not ? 'boolean' : 'number'}`)
}

function logical(left: Value, right: Value, decisive: boolean): Value {
  const traits = traitsOf(left, right)
  const a = asBool(left)
  const b = asBool(right)
  if (a === decisive || b === decisive) return bool(decisive, traits)
  if (a !== undefined && b !== undefined) return bool(!decisive, traits)
  if (left.kind !== 'unknown' && a === undefined) return errorValue('the operand must be a boolean')
  if (right.kind !== 'unknown' && b === undefined) return errorValue('the operand must be a boolean')
  return undecided('bool', left, right)
}

function undecided(type: 'bool' | 'number', ...operands: readonly Value[]): Value {
  const reason = operands.map(reasonOf).find((text) => text !== undefined)
  return unknown(reason ?? 'an operand is unknown', { type, notNull: true, ...traitsOf(...operands) })
}

function isComparison(operator: BinaryOperator): boolean {
  return operator === '<' || operator === '>' || operator === '<=' || operator === '>='
}

function arithmetic(operator: BinaryOperator, a: number, b: number): number | boolean {
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '<':
      return a < b
    case '>':
      return a > b
    case '<=':
      return a <= b
    default:
      return a >= b
  }
}
