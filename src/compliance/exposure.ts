import type { Status } from './status.ts'

/** `compliance` of secops.yaml, as far as money and risk go. */
export interface ExposureSettings {
  readonly merchantLevel?: 1 | 2 | 3 | 4
  /** Months of non-compliance to reckon with; 1 if left out. */
  readonly months?: number
  readonly exposure?: readonly ExposureFigure[]
  readonly risk?: readonly RiskFigure[]
}

/** A figure that the project brings, with where it comes from. */
interface ExposureFigure {
  /** Qualified. */
  readonly requirement: string
  /** US dollars. */
  readonly perMonth: number
  readonly source: string
}

/** A risk before and after, in percent as the source gives it. Without a source it is not shown. */
interface RiskFigure {
  readonly name: string
  readonly before: number
  readonly after: number
  readonly source: string
  /** Qualified. */
  readonly requirement?: string
}

interface MoneyRange {
  readonly low: number
  readonly high: number
}

interface ProjectExposure {
  readonly basis: 'project'
  readonly label: string
  /** US dollars a month: requirements not in place, and those in place. */
  readonly exposedPerMonth: number
  readonly exposedPerYear: number
  readonly avoidedPerMonth: number
  readonly avoidedPerYear: number
  readonly figures: readonly (ExposureFigure & { readonly exposed: boolean })[]
}

interface EstimatedExposure {
  readonly basis: 'estimate'
  readonly label: string
  readonly merchantLevel: number
  readonly months: number
  /** US dollars, where a monthly range is quoted for the level. */
  readonly perMonth?: MoneyRange
  /** US dollars over those months. */
  readonly total?: number
  /** US dollars per violation and year, rising with each violation. */
  readonly perViolationAndYear?: MoneyRange
  readonly sources: readonly { readonly text: string; readonly compiled: string }[]
}

interface NoExposure {
  readonly basis: 'none'
  readonly label: string
}

export type Exposure = (ProjectExposure | EstimatedExposure | NoExposure) & { readonly risk: readonly RiskFigure[] }

/** The day on which the ranges below were written down. */
const COMPILED = '2026-11-21'

const MONTHLY: Readonly<Partial<Record<number, readonly [number, number, number]>>> = {
  1: [10_000, 50_000, 100_000],
  2: [5_000, 25_000, 50_000],
}

const PER_VIOLATION: Readonly<Partial<Record<number, MoneyRange>>> = {
  1: { low: 25_000, high: 200_000 },
  2: { low: 25_000, high: 200_000 },
  3: { low: 10_000, high: 80_000 },
}

const IN_PLACE: ReadonlySet<Status> = new Set(['PASS', 'ATTESTED', 'NOT APPLICABLE'])

/**
 * What non-compliance may cost. A fine attaches to an entity and a duration, never to a finding: the amounts depend on
 * the project's figures and on which requirements are in place, or on merchant level and months alone.
 * @param statuses by qualified id, of one framework
 */
export function exposureOf(statuses: ReadonlyMap<string, Status>, settings: ExposureSettings): Exposure {
  const risk = (settings.risk ?? []).filter((figure) => figure.source.trim() !== '')
  const figures = (settings.exposure ?? []).flatMap((figure) => {
    const status = statuses.get(figure.requirement)
    return status === undefined ? [] : [{ ...figure, exposed: !IN_PLACE.has(status) }]
  })
  if (figures.length > 0) return { ...fromFigures(figures), risk }
  if (settings.merchantLevel !== undefined) return { ...estimated(settings.merchantLevel, settings.months ?? 1), risk }
  return {
    basis: 'none',
    label:
      (settings.exposure ?? []).length > 0
        ? 'The figures in secops.yaml are for requirements of another framework.'
        : 'No amounts: secops.yaml gives neither figures (compliance.exposure) nor a merchant level.',
    risk,
  }
}

function fromFigures(figures: ProjectExposure['figures']): ProjectExposure {
  const sum = (exposed: boolean): number =>
    figures.filter((figure) => figure.exposed === exposed).reduce((total, figure) => total + figure.perMonth, 0)
  const sources = [...new Set(figures.map((figure) => figure.source))].sort()
  return {
    basis: 'project',
    label: `The project's own figures, from ${sources.join('; ')}`,
    exposedPerMonth: sum(true),
    exposedPerYear: sum(true) * 12,
    avoidedPerMonth: sum(false),
    avoidedPerYear: sum(false) * 12,
    figures,
  }
}

function estimated(merchantLevel: number, months: number): EstimatedExposure {
  const steps = MONTHLY[merchantLevel]
  const perViolationAndYear = PER_VIOLATION[merchantLevel]
  const amounts = steps ? Array.from({ length: months }, (_, month) => steps[month < 3 ? 0 : month < 6 ? 1 : 2]) : []
  return {
    basis: 'estimate',
    label:
      steps || perViolationAndYear
        ? 'an estimate, not an assessment: what is commonly quoted for an entity found not compliant'
        : 'an estimate, not an assessment: nothing is commonly quoted for this merchant level',
    merchantLevel,
    months,
    ...(amounts.length > 0 && {
      perMonth: { low: Math.min(...amounts), high: Math.max(...amounts) },
      total: amounts.reduce((sum, amount) => sum + amount, 0),
    }),
    ...(perViolationAndYear && { perViolationAndYear }),
    sources: [
      ...(steps
        ? [
            {
              text: 'Monthly ranges commonly quoted for card brands; fines are contractual and no official public schedule exists',
              compiled: COMPILED,
            },
          ]
        : []),
      ...(perViolationAndYear
        ? [{ text: "One card brand's published steps per violation and year", compiled: COMPILED }]
        : []),
    ],
  }
}
