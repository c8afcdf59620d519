import type { AuditSummary } from '../../engine/finding.ts'
import type { FixResult, HeldFix } from '../../verify/results.ts'
import { shellWord, visible, visibleLines } from '../escape.ts'
import { type Style, styleFor } from '../style.ts'
import { table, wrap } from '../table.ts'
import { count, severityCounts } from '../words.ts'
import type { TextOptions } from './audit.ts'

export interface FixTextOptions extends TextOptions {
  /** Every applied, held and refused finding, and whole runbooks. */
  readonly all?: boolean
}

const LISTED = 8

/** What was fixed, what is held and why, what was refused, and what a person does next. */
export function renderFixText(fix: FixResult, options: FixTextOptions): string {
  const style = styleFor(options.colour)
  const limit = options.all ? Infinity : LISTED
  const lines = [
    ...outcome(fix, options, style),
    ...appliedLines(fix, style, limit),
    ...heldLines(fix, options, style, limit),
    ...refusedLines(fix, style, limit),
    ...stepLines(fix, options, style, limit),
  ]
  return `${lines.join('\n')}\n`
}

/** "36 findings (3 critical, ...) before, 2 (2 high) after" */
export function beforeAfter(before: AuditSummary, after: AuditSummary): string {
  return `Before: ${count(before.total, 'finding')} (${severityCounts(before)}). After: ${after.total} (${severityCounts(after)}).`
}

function outcome(fix: FixResult, options: TextOptions, style: Style): string[] {
  const done = `${count(fix.applied.length, 'finding')} in ${count(fix.files.length, 'file')}`
  const rest = `${fix.held.length} held for approval, ${fix.refused.length} not fixed.`
  if (fix.applied.length === 0) return [style.bold(`Nothing to fix: ${rest}`)]
  if (fix.dryRun)
    return [style.bold(`Would fix ${done}; ${rest} Nothing was written.`), beforeAfter(fix.before, fix.after)]
  const path = options.path === '.' ? '' : ` --path ${shellWord(options.path)}`
  const undo = (runId: string): string => `Undo: secops rollback ${visible(runId)}${path}`
  const commits = fix.commits?.map(({ fixer, commit, runId }) => [
    commit === '' ? 'Not committed, git ignores it:' : `Committed ${commit}`,
    visible(fixer),
    undo(runId),
  ])
  return [
    style.bold(`Fixed ${done}; ${rest}`),
    beforeAfter(fix.before, fix.after),
    ...(commits === undefined ? [undo(fix.runId)] : table(commits)),
  ]
}

function appliedLines(fix: FixResult, style: Style, limit: number): string[] {
  if (fix.applied.length === 0) return []
  const groups = new Map<string, { title: string; number: number }>()
  for (const { fixer, ruleId, rank } of fix.applied) {
    const key = `${rank} ${fixer} ${ruleId}`
    groups.set(key, { title: `${rank}  ${fixer}: ${ruleId}`, number: (groups.get(key)?.number ?? 0) + 1 })
  }
  const rows = [...groups.values()].map(({ title, number }) => [`  ${number}x`, visible(title)])
  const files = fix.files.map((file) => `  ${style.place(visible(file.path))}${file.created ? ' (new)' : ''}`)
  return ['', style.good(fix.dryRun ? 'Would be fixed' : 'Fixed'), ...cut(table(rows), limit), ...cut(files, limit)]
}

function heldLines(fix: FixResult, options: FixTextOptions, style: Style, limit: number): string[] {
  if (fix.held.length === 0) return []
  const path = shellWord(options.path)
  return [
    '',
    style.warning(`Held (${fix.held.length}); release with secops fix ${path} --approve B, C or a fingerprint`),
    ...cut(
      fix.held.map((held) => heldFix(held, options, style).join('\n')),
      limit,
    ),
  ]
}

function heldFix(held: HeldFix, options: FixTextOptions, style: Style): string[] {
  const text = (label: string, content: string): string[] =>
    wrap(`${label}${visible(content)}`, options.width - 6).map((line) => `      ${line}`)
  return [
    `  ${held.rank}  ${visible(held.title)}  ${style.place(visible(held.address))}  ${style.dim(visible(held.fingerprint.slice(0, 8)))}`,
    ...text('', held.reason),
    ...(held.blastRadius.length > 0 ? text('Touches: ', held.blastRadius.join(', ')) : []),
    ...held.needs.flatMap(({ key, question }) => text('Needs ', `${key}: ${question}`)),
    ...(options.all && held.runbook !== ''
      ? visibleLines(held.runbook)
          .split('\n')
          .map((line) => `      ${line}`)
      : []),
  ]
}

function refusedLines(fix: FixResult, style: Style, limit: number): string[] {
  if (fix.refused.length === 0) return []
  // What was not asked for is one line; what could not be done says why, each.
  const outside = fix.refused.filter(({ code, reason }) => code === 'out-of-scope' && reason.startsWith('not selected'))
  const rows = fix.refused
    .filter((refused) => !outside.includes(refused))
    .map(({ code, ruleId, address, reason }) => [`  ${code}`, visible(ruleId), visible(`${address}: ${reason}`)])
  return [
    '',
    style.bold(`Not fixed (${fix.refused.length})`),
    ...cut(table(rows), limit),
    ...(outside.length === 0 ? [] : [`  ${count(outside.length, 'finding')} not selected by --rule or --fixer`]),
  ]
}

function stepLines(fix: FixResult, options: TextOptions, style: Style, limit: number): string[] {
  if (fix.nextSteps.length === 0) return []
  const titles = { value: 'Values still needed', read: 'Read', rollout: 'Roll out', prove: 'Prove it' } as const
  const kinds = ['value', 'read', 'rollout', 'prove'] as const
  return kinds.flatMap((kind) => {
    const steps = fix.nextSteps.filter((step) => step.kind === kind)
    if (steps.length === 0) return []
    return [
      '',
      style.bold(titles[kind]),
      ...steps.slice(0, limit).flatMap(({ text, command }) => [
        ...wrap(visible(text), options.width - 4).map((line, index) => `  ${index === 0 ? '-' : ' '} ${line}`),
        ...(command === undefined
          ? []
          : visibleLines(command)
              .split('\n')
              .map((line) => `      ${style.place(line)}`)),
      ]),
      ...(steps.length > limit ? [`  and ${steps.length - limit} more (--all)`] : []),
    ]
  })
}

function cut(lines: readonly string[], limit: number): string[] {
  if (lines.length <= limit) return [...lines]
  return [...lines.slice(0, limit), `  and ${lines.length - limit} more (--all)`]
}
