import type { TemplateFor, TemplatePart, TemplateText } from '../../parse/hcl/ast.ts'
import type { Span } from '../../text/span.ts'
import { asBool, asString } from '../place.ts'
import type { UnknownValue, Value } from '../value.ts'
import { iterationsOf } from './collections.ts'
import { toStringValue } from './functions/convert.ts'
import { errorValue } from './functions/evaluation-error.ts'
import type { Evaluate, Scope } from './scope.ts'
import { failed, MAX_CANDIDATES, oneOf, text, traitsOf, unknown } from './values.ts'

/** A piece of a template after evaluation, in order. */
export type Segment =
  | { readonly kind: 'text'; readonly part: TemplateText }
  | { readonly kind: 'value'; readonly value: Value; readonly span: Span }

/** Evaluates interpolations and directives; a directive that is not decided becomes one unknown value. */
export function evaluateParts(parts: readonly TemplatePart[], scope: Scope, evaluate: Evaluate): readonly Segment[] {
  const segments: Segment[] = []
  for (const part of parts) {
    switch (part.kind) {
      case 'text':
        segments.push({ kind: 'text', part })
        break
      case 'interpolation':
        segments.push({ kind: 'value', value: evaluate(part.expression, scope), span: part.span })
        break
      case 'if': {
        const condition = evaluate(part.condition, scope)
        const known = asBool(condition)
        if (known !== undefined) {
          segments.push(...evaluateParts(known ? part.then : part.else, scope, evaluate))
        } else if (condition.kind === 'unknown' && !failed(condition)) {
          const branches = [part.then, part.else].map((side) => finishTemplate(evaluateParts(side, scope, evaluate)))
          segments.push({ kind: 'value', value: oneOf(branches, condition.reason), span: part.span })
        } else {
          const value = failed(condition) ? condition : errorValue('the condition is not a boolean')
          segments.push({ kind: 'value', value, span: part.span })
        }
        break
      }
      case 'for':
        segments.push(...loop(part, scope, evaluate))
        break
    }
  }
  return segments
}

function loop(part: TemplateFor, scope: Scope, evaluate: Evaluate): readonly Segment[] {
  const collection = evaluate(part.collection, scope)
  const iterations = iterationsOf(collection)
  if (iterations === undefined || iterations.rest !== undefined) {
    const value =
      iterations === undefined
        ? errorValue(`a template cannot iterate over a ${collection.kind}`)
        : failed(collection)
          ? collection
          : unknown(iterations.rest?.reason ?? '', { type: 'string', notNull: true, ...traitsOf(collection) })
    return [{ kind: 'value', value, span: part.span }]
  }
  return iterations.known.flatMap(({ key, value }) => {
    const bindings = new Map([[part.valueName, value]])
    if (part.keyName !== undefined) bindings.set(part.keyName, key)
    return evaluateParts(part.body, scope.bind(bindings), evaluate)
  })
}

/** Joins the segments to a string, or to an unknown that keeps the parts that are known. */
export function finishTemplate(segments: readonly Segment[]): Value {
  const parts: (string | UnknownValue)[] = []
  const values: Value[] = []
  const add = (piece: string | UnknownValue) => parts.push(piece)
  for (const segment of segments) {
    if (segment.kind === 'text') {
      add(segment.part.value)
      continue
    }
    const { value } = segment
    values.push(value)
    const known = toStringValue(value)
    if (known.kind === 'string') add(known.value)
    else if (value.kind !== 'unknown') return errorValue(`a ${value.kind} cannot be part of a text`)
    else if (failed(value)) return value
    else if (value.parts !== undefined) value.parts.forEach((part) => add(part))
    else add(value)
  }
  return joinedText(parts, values)
}

/**
 * The text that pieces make up, known or not.
 * @param values what the pieces come from
 */
export function joinedText(pieces: readonly (string | UnknownValue)[], values: readonly Value[]): Value {
  const parts: (string | UnknownValue)[] = []
  for (const piece of pieces) {
    const last = parts.at(-1)
    if (typeof piece === 'string' && typeof last === 'string') parts[parts.length - 1] = last + piece
    else if (piece !== '') parts.push(piece)
  }
  const traits = traitsOf(...values)
  const [first] = parts
  if (parts.length === 0) return text('', traits)
  if (parts.length === 1 && typeof first === 'string') return text(first, traits)
  const hole = parts.find((part) => typeof part !== 'string')
  const candidates = combinations(parts)
  return unknown(hole?.reason ?? '', {
    type: 'string',
    notNull: true,
    parts,
    ...traits,
    ...(candidates === undefined ? {} : { candidates: candidates.map((candidate) => text(candidate)) }),
  })
}

/** Every text that the parts can form, if each unknown part has known candidates and there are few. */
function combinations(parts: readonly (string | UnknownValue)[]): readonly string[] | undefined {
  let texts = ['']
  for (const part of parts) {
    const options = typeof part === 'string' ? [part] : part.candidates?.map(asString)
    if (options === undefined || texts.length * options.length > MAX_CANDIDATES) return undefined
    const next: string[] = []
    for (const option of options) {
      if (option === undefined) return undefined
      for (const prefix of texts) next.push(prefix + option)
    }
    texts = next
  }
  const distinct = [...new Set(texts)]
  return distinct.length > 1 ? distinct : undefined
}
