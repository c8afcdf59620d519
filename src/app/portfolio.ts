import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ComplianceResult } from '../compliance/comply.ts'
import { parsePortfolio, type Portfolio, type PortfolioProject } from '../compliance/portfolio.ts'
import type { AuditSummary } from '../engine/finding.ts'
import { compareText } from '../engine/summary.ts'
import { complyWith } from './comply.ts'
import { frameworkFor } from './frameworks.ts'
import { UsageError } from './project/root.ts'
import { openSession, type SessionOptions } from './session.ts'

/** Where one project of a portfolio stands. */
interface ProjectStanding {
  readonly name: string
  readonly profile: string
  readonly path: string
  readonly files: number
  readonly resources: number
  readonly summary: AuditSummary
  readonly errors: number
  readonly results: readonly ComplianceResult[]
  /** Why the project could not be judged; the others are. */
  readonly failure?: string
}

export interface PortfolioResult {
  readonly title: string
  readonly asOf: string
  /** Worst first. */
  readonly projects: readonly ProjectStanding[]
}

const NOTHING: AuditSummary = {
  CRITICAL: 0,
  HIGH: 0,
  MEDIUM: 0,
  LOW: 0,
  INFO: 0,
  total: 0,
  byRank: { E: 0, D: 0, C: 0, B: 0, S: 0 },
  fixable: 0,
  undecided: 0,
  suppressed: 0,
  dormant: 0,
}

/**
 * Every project by its own profile, under one shared configuration and one set of rules.
 * @throws UsageError for a portfolio file that cannot be read or holds mistakes
 */
export function judgePortfolio(file: string, options: Omit<SessionOptions, 'path'>): PortfolioResult {
  const portfolio = readPortfolio(file)
  const folder = dirname(file)
  const projects = portfolio.projects.map((project) => judge(project, portfolio, folder, options))
  return {
    title: portfolio.title,
    asOf: options.now.toISOString().slice(0, 10),
    projects: projects.toSorted(worstFirst),
  }
}

function readPortfolio(file: string): Portfolio {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new UsageError(`cannot read ${file}`)
  }
  const { records, diagnostics } = parsePortfolio(file, text)
  const [problem] = diagnostics
  if (problem !== undefined) {
    const { line, column } = problem.range?.start ?? { line: 1, column: 1 }
    throw new UsageError(`${file}:${line}:${column}: ${problem.message}`)
  }
  const [portfolio] = records
  if (portfolio === undefined) throw new UsageError(`${file} holds no portfolio`)
  return portfolio
}

function judge(
  { name, path, profile, frameworks }: PortfolioProject,
  portfolio: Portfolio,
  folder: string,
  options: Omit<SessionOptions, 'path'>,
): ProjectStanding {
  const place = join(folder, path)
  const shared = portfolio.config === undefined ? undefined : join(folder, portfolio.config)
  const configFile = existsSync(join(place, 'secops.yaml')) ? undefined : shared
  try {
    const session = openSession({ ...options, path: place, configFile })
    const own = session.frameworks
    const results = frameworks.map((id) =>
      complyWith(session, frameworkFor(/\.ya?ml$/.test(id) ? join(folder, id) : id, own)),
    )
    const { summary, errors, project } = session.result
    const { files, resources } = project
    const standing = { name, profile, path, files, resources, summary, errors: errors.length, results }
    // Addresses and reasons come from the code: each project's own mask is at hand only here.
    return JSON.parse(session.mask.mask(JSON.stringify(standing)))
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return {
      name,
      profile,
      path,
      files: 0,
      resources: 0,
      summary: NOTHING,
      errors: 0,
      results: [],
      failure: error.message.replaceAll(place, path),
    }
  }
}

/** What could not be judged, then by critical and high findings, then by the lowest strict score. */
function worstFirst(a: ProjectStanding, b: ProjectStanding): number {
  return (
    Number(b.failure !== undefined) - Number(a.failure !== undefined) ||
    b.summary.CRITICAL - a.summary.CRITICAL ||
    b.summary.HIGH - a.summary.HIGH ||
    lowest(a) - lowest(b) ||
    compareText(a.name, b.name)
  )
}

function lowest({ results }: ProjectStanding): number {
  return Math.min(1, ...results.map(({ scores }) => scores.strict))
}
