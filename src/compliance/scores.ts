import type { Scores } from '../verify/results.ts'
import type { Status } from './status.ts'

interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** The three numbers that always stand side by side, each from 0 to 1, with what they are made of. */
export interface CountedScores extends Scores {
  readonly counts: { readonly strict: Fraction; readonly progress: Fraction; readonly coverage: Fraction }
}

const STRICT: ReadonlySet<Status> = new Set(['PASS', 'ATTESTED'])
const HALF: ReadonlySet<Status> = new Set(['PARTIAL', 'READY'])

/** Strict, progress and coverage over the applicable requirements; all 0 if none is. */
export function scoresOf(statuses: readonly Status[]): CountedScores {
  const applicable = statuses.filter((status) => status !== 'NOT APPLICABLE')
  const denominator = applicable.length
  const inPlace = applicable.filter((status) => STRICT.has(status)).length
  const half = applicable.filter((status) => HALF.has(status)).length
  const seen = applicable.filter((status) => status !== 'NOT TESTED').length
  const strict = { numerator: inPlace, denominator }
  const progress = { numerator: inPlace + half / 2, denominator }
  const coverage = { numerator: seen, denominator }
  return {
    strict: value(strict),
    progress: value(progress),
    coverage: value(coverage),
    counts: { strict, progress, coverage },
  }
}

function value({ numerator, denominator }: Fraction): number {
  return denominator === 0 ? 0 : numerator / denominator
}
