import type { Range } from '../text/span.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import type { KubernetesObject } from './objects.ts'

/** Why a policy cannot be used: a stable code, Gatekeeper's words where it has any, and a place if one is known. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError'
  readonly code: string
  readonly file: string
  readonly range: Range | undefined

  constructor(code: string, message: string, at?: { readonly file: string; readonly range?: Range | undefined }) {
    super(message)
    this.code = code
    this.file = at?.file ?? ''
    this.range = at?.range
  }

  get diagnostic(): Diagnostic {
    return { file: this.file, code: this.code, message: this.message, ...(this.range && { range: this.range }) }
  }
}

/** At a value of an object, or at its nearest parent. */
export function problemAt(
  object: KubernetesObject,
  path: readonly (string | number)[],
  code: string,
  message: string,
): PolicyError {
  return new PolicyError(code, message, { file: object.file, range: object.locate(path).range })
}
