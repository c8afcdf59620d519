import { type RequirementResult } from '../../compliance/comply.ts'
import { type Status, STATUSES } from '../../compliance/status.ts'
import { type AuditSummary, SEVERITIES } from '../../engine/finding.ts'
import { percent } from '../words.ts'
import { markup, type Markup } from './markup.ts'

/** A bar from 0 to 100 percent; a tick marks where it stood before. */
export function meter(score: number, before: number | undefined): Markup {
  return markup`<svg viewBox="0 0 300 12" role="img" aria-label="${percent(score)}${before === undefined ? '' : `, before ${percent(before)}`}"><rect class="track" width="300" height="12" rx="3"/><rect class="fill-good" width="${300 * score}" height="12" rx="3"/>${before !== undefined && markup`<line class="tick" x1="${300 * before}" x2="${300 * before}" y1="-1" y2="13"/>`}</svg>`
}

const ROW = 38
const LABEL = 84
const WIDTH = 640

/** Findings by severity, a bar each; with `before`, a paler bar above it. */
export function severityChart(after: AuditSummary, before: AuditSummary | undefined): Markup {
  const most = Math.max(1, ...SEVERITIES.flatMap((name) => [after[name], before?.[name] ?? 0]))
  const scale = (value: number): number => Math.round((value / most) * (WIDTH - LABEL - 60))
  const label = SEVERITIES.map(
    (name) =>
      `${name.toLowerCase()} ${before === undefined ? '' : `${before[name]} before, `}${after[name]}${before === undefined ? '' : ' after'}`,
  ).join('; ')
  const bar = (value: number, y: number, height: number, classes: string): Markup =>
    markup`<rect class="${classes}" x="${LABEL}" y="${y}" width="${Math.max(value === 0 ? 0 : 2, scale(value))}" height="${height}" rx="2"/><text x="${LABEL + scale(value) + 8}" y="${y + height / 2 + 4.5}">${value}</text>`
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${SEVERITIES.length * ROW}" role="img" aria-label="Findings by severity: ${label}">${SEVERITIES.map(
    (name, index) => {
      const fill = `fill-${name.toLowerCase()}`
      const y = index * ROW
      return markup`<text x="0" y="${y + 22}">${name}</text>${
        before === undefined
          ? bar(after[name], y + 8, 18, fill)
          : [bar(before[name], y + 2, 14, `${fill} before`), bar(after[name], y + 18, 14, fill)]
      }`
    },
  )}</svg>`
}

const STATUS_FILL: Readonly<Record<Status, string>> = {
  PASS: 'fill-good',
  ATTESTED: 'fill-attested',
  READY: 'fill-ready',
  PARTIAL: 'fill-warn',
  FAIL: 'fill-bad',
  'NOT TESTED': 'fill-none',
  'NOT APPLICABLE': 'track',
}

/** All requirements as one bar, with a legend that says the numbers. */
export function statusChart(requirements: readonly RequirementResult[]): Markup {
  const counts = STATUSES.map((status) => ({
    status,
    number: requirements.filter((requirement) => requirement.status === status).length,
  })).filter(({ number }) => number > 0)
  const total = Math.max(1, requirements.length)
  const label = counts.map(({ status, number }) => `${number} ${status}`).join(', ')
  let at = 0
  const segments = counts.map(({ status, number }) => {
    const width = (WIDTH * number) / total
    const segment = markup`<rect class="${STATUS_FILL[status]}" x="${at}" y="0" width="${Math.max(1, width - 2)}" height="22"/>`
    at += width
    return segment
  })
  const legend = counts.map(({ status, number }, index) => {
    const x = (index % 4) * 160
    const y = 46 + Math.floor(index / 4) * 22
    return markup`<rect class="${STATUS_FILL[status]}" x="${x}" y="${y - 10}" width="11" height="11"/><text x="${x + 18}" y="${y}">${status} ${number}</text>`
  })
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${56 + Math.floor((counts.length - 1) / 4) * 22}" role="img" aria-label="Requirements by status: ${label}">${segments}${legend}</svg>`
}
