/**
 * What an evaluation may spend on values, beside its steps. A value that shares its parts with itself is small in memory and endless to
 * walk through; so whoever walks, compares, prints or keeps composite values counts here. An evaluation is synchronous, so there is one
 * count at a time.
 */
let left = Number.POSITIVE_INFINITY

/** For values that a host prints or converts after an evaluation. */
const HOST_LIMIT = 5_000_000

export class OutOfWork extends Error {
  constructor() {
    super('a value is too large')
  }
}

/** Throws `OutOfWork`. */
export function spend(count: number): void {
  left -= count
  if (left < 0) throw new OutOfWork()
}

export function withWork<T>(limit: number, run: () => T): T {
  const outer = left
  left = limit
  try {
    return run()
  } finally {
    left = outer
  }
}

/** Bounded also where no evaluation counts. */
export function bounded<T>(run: () => T): T {
  return left === Number.POSITIVE_INFINITY ? withWork(HOST_LIMIT, run) : run()
}
