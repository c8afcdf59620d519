import type { Resource } from '../resources/resource.ts'
import { namesRule } from './aliases.ts'
import type { Rule } from '../rules/rule.ts'

/** The one exception object of `contracts.md`; `requirement` and `policy` exceptions are judged elsewhere. */
export interface RuleException {
  /** A resource address, or a file path; `*` matches any run of characters. */
  readonly target: string
  /** A rule id or any alias. */
  readonly rule: string
  readonly reason: string
  readonly owner: string
  /** `YYYY-MM-DD`: valid through that day. */
  readonly expires: string
}

/** The exception that covers a finding on `asOf` (`YYYY-MM-DD`), if any. */
export function matchingException(
  exceptions: readonly RuleException[],
  rule: Rule,
  resource: Resource,
  file: string,
  asOf: string,
): RuleException | undefined {
  return exceptions.find(
    (exception) =>
      exception.expires >= asOf &&
      namesRule(rule, exception.rule) &&
      (matchesGlob(exception.target, resource.address) || matchesGlob(exception.target, file)),
  )
}

/** `*` stands for any run of characters, everything else for itself. */
export function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  if (rest.length === 0) return pattern === text
  if (!text.startsWith(first)) return false
  let at = first.length
  const last = rest.pop() ?? ''
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - at >= last.length && text.endsWith(last)
}
