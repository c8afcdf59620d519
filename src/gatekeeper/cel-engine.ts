/** Templates in CEL: `K8sNativeValidation`, evaluated as a ValidatingAdmissionPolicy. */
import { RegoObject } from '../rego/index.ts'
import { LineMap } from '../text/line-map.ts'
import { type CelContext, CelExpression } from './cel/environment.ts'
import { CelError } from './cel/error.ts'
import { ReadTrace } from './cel/trace.ts'
import { toCel } from './cel/values.ts'
import type { Engine, EngineViolation, Evaluate, Part } from './engine.ts'
import { type Fields, isFields, listAt, memberAt, textAt } from './json.ts'
import { PolicyError } from './problem.ts'
import type { Review } from './review.ts'
import type { CelSource, Template } from './template.ts'

interface Validation {
  readonly expression: CelExpression
  readonly message: string
  readonly messageExpression: CelExpression | undefined
}

interface Variable {
  readonly name: string
  readonly expression: CelExpression
}

/** Gatekeeper declares these before those of the template. */
const BUILT_IN = ['params', 'anyObject']
const RESERVED = 'gatekeeper_internal_'

/** @throws PolicyError at the expression that is at fault */
export function compileCel(template: Template, { source, path }: CelSource): Engine {
  const known = new Set(BUILT_IN)
  const expression = (text: string, at: readonly (string | number)[]): CelExpression => {
    try {
      return new CelExpression(text, { variables: new Set(known) })
    } catch (error) {
      if (!(error instanceof CelError)) throw error
      const where = [...path, ...at]
      const { line, column } = new LineMap(text).position(error.offset)
      throw new PolicyError('cel-invalid', `invalid ConstraintTemplate: compilation failed: ${error.message}`, {
        file: template.object.file,
        range: template.object.locateInText(where, line, column),
      })
    }
  }
  const fail = (at: readonly (string | number)[], message: string): PolicyError =>
    new PolicyError('cel-invalid', message, {
      file: template.object.file,
      range: template.object.locate([...path, ...at]).range,
    })

  const conditions = listAt(source, 'matchConditions').map((one, index) => ({
    name: textAt(one, 'name'),
    expression: expression(textAt(one, 'expression'), ['matchConditions', index, 'expression']),
  }))
  const variables: Variable[] = []
  for (const [index, one] of listAt(source, 'variables').entries()) {
    const name = textAt(one, 'name')
    if (known.has(name) || name.startsWith(RESERVED)) {
      throw fail(['variables', index, 'name'], `the name "${name}" is reserved or declared twice`)
    }
    variables.push({ name, expression: expression(textAt(one, 'expression'), ['variables', index, 'expression']) })
    known.add(name)
  }
  const validations = listAt(source, 'validations').map((one, index): Validation => {
    const condition = expression(textAt(one, 'expression'), ['validations', index, 'expression'])
    if (condition.type !== 'bool' && condition.type !== 'dyn') {
      throw fail(
        ['validations', index, 'expression'],
        `compilation failed: must evaluate to bool, and it is ${condition.type}`,
      )
    }
    const given = textAt(one, 'messageExpression').trim()
    return {
      expression: condition,
      message: textAt(one, 'message').trim(),
      messageExpression: given === '' ? undefined : expression(given, ['validations', index, 'messageExpression']),
    }
  })
  if (validations.length === 0) throw fail(['validations'], 'no validations: a policy in CEL needs at least one')
  const policy = textAt(source, 'failurePolicy')
  if (policy !== '' && policy !== 'Fail' && policy !== 'Ignore') {
    throw fail(['failurePolicy'], `unrecognized failure policy: "${policy}" must be Fail or Ignore`)
  }
  return new CelEngine({ conditions, variables, validations, ignoreErrors: policy === 'Ignore' })
}

interface Program {
  readonly conditions: readonly { readonly name: string; readonly expression: CelExpression }[]
  readonly variables: readonly Variable[]
  readonly validations: readonly Validation[]
  readonly ignoreErrors: boolean
}

class CelEngine implements Engine {
  readonly name = 'cel'
  readonly #program: Program

  constructor(program: Program) {
    this.#program = program
  }

  bind(constraint: Fields): Evaluate {
    const parameters = toCel(memberAt(constraint, 'spec', 'parameters') ?? null)
    return (review, { traced }) => {
      const request = requestOf(review)
      const found = this.#run(contextOf(request, parameters, this.#program.variables))
      if (!traced || found.length === 0) return found
      return found.map((one) => ({ ...one, parts: this.#trace(one.validation, request, parameters) }))
    }
  }

  #run(context: CelContext): (EngineViolation & { readonly validation: number })[] {
    const { conditions, validations, ignoreErrors } = this.#program
    const errors: string[] = []
    for (const { name, expression } of conditions) {
      const result = attempt(expression, context)
      if (result instanceof CelError) errors.push(`match condition '${name}' resulted in error: ${result.message}`)
      else if (result !== true) return []
    }
    if (errors.length > 0) return ignoreErrors ? [] : [violation(errors.join(', '), 0, true)]
    const found: (EngineViolation & { readonly validation: number })[] = []
    for (const [index, one] of validations.entries()) {
      const result = attempt(one.expression, context)
      if (result instanceof CelError) {
        if (!ignoreErrors) {
          found.push(
            violation(`expression '${one.expression.text.trim()}' resulted in error: ${result.message}`, index, true),
          )
        }
      } else if (result !== true) found.push(violation(messageOf(one, context), index, false))
    }
    return found
  }

  /** The failing expression once more, over an object that notes what is read. */
  #trace(validation: number, request: Request, parameters: unknown): Part[] {
    const trace = new ReadTrace()
    const wrapped = {
      ...request,
      object: trace.wrap(request.object, ['object']),
      oldObject: trace.wrap(request.oldObject, ['oldObject']),
    }
    const context = contextOf(wrapped, parameters, this.#program.variables)
    const { expression } = this.#program.validations[validation] ?? {}
    if (expression === undefined) return []
    attempt(expression, context)
    const used = this.#program.variables.filter(({ name }) => expression.text.includes(`variables.${name}`))
    const reads = trace.reads.length
    const values = used.map(({ name }) => attemptRead(context, name))
    // Values that were only computed now did not decide anything.
    trace.reads.length = Math.min(trace.reads.length, reads)
    return trace.parts(values)
  }
}

function violation(
  message: string,
  validation: number,
  failed: boolean,
): EngineViolation & { readonly validation: number } {
  return { message, details: RegoObject.empty, failed, parts: [], validation }
}

/** The message of the API server: the expression's if it gives a good one, else the written one, else the expression itself. */
function messageOf({ expression, message, messageExpression }: Validation, context: CelContext): string {
  const computed = messageExpression === undefined ? undefined : attempt(messageExpression, context)
  if (typeof computed === 'string' && computed.trim() !== '' && !computed.includes('\n')) return computed.trim()
  return message === '' ? `failed expression: ${expression.text.trim()}` : message
}

function attempt(expression: CelExpression, context: CelContext): unknown {
  try {
    return expression.evaluate(context)
  } catch (error) {
    if (error instanceof CelError) return error
    throw error
  }
}

function attemptRead(context: CelContext, name: string): unknown {
  try {
    return memberAt(context.variables, name)
  } catch {
    return undefined
  }
}

interface Request {
  readonly request: unknown
  readonly object: unknown
  readonly oldObject: unknown
  readonly namespaceObject: unknown
}

/** A review is the same for every constraint: what CEL sees of it is made once. */
const requests = new WeakMap<Review, Request>()

function requestOf(review: Review): Request {
  const known = requests.get(review)
  if (known !== undefined) return known
  const { object, oldObject, namespaceObject, ...request } = review.value
  const deleting = textAt(request, 'operation') === 'DELETE'
  const made = {
    request: toCel(request),
    object: deleting ? null : toCel(object ?? null),
    oldObject: toCel(oldObject ?? null),
    namespaceObject:
      isFields(namespaceObject) && Object.keys(namespaceObject).length > 0 ? toCel(namespaceObject) : null,
  }
  requests.set(review, made)
  return made
}

/** Variables are computed when they are first read, as in the API server. */
function contextOf(request: Request, parameters: unknown, variables: readonly Variable[]): CelContext {
  const values: Record<string, unknown> = {}
  const context = { ...request, variables: values }
  values['params'] = parameters
  values['anyObject'] = request.object ?? request.oldObject
  for (const { name, expression } of variables) {
    let value: unknown
    let state: 'new' | 'known' | 'failed' = 'new'
    Object.defineProperty(values, name, {
      enumerable: true,
      get: () => {
        if (state === 'new') {
          value = attempt(expression, context)
          state = value instanceof CelError ? 'failed' : 'known'
        }
        if (state === 'failed') throw value
        return value
      },
    })
  }
  return context
}
