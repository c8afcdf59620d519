import { exposureSentences } from '../compliance-words.ts'
import { severityChart, statusChart } from '../html/charts.ts'
import { findingsTrend, scoreTrend } from '../html/trend.ts'
import { count, severityCounts } from '../words.ts'
import {
  byRule,
  type DocumentInput,
  inPlace,
  applicable,
  minutes,
  openFindings,
  scoresRow,
  waitsForPerson,
} from './input.ts'
import { type Block, code, type Document, heading, list, section, table, text } from './model.ts'

/** For who decides and pays: where it stands, what it costs, what it takes, what stays with people. */
export function executive(input: DocumentInput): Document {
  const { audit, results, history } = input
  const [main] = results
  // The project's own figures, whichever framework they are written for, before a common estimate.
  const paying = results.find(({ exposure }) => exposure.basis === 'project') ?? main
  const open = openFindings(input)
  return {
    title: 'Executive summary',
    blocks: [
      ...standing(input),
      heading('Findings'),
      {
        kind: 'chart',
        chart: severityChart(audit.summary, undefined),
        text: `Open: ${severityCounts(audit.summary)}.`,
      },
      ...table(
        'The gravest, one row for each rule',
        ['What should be so, and is not', '#Places', 'Severity', 'Who may fix it'],
        byRule(open)
          .slice(0, 8)
          .map(([finding, number]) => [finding.title, String(number), finding.severity, byWhom(finding.rank)]),
      ),
      ...trends(history, main?.framework),
      ...section(
        'Exposure',
        (paying === undefined ? [] : exposureSentences(paying.exposure)).map((sentence) => text(sentence)),
      ),
      heading('What it takes'),
      text(whatItTakes(input)),
      ...plan(input),
      ...people(input),
    ],
  }
}

function whatItTakes({ audit, fix }: DocumentInput): string {
  if (fix !== undefined) {
    return `${count(fix.applied.length, 'finding')} can be fixed now without asking anybody; ${fix.held.length} wait for an approval or a value; ${fix.refused.length} need a person's decision.`
  }
  const { E, D, C, B, S } = audit.summary.byRank
  return `${count(E + D, 'finding')} can be fixed without asking anybody; ${C + B} wait for an approval or a value; ${S} need a person's decision. There are too many to project each step here: --plan does it, and takes minutes.`
}

function byWhom(rank: string): string {
  if (rank === 'E' || rank === 'D') return 'the tool, now'
  if (rank === 'C') return 'the tool, once a supervisor approves'
  return rank === 'B' ? 'the tool, once a person approves' : 'a person'
}

export function standing({ results }: DocumentInput): Block[] {
  return [
    heading('Where it stands'),
    ...table('Scores', ['Framework', '#Strict', '#Progress', '#Coverage'], results.map(scoresRow)),
    text(
      'Strict counts what is in place and nothing else. Progress counts what is partly there as half. Coverage says how much has any evidence at all.',
    ),
    ...results.flatMap((result): Block[] => {
      const counted = result.requirements.filter(applicable)
      return [
        {
          kind: 'chart',
          chart: statusChart(result.requirements),
          text: `${result.title}: ${counted.filter(inPlace).length} of ${counted.length} applicable requirements are in place.`,
        },
      ]
    }),
  ]
}

function trends(history: DocumentInput['history'], framework: string | undefined): readonly Block[] {
  const scores = framework === undefined ? undefined : scoreTrend(history, framework)
  const findings = findingsTrend(history)
  const last = history.at(-1)
  const first = history[0]
  if (first === undefined || last === undefined) return []
  const blocks: Block[] = []
  if (findings !== undefined) {
    const told = `Open findings: ${first.summary.total} on ${first.at.slice(0, 10)}, ${last.summary.total} on ${last.at.slice(0, 10)}, ${count(history.length, 'run')}.`
    blocks.push({ kind: 'chart', chart: findings, text: told })
  }
  if (scores !== undefined && framework !== undefined) {
    blocks.push({ kind: 'chart', chart: scores, text: `Scores of ${framework} over ${count(history.length, 'run')}.` })
  }
  return section('Over time', blocks)
}

function plan({ results }: DocumentInput): readonly Block[] {
  const [main] = results
  const steps = main?.projection ?? []
  const total = steps.reduce((sum, step) => sum + step.minutes, 0)
  if (main === undefined || steps.length === 0) return []
  const percent = (score: number): string => `${Math.round(score * 100)}%`
  return [
    ...table(
      `Scores of ${main.title} after each step, computed by applying it in memory and auditing again`,
      ['#Step', 'Fixer', 'Approval', '#Strict', '#Progress', "#A person's time", 'Values wanted'],
      steps.map(({ step, fixer, approve, scores, minutes: time, needs }) => [
        String(step),
        code(fixer),
        approve === 'none' ? 'none' : `rank ${approve}`,
        percent(scores.strict),
        percent(scores.progress),
        minutes(time),
        needs.length === 0 ? '' : needs.map(({ key }, index) => [index === 0 ? '' : ', ', code(key)]),
      ]),
    ),
    text(`A person's time for all steps: ${minutes(total)}.`),
  ]
}

function people({ results }: DocumentInput): readonly Block[] {
  const blocks = results.flatMap((result) => {
    const waiting = result.requirements.filter(waitsForPerson)
    const first = waiting.slice(0, 6).map(({ id, subject }) => [code(id), ` ${subject}`])
    return waiting.length === 0
      ? []
      : [
          text(
            `${result.title}: ${count(waiting.length, 'requirement')} that only people can show are without a valid attestation. The first:`,
          ),
          ...list(first),
        ]
  })
  return section('What stays with people', blocks)
}
