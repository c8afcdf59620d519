import type { RunResult } from '../run-result.ts'
import { styleFor } from '../style.ts'
import type { TextOptions } from './audit.ts'
import { renderFixText } from './fix.ts'
import { renderValidateText } from './validate.ts'

export interface RunTextOptions extends TextOptions {
  readonly all?: boolean
}

/** The whole loop: what was fixed and is held, and before and after with the scores of each framework. */
export function renderRunText(run: RunResult, options: RunTextOptions): string {
  const style = styleFor(options.colour)
  return [
    style.bold('Fix'),
    '',
    renderFixText(run.fix, options),
    style.bold('Validate'),
    '',
    renderValidateText(run.validate, options),
  ].join('\n')
}
