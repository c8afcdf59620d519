import type { HistoryEntry } from '../../compliance/history.ts'
import { SEVERITIES } from '../../engine/finding.ts'
import { percent } from '../words.ts'
import { type Content, markup, type Markup } from './markup.ts'

const WIDTH = 640
const HEIGHT = 200
const LEFT = 40
const BOTTOM = 24
const NAMES = ['strict', 'progress', 'coverage'] as const

/** The three scores of a framework over the runs, as lines that differ in dash as well as in colour. */
export function scoreTrend(history: readonly HistoryEntry[], framework: string): Markup | undefined {
  const runs = history.flatMap(({ at, scores }) => {
    const found = scores.find((one) => one.framework === framework)
    return found === undefined ? [] : [{ day: at.slice(0, 10), ...found }]
  })
  const [first] = runs
  const last = runs.at(-1)
  if (first === undefined || last === undefined || runs.length < 2) return undefined
  const x = (index: number): number => Math.round(LEFT + (index / (runs.length - 1)) * (WIDTH - LEFT - 10))
  const y = (score: number): number => Math.round(10 + (1 - score) * (HEIGHT - BOTTOM - 10))
  const label = NAMES.map((name) => `${name} from ${percent(first[name])} to ${percent(last[name])}`).join(', ')
  const line = (name: (typeof NAMES)[number]): Content =>
    markup`<polyline class="line line-${name}" points="${runs.map((run, index) => `${x(index)},${y(run[name])}`).join(' ')}"/>`
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT + 24}" role="img" aria-label="Scores over ${runs.length} runs: ${label}">${[
    0, 0.5, 1,
  ].map(
    (score) =>
      markup`<line class="axis" x1="${LEFT}" x2="${WIDTH}" y1="${y(score)}" y2="${y(score)}"/><text x="0" y="${y(score) + 4}">${percent(score)}</text>`,
  )}${NAMES.map(line)}<text x="${LEFT}" y="${HEIGHT - 4}">${first.day}</text><text x="${WIDTH - 80}" y="${HEIGHT - 4}">${last.day}</text>${NAMES.map(
    (name, index) =>
      markup`<line class="line line-${name}" x1="${LEFT + index * 130}" x2="${LEFT + index * 130 + 28}" y1="${HEIGHT + 14}" y2="${HEIGHT + 14}"/><text x="${LEFT + index * 130 + 36}" y="${HEIGHT + 18}">${name}</text>`,
  )}</svg>`
}

/** Open findings of each run, stacked by severity, gravest at the bottom. */
export function findingsTrend(history: readonly HistoryEntry[]): Markup | undefined {
  const runs = history.slice(-24)
  const first = runs[0]
  const last = runs.at(-1)
  if (first === undefined || last === undefined || runs.length < 2) return undefined
  const most = Math.max(1, ...runs.map(({ summary }) => summary.total))
  const step = (WIDTH - LEFT) / runs.length
  const bars = runs.map(({ summary }, index) => {
    let top = HEIGHT - BOTTOM
    return SEVERITIES.map((severity) => {
      const height = Math.round((summary[severity] / most) * (HEIGHT - BOTTOM - 10))
      top -= height
      return (
        height > 0 &&
        markup`<rect class="fill-${severity.toLowerCase()}" x="${Math.round(LEFT + index * step)}" y="${top}" width="${Math.max(2, Math.round(step * 0.7))}" height="${height}"/>`
      )
    })
  })
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Open findings over ${runs.length} runs: ${first.summary.total} at first, ${last.summary.total} at last"><text x="0" y="18">${most}</text><text x="0" y="${HEIGHT - BOTTOM}">0</text>${bars}<text x="${LEFT}" y="${HEIGHT - 4}">${first.at.slice(0, 10)}</text><text x="${WIDTH - 80}" y="${HEIGHT - 4}">${last.at.slice(0, 10)}</text></svg>`
}
