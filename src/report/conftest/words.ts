import type { CheckResult } from '../../enforce/conftest/index.ts'

export interface Totals {
  readonly successes: number
  readonly warnings: number
  readonly failures: number
  readonly exceptions: number
  readonly skipped: number
  readonly errors: number
}

export function totalsOf(results: readonly CheckResult[]): Totals {
  const sum = (count: (result: CheckResult) => number): number => results.reduce((all, one) => all + count(one), 0)
  return {
    successes: sum(({ successes }) => successes),
    warnings: sum(({ warnings }) => warnings.length),
    failures: sum(({ failures }) => failures.length),
    exceptions: sum(({ exceptions }) => exceptions.length),
    skipped: sum(({ skipped }) => skipped.length),
    errors: sum(({ errors }) => errors.length),
  }
}

/** `5 tests, 3 passed, 0 warnings, 2 failures, 0 exceptions`, as Conftest says it. */
export function totalsText(totals: Totals): string {
  const { successes, warnings, failures, exceptions, skipped, errors } = totals
  const tests = successes + warnings + failures + exceptions + skipped + errors
  return [
    plural(tests, 'test'),
    `${successes} passed`,
    plural(warnings, 'warning'),
    plural(failures, 'failure'),
    plural(exceptions, 'exception'),
    ...(errors > 0 ? [plural(errors, 'error')] : []),
  ].join(', ')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
