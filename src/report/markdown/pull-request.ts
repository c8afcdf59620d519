import type { AppliedFix, FixResult, HeldFix, RefusedFix } from '../../verify/results.ts'
import { escapeMarkdown, markdownCode, markdownFence, shellWord } from '../escape.ts'
import { beforeAfter } from '../text/fix.ts'
import type { RuleInfo } from '../text/rules.ts'
import { count } from '../words.ts'
import { document, section } from './blocks.ts'

/** What the text needs to know besides the result. */
export interface PullRequestContext {
  readonly rule: (id: string) => RuleInfo | undefined
  /** The project as the command line named it. */
  readonly path: string
}

/** A pull request takes 65,536 characters; a reviewer, much less. */
const LISTED = 20

/** The text of a pull request: what changes and why, how it was verified, what is left, what to do next, how to go back. */
export function renderPullRequest(fix: FixResult, context: PullRequestContext): string {
  const byFixer = group(fix.applied, ({ fixer }) => fixer)
  const done = `${count(fix.applied.length, 'finding')} ${fix.dryRun ? 'would be fixed' : 'fixed'} in ${count(fix.files.length, 'file')}.`
  return document([
    '## Security fixes by secops',
    '',
    `${done} ${beforeAfter(fix.before, fix.after)}`,
    ...section(
      3,
      'What changes, and why',
      [...byFixer].flatMap(([fixer, applied]) => fixerLines(fixer, applied, fix, context)),
    ),
    ...section(3, 'How it was verified', verificationLines(fix)),
    ...section(3, `Held for approval (${fix.held.length})`, heldLines(fix.held)),
    ...section(3, `Not fixed (${fix.refused.length})`, refusedLines(fix.refused)),
    ...section(3, 'Before and after merging', stepLines(fix)),
    ...section(3, 'Roll back', rollbackLines(fix, context)),
  ])
}

function fixerLines(
  fixer: string,
  applied: readonly AppliedFix[],
  { commits = [] }: FixResult,
  context: PullRequestContext,
): string[] {
  const commit = commits.find((one) => one.fixer === fixer)?.commit ?? ''
  const requirements = new Set(applied.flatMap(({ ruleId }) => context.rule(ruleId)?.requirements ?? []))
  const rules = [...group(applied, ({ ruleId }) => ruleId)]
  const files = [...new Set(applied.flatMap((one) => one.files))].toSorted()
  return [
    `#### ${escapeMarkdown(fixer)}: ${count(applied.length, 'finding')}${commit === '' ? '' : ` (${markdownCode(commit)})`}`,
    '',
    ...rules.map(([id, list]) => {
      const rule = context.rule(id)
      const why =
        rule === undefined
          ? ''
          : ` (${rule.severity}): ${escapeMarkdown(rule.title)}. ${escapeMarkdown(rule.severityReason)}`
      const addresses = [...new Set(list.map(({ address }) => address))]
      return `- ${markdownCode(id)}${why} At ${cut(addresses.map(markdownCode), 5).join(', ')}.`
    }),
    '',
    ...(files.length === 0 ? [] : [`Files: ${cut(files.map(markdownCode), LISTED).join(', ')}`, '']),
    ...(requirements.size === 0
      ? []
      : [`Requirements: ${cut([...requirements].toSorted().map(escapeMarkdown), 2 * LISTED).join(', ')}`, '']),
  ]
}

function verificationLines({ applied, verification }: FixResult): string[] {
  if (applied.length === 0) return []
  return [
    `Each of the ${count(verification.length, 'edit')} was made in memory first and the whole project audited again. It was kept because:`,
    '',
    '- the rule decides pass at the same resource;',
    '- no new finding, no suppression, no wider scope, and no audited resource gone;',
    '- every file parses, every reference resolves, and the provider knows the attributes that were written;',
    '- nothing is replaced or interrupted but by fixes of rank B that somebody approved.',
  ]
}

function heldLines(held: readonly HeldFix[]): string[] {
  return cut(
    held.map(
      (one) =>
        `- **${one.rank}** ${escapeMarkdown(one.title)}, ${markdownCode(one.address)} (${markdownCode(one.fingerprint.slice(0, 8))}): ` +
        escapeMarkdown(one.reason) +
        one.needs.map(({ key }) => `; needs ${markdownCode(key)}`).join(''),
    ),
    LISTED,
    '- ',
  )
}

/** By reason: a reviewer asks why, not which. */
function refusedLines(refused: readonly RefusedFix[]): string[] {
  const groups = [...group(refused, ({ code, reason }) => `${code}\u0000${reason}`).values()]
  const lines = groups.flatMap((list) => {
    const [first] = list
    if (first === undefined) return []
    const rules = [...group(list, ({ ruleId }) => ruleId)].map(
      ([id, same]) =>
        `${markdownCode(id)}${same.length === 1 ? ` at ${markdownCode(same[0]?.address ?? '')}` : ` (${same.length}x)`}`,
    )
    return [`- ${escapeMarkdown(first.reason)} (${first.code}): ${cut(rules, 8).join(', ')}`]
  })
  return cut(lines, LISTED, '- ')
}

function stepLines({ nextSteps }: FixResult): string[] {
  const order = ['value', 'read', 'rollout', 'prove']
  return nextSteps
    .toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
    .flatMap(({ text, command }) => [
      `- [ ] ${escapeMarkdown(text)}`,
      ...(command === undefined
        ? []
        : [
            '',
            ...markdownFence(command, '')
              .split('\n')
              .map((line) => `  ${line}`),
            '',
          ]),
    ])
}

function rollbackLines({ runId, applied, commits = [] }: FixResult, { path }: PullRequestContext): string[] {
  if (applied.length === 0) return []
  const option = path === '.' ? '' : ` --path ${shellWord(path)}`
  const runs = commits.length > 0 ? commits.map((one) => one.runId).toReversed() : runId === '' ? [] : [runId]
  return [
    'Revert the merge, or take back what the machine that made it still knows:',
    '',
    markdownFence(
      runs.length === 0 ? `secops history${option}` : runs.map((run) => `secops rollback ${run}${option}`).join('\n'),
      'sh',
    ),
  ]
}

function group<T>(list: readonly T[], key: (one: T) => string): ReadonlyMap<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of list) {
    const there = groups.get(key(one))
    if (there) there.push(one)
    else groups.set(key(one), [one])
  }
  return new Map([...groups].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
}

function cut(list: readonly string[], limit: number, prefix = ''): string[] {
  return list.length <= limit ? [...list] : [...list.slice(0, limit), `${prefix}and ${list.length - limit} more`]
}
