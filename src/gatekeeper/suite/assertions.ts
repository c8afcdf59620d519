import { compileCached, RegexError } from '../../rego/regex/regex.ts'
import type { Violation } from '../policy-set.ts'
import type { Assertion } from './suite.ts'

/** What was wanted and what there is, if the violations do not meet the assertion. */
export function unmet(
  { violations: wanted, message }: Assertion,
  violations: readonly Violation[],
): { readonly want: string; readonly got: string } | undefined {
  let matching = violations
  if (message !== undefined) {
    try {
      const regex = compileCached(message)
      matching = violations.filter((violation) => regex.test(violation.message))
    } catch (error) {
      if (!(error instanceof RegexError)) throw error
      return { want: `a message that matches ${message}`, got: `no regular expression: ${error.message}` }
    }
  }
  const met =
    wanted === 'yes' ? matching.length > 0 : wanted === 'no' ? matching.length === 0 : matching.length === wanted
  if (met) return undefined
  const number = wanted === 'yes' ? 'at least one violation' : wanted === 'no' ? 'no violations' : count(wanted)
  const messages = violations.map((violation) => JSON.stringify(violation.message)).join(', ')
  return {
    want: message === undefined ? number : `${number} with a message that matches ${JSON.stringify(message)}`,
    got: violations.length === 0 ? 'no violations' : `${count(violations.length)}: ${messages}`,
  }
}

function count(number: number): string {
  return `${number} violation${number === 1 ? '' : 's'}`
}
