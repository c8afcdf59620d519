import type { NextStep } from '../fixer.ts'

/** Names and folders come from the code of others: what is more than plain is quoted. */
export function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

export function uniqueSteps(steps: readonly NextStep[]): readonly NextStep[] {
  const seen = new Set<string>()
  return steps.filter(({ text, command }) => {
    const key = `${text}\u0000${command ?? ''}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/**
 * To read the plan of each root module.
 * @param what what the plan may show, such as `buckets change in place, none may be replaced`
 */
export function planSteps(roots: Iterable<string>, what: string): readonly NextStep[] {
  return [...new Set(roots)].toSorted().map((root) => ({
    kind: 'read',
    text: `Read the plan of ${root}: ${what}`,
    command: `terraform -chdir=${shellWord(root)} plan`,
  }))
}
