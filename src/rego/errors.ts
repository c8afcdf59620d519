/** What goes wrong in a policy: codes as OPA gives them, with a place. */
import { LineMap } from '../text/line-map.ts'
import type { Range, Span } from '../text/span.ts'

export type RegoErrorCode =
  | 'rego_parse_error'
  | 'rego_compile_error'
  | 'rego_type_error'
  | 'rego_unsafe_var_error'
  | 'rego_recursion_error'
  | 'eval_conflict_error'
  | 'eval_builtin_error'
  | 'eval_type_error'
  | 'eval_with_merge_error'
  | 'eval_cancel_error'
  | 'eval_internal_error'

/** One text that was parsed: a module or a query. */
export class Source {
  readonly file: string
  readonly text: string
  #lines: LineMap | undefined

  constructor(file: string, text: string) {
    this.file = file
    this.text = text
  }

  get lines(): LineMap {
    this.#lines ??= new LineMap(this.text)
    return this.#lines
  }
}

/** A stretch of a source. */
export interface Place {
  readonly source: Source
  readonly span: Span
}

/** `message` is without code and place; `toString` is `file:line: code: message`, as OPA prints it. */
export class RegoError extends Error {
  override readonly name = 'RegoError'
  readonly code: RegoErrorCode
  readonly place: Place | undefined

  constructor(code: RegoErrorCode, message: string, place?: Place) {
    super(message)
    this.code = code
    this.place = place
  }

  get file(): string | undefined {
    return this.place?.source.file
  }

  get range(): Range | undefined {
    return this.place?.source.lines.range(this.place.span)
  }

  override toString(): string {
    const line = this.range?.start.line
    const at = line === undefined ? '' : this.file === '' ? `${line}: ` : `${this.file}:${line}: `
    return `${at}${this.code}: ${this.message}`
  }
}

/** Everything that is wrong with what was parsed or compiled: at least one error. */
export class RegoErrors extends Error {
  override readonly name = 'RegoErrors'
  readonly errors: readonly RegoError[]

  constructor(errors: readonly RegoError[]) {
    super(errors.map(String).join('\n'))
    this.errors = errors
  }
}

/** `file:line:column: code: message`, the line, and a caret under the place. */
export function formatError(error: RegoError): string {
  const { place, range } = error
  if (place === undefined || range === undefined) return `${error.code}: ${error.message}`
  const { line, column } = range.start
  const text = place.source.lines.lineText(line)
  const length =
    range.end.line === line ? Math.max(1, range.end.column - column) : Math.max(1, text.length - column + 1)
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ')
  const head = `${place.source.file === '' ? 'query' : place.source.file}:${line}:${column}: ${error.code}: ${error.message}`
  return `${head}\n    ${text}\n    ${indent}${'^'.repeat(Math.min(length, 200))}`
}
