import type { ComplianceResult } from '../compliance/comply.ts'
import type { AuditSummary } from '../engine/finding.ts'
import { type Block, code, type Document, heading, list, table, text } from './documents/model.ts'
import { severityChart } from './html/charts.ts'
import { visible } from './escape.ts'
import { type Style, styleFor } from './style.ts'
import { table as textTable } from './table.ts'
import { percent, severityCounts } from './words.ts'

/** What a report of a portfolio needs to know of a project. */
interface Standing {
  readonly name: string
  readonly profile: string
  readonly path: string
  readonly summary: AuditSummary
  readonly results: readonly ComplianceResult[]
  readonly failure?: string
}

interface Standings {
  readonly title: string
  readonly asOf: string
  readonly projects: readonly Standing[]
}

export function renderPortfolioText({ title, asOf, projects }: Standings, colour: boolean): string {
  const style: Style = styleFor(colour)
  const rows = projects.flatMap(({ name, profile, summary, results, failure }): string[][] => {
    const first = [visible(name), profile, failure === undefined ? severityCounts(summary) : visible(failure)]
    const scores = results.map(({ framework, scores: one }) => [
      framework,
      percent(one.strict),
      percent(one.progress),
      percent(one.coverage),
    ])
    const [top = ['', '', '', ''], ...more] = scores
    return [[...first, ...top], ...more.map((row) => ['', '', '', ...row])]
  })
  const head = ['project', 'profile', 'open findings', 'framework', 'strict', 'progress', 'coverage'].map(style.dim)
  return `${[style.bold(`${visible(title)}, as of ${asOf}, worst first`), ...textTable([head, ...rows], ['left', 'left', 'left', 'left', 'right', 'right', 'right'])].join('\n')}\n`
}

export function portfolioDocument({ title, projects }: Standings): Document {
  return {
    title,
    blocks: [
      heading('Overview, worst first'),
      ...table(
        'One row for each project and framework',
        ['Project', 'Profile', 'Framework', '#Strict', '#Progress', '#Coverage', '#Critical', '#High', '#Open'],
        projects.flatMap(({ name, profile, summary, results }) =>
          results.map(({ framework, scores }) => [
            code(name),
            profile,
            framework,
            percent(scores.strict),
            percent(scores.progress),
            percent(scores.coverage),
            String(summary.CRITICAL),
            String(summary.HIGH),
            String(summary.total),
          ]),
        ),
      ),
      ...list(
        projects.flatMap(({ name, failure }) =>
          failure === undefined ? [] : [[code(name), ` was not judged: ${failure}`]],
        ),
      ),
      ...projects.flatMap(({ name, summary, results, failure }): Block[] =>
        failure !== undefined
          ? []
          : [
              heading(name),
              { kind: 'chart', chart: severityChart(summary, undefined), text: `Open: ${severityCounts(summary)}.` },
              ...results.map(({ title: of, requirements }) => {
                const applicable = requirements.filter(({ status }) => status !== 'NOT APPLICABLE')
                const inPlace = applicable.filter(({ status }) => status === 'PASS' || status === 'ATTESTED')
                return text(`${of}: ${inPlace.length} of ${applicable.length} applicable requirements in place.`)
              }),
            ],
      ),
    ],
  }
}
