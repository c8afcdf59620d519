import { EvaluationError } from '@marcbachmann/cel-js'

/** Something wrong in an expression: cel-go's words where they are known, and the offset. */
export class CelError extends Error {
  override readonly name = 'CelError'
  readonly offset: number

  constructor(message: string, offset = 0) {
    super(message)
    this.offset = offset
  }
}

const NO_AUTHORIZER =
  "undeclared reference to 'authorizer': Gatekeeper does not offer it, since its policies are evaluated where no API server can be asked"

/** What the library or a function of ours has thrown. */
export function celError(error: unknown): CelError {
  if (error instanceof CelError) return error
  if (!(error instanceof Error)) return new CelError(String(error))
  const summary = 'summary' in error && typeof error.summary === 'string' ? error.summary : error.message
  const range: unknown = 'range' in error ? error.range : undefined
  const offset = typeof range === 'object' && range !== null && 'start' in range ? Number(range.start) : 0
  const [line = summary] = summary.split('\n')
  const name = /^Unknown variable: (\w+)$/.exec(line)?.[1]
  if (name === 'authorizer') return new CelError(NO_AUTHORIZER, offset)
  if (name !== undefined) return new CelError(`undeclared reference to '${name}'`, offset)
  const index = /^No such key: index out of bounds, index (-?\d+)/.exec(line)?.[1]
  if (index !== undefined) return new CelError(`index out of bounds: ${index}`, offset)
  const text = line.replace(/\bk8s_(\w+)/g, '$1')
  // The first letter is small in cel-go.
  const message = error instanceof EvaluationError ? text.charAt(0).toLowerCase() + text.slice(1) : text
  return new CelError(message, offset)
}
