import type { Span } from '../../../text/span.ts'

export interface Fault {
  readonly span: Span
  readonly code: string
  readonly message: string
}

/** A text that is not what its parser reads: at least one fault. */
export class InputFaults extends Error {
  override readonly name = 'InputFaults'
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(({ message }) => message).join(' '))
    this.faults = faults
  }
}

export function fault(span: Span, code: string, message: string): InputFaults {
  return new InputFaults([{ span, code, message }])
}
