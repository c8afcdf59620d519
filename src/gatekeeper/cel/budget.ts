/** How much one expression may do, with the variables that it reads. Counted, not timed: the same input ends in the same way. */

/** Beyond what the API server's cost limit lets through, and done in seconds. */
const STEPS = 10_000_000

let left = STEPS
let running = false

/** @throws Error once more than the budget has been charged in the running evaluation */
export function charge(steps: number): void {
  left -= steps
  if (left < 0) throw exhausted()
}

/** What a text or a list costs whoever makes it. */
export function chargeFor(value: unknown): void {
  charge(typeof value === 'string' || Array.isArray(value) ? 1 + value.length : 1)
}

/** Evaluations inside of this one, those of variables, spend from the same budget. */
export function withBudget<T>(run: () => T): T {
  if (running) return run()
  running = true
  left = STEPS
  try {
    const result = run()
    // `||` and `exists` go on after an error: what they found then is no verdict.
    if (left < 0) throw exhausted()
    return result
  } finally {
    running = false
  }
}

function exhausted(): Error {
  return new Error(`evaluation took more than ${STEPS} steps`)
}
