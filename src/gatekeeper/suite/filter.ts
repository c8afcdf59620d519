/** `--run`: which tests and cases. */
import { compileCached } from '../../rego/regex/regex.ts'

export interface RunFilter {
  readonly test: (name: string) => boolean
  readonly case: (test: string, name: string) => boolean
}

const ALL: RunFilter = { test: () => true, case: () => true }

/**
 * Empty: everything. `test//case`: cases whose name and whose test's name match. Otherwise the cases of tests that match, and
 * single cases that do.
 * @throws RegexError
 */
export function runFilter(run: string): RunFilter {
  if (run === '') return ALL
  const [first = '', second, ...rest] = run.split('//')
  if (rest.length > 0) throw new Error(`a filter has one // at most: ${run}`)
  const left = compileCached(first)
  if (second === undefined) {
    return { test: (name) => left.test(name), case: (test, name) => left.test(test) || left.test(name) }
  }
  const right = compileCached(second)
  return { test: (name) => left.test(name), case: (test, name) => left.test(test) && right.test(name) }
}
