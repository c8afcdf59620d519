import type { Exposure } from '../compliance/exposure.ts'
import type { CountedScores } from '../compliance/scores.ts'
import type { Scores } from '../verify/results.ts'
import { dollars, percent } from './words.ts'

interface ScoreWords {
  readonly name: 'strict' | 'progress' | 'coverage'
  readonly value: string
  /** What the number counts, with its fraction if that is known. */
  readonly meaning: string
}

/** The three scores, in their order, for every format that shows them side by side. */
export function scoreWords(scores: Scores | CountedScores): ScoreWords[] {
  const of = (name: ScoreWords['name'], meaning: string): ScoreWords => {
    const fraction = 'counts' in scores ? scores.counts[name] : undefined
    return {
      name,
      value: percent(scores[name]),
      meaning: fraction === undefined ? meaning : `${fraction.numerator} of ${fraction.denominator} ${meaning}`,
    }
  }
  return [
    of('strict', 'applicable requirements in place (PASS or ATTESTED)'),
    of('progress', 'with PARTIAL and READY counted half'),
    of('coverage', 'with any evidence at all'),
  ]
}

/** Money and risk in sentences, each labelled with where it comes from. */
export function exposureSentences(exposure: Exposure): string[] {
  return [
    ...moneySentences(exposure),
    ...exposure.risk.map(
      ({ name, before, after, source }) => `Risk, ${name}: ${before}% before, ${after}% after (source: ${source}).`,
    ),
  ]
}

function moneySentences(exposure: Exposure): string[] {
  switch (exposure.basis) {
    case 'project':
      return [
        `Exposure: ${dollars(exposure.exposedPerMonth)} a month (${dollars(exposure.exposedPerYear)} a year) for requirements not in place.`,
        `Avoided: ${dollars(exposure.avoidedPerMonth)} a month (${dollars(exposure.avoidedPerYear)} a year) for requirements in place.`,
        `${exposure.label}.`,
      ]
    case 'estimate':
      return [
        `Exposure, ${exposure.label}. Merchant level ${exposure.merchantLevel}, ${exposure.months} ${exposure.months === 1 ? 'month' : 'months'}.`,
        ...(exposure.perMonth
          ? [
              `${dollars(exposure.perMonth.low)} to ${dollars(exposure.perMonth.high)} a month, ${dollars(exposure.total ?? 0)} in all.`,
            ]
          : []),
        ...(exposure.perViolationAndYear
          ? [
              `${dollars(exposure.perViolationAndYear.low)} to ${dollars(exposure.perViolationAndYear.high)} per violation and year.`,
            ]
          : []),
        ...exposure.sources.map(({ text, compiled }) => `Source: ${text} (compiled ${compiled}).`),
      ]
    case 'none':
      return [exposure.label]
  }
}
