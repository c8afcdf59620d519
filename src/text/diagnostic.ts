import type { LineMap } from './line-map.ts'
import type { Range, Span } from './span.ts'

/** Something wrong in the user's input: where, a stable code, and a message that says the way out. */
export interface Diagnostic {
  readonly file: string
  readonly range?: Range
  /** Kebab-case, such as `hcl-unclosed-block`. */
  readonly code: string
  readonly message: string
}

/** False for what is said about a file that was read well, such as a suppression past its date. */
export function isReadProblem({ code }: Diagnostic): boolean {
  return !code.startsWith('suppression-')
}

export function diagnosticAt(file: string, lines: LineMap, span: Span, code: string, message: string): Diagnostic {
  return { file, range: lines.range(span), code, message }
}
