import { RANKS } from '../../edit/rank.ts'
import { type AuditResult, type Finding, SEVERITIES } from '../../engine/finding.ts'
import { CodeReader, type CodeSources } from '../code.ts'
import { isReadProblem } from '../../text/diagnostic.ts'
import { shellWord, visible } from '../escape.ts'
import { type FindingGroup, type GroupBy, groupFindings } from '../groups.ts'
import { severityStyle, type Style, styleFor } from '../style.ts'
import { table, textWidth, truncate, wrap } from '../table.ts'
import { count, nothingAudited, placeOf, RANK_MEANING, severityCounts, uncheckedTypes } from '../words.ts'

/** How text for a terminal is laid out. */
export interface TextOptions {
  readonly colour: boolean
  /** Columns. */
  readonly width: number
  /** The path that the user gave, for commands to copy. */
  readonly path: string
}

export interface AuditTextOptions extends TextOptions, CodeSources {
  /** Every place of every group, and every undecided check. */
  readonly all?: boolean
  readonly groupBy?: GroupBy
  /** Leaves out what to do next. */
  readonly quiet?: boolean
  /** Without `all`, about how many lines the whole may take; 60 if left out. */
  readonly maxLines?: number
}

const PLACES = 3
const DIAGNOSTICS = 3
/** Lines that a paragraph of many rules may take at least. */
const PARAGRAPH = 3
/** Columns that a message gets at least, right of its caret. */
const MESSAGE = 30

/** An audit for a person at a terminal: summary, then groups with their first places, then what to do next. */
export function renderAuditText(audit: AuditResult, options: AuditTextOptions): string {
  const style = styleFor(options.colour)
  const head = summaryLines(audit, options, style)
  const groups = groupFindings(audit.findings, options.groupBy ?? 'rule')
  const foot = [
    ...undecidedLines(audit, options),
    ...(options.quiet === true ? [] : nextSteps(audit, options, style)),
    ...troubleLines(audit, options, style),
  ]
  const room = options.all ? Infinity : Math.max(8, (options.maxLines ?? 60) - head.length - foot.length - 2)
  const body = groupLines(groups, room, options, style)
  return `${[...head, ...(body.length > 0 ? ['', ...body] : []), ...foot].join('\n')}\n`
}

function summaryLines(audit: AuditResult, options: AuditTextOptions, style: Style): string[] {
  const { summary, project } = audit
  const nothing = nothingAudited(audit)
  if (nothing !== undefined) return wrap(visible(nothing), options.width).map(style.warning)
  const lines = [
    `Audited ${count(project.files, 'file')}, ${count(project.resources, 'resource')}: ${count(audit.passed.length, 'check')} passed.`,
    summary.total === 0
      ? style.good('No open finding.')
      : style.bold(`${count(summary.total, 'finding')}: ${severityCounts(summary)}; ${summary.fixable} fixable.`),
    ...table(
      RANKS.filter((rank) => summary.byRank[rank] > 0).map((rank) => [
        `  ${rank}`,
        String(summary.byRank[rank]),
        truncate(RANK_MEANING[rank], options.width - 12),
      ]),
      ['left', 'right'],
    ),
  ]
  const aside = [
    ...(summary.undecided > 0 ? [`${summary.undecided} undecided (their values are not known here)`] : []),
    ...(summary.suppressed > 0 ? [`${summary.suppressed} suppressed`] : []),
    ...(summary.dormant > 0 ? [`${summary.dormant} in resources that are switched off`] : []),
  ]
  if (aside.length > 0) lines.push(`Besides: ${aside.join(', ')}.`)
  const unchecked = uncheckedTypes(audit, options.all ? Infinity : 6)
  if (unchecked !== undefined)
    lines.push(...wrap(`Not checked, no rule for the type: ${visible(unchecked)}.`, options.width))
  return lines
}

/**
 * Every group is named. Where there are many, the less severe ones are named in a paragraph, so that the worst can show
 * places: one each in turn, then a second, then a third, as long as there is room.
 */
function groupLines(groups: readonly FindingGroup[], room: number, options: AuditTextOptions, style: Style): string[] {
  const { headed, paragraphs } = condense(groups, room, options, style)
  const shown = headed.slice(0, Math.max(1, room - paragraphs.length - 1))
  const code = new CodeReader(options)
  const limit = options.all ? Infinity : PLACES
  const candidates = shown.map((group) =>
    group.findings.slice(0, limit).map((finding) => place(finding, code, options, style)),
  )
  const taken = shown.map(() => 0)
  const cost = (index: number, places: number): number => {
    const lines = (candidates[index] ?? []).slice(0, places).reduce((sum, one) => sum + one.length, 0)
    return lines + (places > 0 && places < (shown[index]?.findings.length ?? 0) ? 1 : 0)
  }
  let spare = room - shown.length - paragraphs.length - 1
  for (let round = 1; round <= Math.max(0, ...candidates.map((list) => list.length)); round++) {
    for (const [index, list] of candidates.entries()) {
      const price = cost(index, round) - cost(index, round - 1)
      if (taken[index] !== round - 1 || list.length < round || price > spare) continue
      taken[index] = round
      spare -= price
    }
  }
  const lines = shown.flatMap((group, index) => {
    const places = taken[index] ?? 0
    const more = group.findings.length - places
    return [
      heading(group, options, style),
      ...(candidates[index] ?? []).slice(0, places).flat(),
      ...(places > 0 && more > 0 ? [style.dim(`    and ${more} more`)] : []),
    ]
  })
  const cutGroups = headed.length - shown.length
  if (cutGroups > 0) lines.push(style.dim(`and ${count(cutGroups, 'more group')}`))
  const partly =
    cutGroups > 0 || paragraphs.length > 0 || shown.some((group, index) => group.findings.length !== taken[index])
  return [
    ...lines,
    ...paragraphs,
    ...(partly ? [style.dim(`Shown in part; every place: secops audit ${shellWord(options.path)} --all`)] : []),
  ]
}

/**
 * Turns groups into a paragraph per severity, the least severe first, until the headings that are left have room for
 * places. A paragraph names what it can in a few lines: what is worst must not be crowded out by what is many.
 */
function condense(
  groups: readonly FindingGroup[],
  room: number,
  options: AuditTextOptions,
  style: Style,
): { headed: readonly FindingGroup[]; paragraphs: string[] } {
  let headed = groups
  const paragraphs: string[] = []
  const limit = Math.max(1, Math.floor(room / 3))
  const severities = new Set(groups.map(({ findings }) => findings[0]?.severity)).size
  const lines = Math.max(PARAGRAPH, Math.floor(room / 4 / severities))
  for (const severity of [...SEVERITIES].reverse()) {
    if (headed.length <= limit) break
    const own = headed.filter((group) => group.findings[0]?.severity === severity)
    // Of the worst some keep their headings; the lesser ones go as a whole.
    const isHigh = severity === 'CRITICAL' || severity === 'HIGH'
    const kept = isHigh ? Math.max(0, limit - (headed.length - own.length)) : 0
    const condensed = own.slice(kept)
    if (condensed.length === 0 || condensed.length === headed.length) continue
    headed = headed.filter((group) => !condensed.includes(group))
    const [first = '', ...rest] = wrap(namesOf(condensed, lines * (options.width - 9)), options.width - 9)
    paragraphs.unshift(
      `${severityStyle(style, severity)(severity.padEnd(8))} ${first}`,
      ...rest.map((line) => `${' '.repeat(9)}${line}`),
    )
  }
  return { headed, paragraphs }
}

/** Names with their numbers, as many as fit into `length` characters, and how many more there are. */
function namesOf(groups: readonly FindingGroup[], length: number): string {
  const names = groups.map(({ key, findings }) => `${visible(key) || 'no requirement'} (${findings.length})`)
  let shown = 0
  for (let used = 0; shown < names.length; shown++) {
    used += (names[shown]?.length ?? 0) + 2
    if (used > length - 20 && shown > 0) break
  }
  const rest = names.length - shown
  return names.slice(0, shown).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
}

function heading(group: FindingGroup, options: AuditTextOptions, style: Style): string {
  const [first] = group.findings
  if (first === undefined) return ''
  const severity = severityStyle(style, first.severity)(first.severity.padEnd(8))
  const amount = `(${group.findings.length})`
  if (options.groupBy === 'file') return `${severity} ${style.bold(visible(group.key))} ${amount}`
  if (options.groupBy === 'requirement') {
    return `${severity} ${style.bold(group.key === '' ? 'no requirement' : visible(group.key))} ${amount}`
  }
  const id = visible(group.key)
  const fix = first.fix ? `${first.rank}, ${visible(first.fix.fixer)}` : `${first.rank}, no fix`
  const title = truncate(visible(first.title), Math.max(12, options.width - 14 - textWidth(id + fix + amount)))
  return `${severity} ${style.bold(id)} ${title} ${amount} ${style.dim(`[${fix}]`)}`
}

function place(finding: Finding, code: CodeReader, options: AuditTextOptions, style: Style): string[] {
  const at = visible(placeOf(finding.location))
  const what = options.groupBy === undefined || options.groupBy === 'rule' ? '' : `${visible(finding.ruleId)}  `
  const lines = [`    ${style.place(at)}  ${what}${visible(finding.resource.address)}`]
  const line = code.lineAt(finding.location)
  if (line === undefined) return [...lines, `      ${truncate(visible(finding.message), options.width - 6)}`]
  const gutter = `${String(line.line).padStart(6)} | `
  const room = options.width - gutter.length
  // A long line is cut on the left until the mark has room on the right.
  const before = Array.from(line.before)
  const marked = Math.max(1, Math.min(textWidth(line.marked), Math.max(8, room - 24)))
  const drop = before.length + marked < room ? 0 : Math.min(before.length, before.length + marked - room + MESSAGE)
  const lead = drop === 0 ? line.before : `…${before.slice(drop).join('')}`
  const caret = `${' '.repeat(textWidth(lead))}${'^'.repeat(marked)}`
  return [
    ...lines,
    `${style.dim(gutter)}${truncate(lead + line.marked + line.after, room)}`,
    `${' '.repeat(6)} ${style.dim('|')} ${severityStyle(style, finding.severity)(caret)} ${truncate(visible(finding.message), Math.max(MESSAGE, room - textWidth(caret) - 1))}`,
  ]
}

function undecidedLines(audit: AuditResult, options: AuditTextOptions): string[] {
  if (!options.all || audit.undecided.length === 0) return []
  return [
    '',
    'Undecided:',
    ...audit.undecided.map((verdict) =>
      visible(
        `    ${verdict.location.file}:${verdict.location.range.start.line}  ${verdict.ruleId}  ${verdict.resource.address}: ${verdict.reason}`,
      ),
    ),
  ]
}

function nextSteps(audit: AuditResult, options: TextOptions, style: Style): string[] {
  const path = shellWord(options.path)
  const { summary } = audit
  const automatic = summary.byRank.E + summary.byRank.D
  const held = summary.byRank.C + summary.byRank.B
  const steps = [
    ...(automatic > 0 ? [[`secops fix ${path} --dry-run`, 'shows the edits as one diff and writes nothing']] : []),
    ...(held > 0 ? [[`secops fix ${path} --approve B --dry-run`, 'also what waits for approval']] : []),
    ...(summary.total > 0 ? [['secops rules RULE-ID', 'explains a rule']] : []),
  ]
  return steps.length === 0 ? [] : ['', style.bold('Next:'), ...table(steps).map((line) => `  ${line}`)]
}

/** Rules that crashed, then files that could not be read: the very last line names those. */
function troubleLines(audit: AuditResult, options: AuditTextOptions, style: Style): string[] {
  const lines: string[] = []
  for (const error of audit.errors.slice(0, options.all ? Infinity : DIAGNOSTICS)) {
    lines.push(
      style.bad(
        visible(
          `Rule ${error.ruleId} failed inside at ${error.resource.address}, which counts as undecided: ${error.message}`,
        ),
      ),
    )
  }
  const hiddenErrors = audit.errors.length - lines.length
  if (hiddenErrors > 0) lines.push(style.bad(`${count(hiddenErrors, 'more failure')} inside rules`))
  const { diagnostics } = audit
  for (const diagnostic of diagnostics.slice(0, options.all ? Infinity : DIAGNOSTICS)) {
    lines.push(`${style.place(visible(placeOf(diagnostic)))}  ${visible(`${diagnostic.message} [${diagnostic.code}]`)}`)
  }
  const unread = diagnostics.filter(isReadProblem)
  if (unread.length > 0) {
    const files = [...new Set(unread.map(({ file }) => file))].sort()
    lines.push(
      style.warning(`Not read completely (${count(unread.length, 'diagnostic')}): ${visible(files.join(', '))}`),
    )
  }
  return lines.length === 0 ? [] : ['', ...lines]
}
