import { namesRule, printedAliases } from '../engine/aliases.ts'
import { severityName } from '../engine/audit.ts'
import { type AuditResult, type Finding, SEVERITIES, type SeverityName } from '../engine/finding.ts'
import { fingerprint } from '../engine/fingerprint.ts'
import { compareFindings, compareText, summarize } from '../engine/summary.ts'
import type { Rule } from '../rules/rule.ts'
import type { ImportedFinding } from './importer.ts'
import { isRepeated, OurFindings } from './place.ts'
import { Subjects } from './subjects.ts'

export interface MergeOptions {
  /** What a rule of ours speaks to: the engine knows no framework. */
  readonly requirements?: (rule: Rule) => readonly string[]
}

type Source = Finding['sources'][number]

/** One finding of other scanners: who reports it, and which of our rules are for it. */
interface Group {
  readonly members: ImportedFinding[]
  readonly covering: readonly Rule[]
}

/**
 * Adds what other scanners found. What one of our rules already reports at that place, in whatever status, becomes one more
 * source of our finding and keeps our fix; everything else stays a finding of its scanner, for a person to decide. The
 * order of `imported` does not matter.
 */
export function mergeImported(
  audit: AuditResult,
  rules: readonly Rule[],
  imported: readonly ImportedFinding[],
  options: MergeOptions = {},
): AuditResult {
  const covers = coverage(rules)
  const present = new OurFindings(audit.findings)
  const added = new Map<Finding, Source[]>()
  const groups = new Groups()

  for (const found of [...imported].sort(compareImported)) {
    const covering = covers(found)
    const repeated = covering.flatMap(({ id }) => present.repeatedBy(found, id))
    for (const finding of repeated) added.set(finding, [...(added.get(finding) ?? []), sourceOf(found)])
    if (repeated.length === 0) groups.add(found, covering)
  }

  const ordinals = new Map<string, number>()
  const subjects = new Subjects(audit)
  const foreign = groups.all.flatMap((group) => foreignFinding(group, subjects, ordinals, options))
  const ours = audit.findings.map((finding) => withSources(finding, added.get(finding) ?? []))
  const findings = [...ours, ...foreign].sort(compareFindings)
  return { ...audit, findings, summary: summarize(findings, audit.undecided.length) }
}

/** The rules that an imported finding's id, or one of its aliases, names. */
function coverage(rules: readonly Rule[]): (found: ImportedFinding) => readonly Rule[] {
  const known = new Map<string, readonly Rule[]>()
  return ({ ruleId, aliases }) => {
    const key = JSON.stringify([ruleId, ...aliases])
    const covering = known.get(key) ?? rules.filter((rule) => [ruleId, ...aliases].some((id) => namesRule(rule, id)))
    known.set(key, covering)
    return covering
  }
}

/** Findings of other scanners that stay, with those that are the same put together. */
class Groups {
  readonly all: Group[] = []
  readonly #byFamily = new Map<string, Group[]>()

  add(found: ImportedFinding, covering: readonly Rule[]): void {
    const families = familiesOf(found, covering)
    const group =
      families.flatMap((family) => this.#byFamily.get(family) ?? []).find(({ members }) => belongs(found, members)) ??
      this.#open(covering)
    group.members.push(found)
    for (const family of families) {
      const groups = this.#byFamily.get(family) ?? []
      if (!groups.includes(group)) this.#byFamily.set(family, [...groups, group])
    }
  }

  #open(covering: readonly Rule[]): Group {
    const group = { members: [], covering }
    this.all.push(group)
    return group
  }
}

/** What says that two ids mean one check: a rule of ours that covers both, the same id, or a secret of whatever kind. */
function familiesOf({ file, ruleId, secret }: ImportedFinding, covering: readonly Rule[]): string[] {
  const ids = [...covering.map(({ id }) => `rule ${id}`), `id ${ruleId}`, ...(secret ? ['secret'] : [])]
  return ids.map((id) => `${id}\u0000${file}`)
}

/** A scanner that reports two places means two findings, though a third scanner's lines may span both. */
function belongs(found: ImportedFinding, members: readonly ImportedFinding[]): boolean {
  return (
    members.some((member) => isRepeated(member, found)) &&
    members.every(
      (member) => member.tool !== found.tool || (member.ruleId === found.ruleId && isRepeated(member, found)),
    )
  )
}

function foreignFinding(
  { members, covering }: Group,
  subjects: Subjects,
  ordinals: Map<string, number>,
  options: MergeOptions,
): Finding[] {
  const [first] = members
  if (first === undefined) return []
  const address = members.find((member) => member.address !== undefined)?.address
  const ruleId = `${first.tool}:${first.ruleId}`
  const content = ['imported', first.tool, first.ruleId, address ?? first.file].join('\u0000')
  const ordinal = ordinals.get(content) ?? 0
  ordinals.set(content, ordinal + 1)
  const { resource, range } = subjects.place(first, address)
  const finding: Finding = {
    fingerprint: fingerprint(content, ordinal),
    ruleId,
    aliases: unique([
      ...members.flatMap((member) => [member.ruleId, ...member.aliases]),
      ...covering.flatMap(printedAliases),
    ]),
    severity: severityOf(members, covering),
    confidence: 'LOW',
    rank: 'S',
    title: first.title,
    message: first.message,
    remediation: covering[0]?.remediation ?? first.remediation ?? '',
    resource,
    location: { file: first.file, range: first.range ?? range },
    controls: unique(covering.flatMap((rule) => rule.controls)),
    requirements: unique(covering.flatMap((rule) => options.requirements?.(rule) ?? [])),
    status: 'open',
    sources: uniqueSources(members.map(sourceOf)),
  }
  return [finding]
}

/** The scanner that says the worst is believed; one that says nothing leaves it to our rule. */
function severityOf(members: readonly ImportedFinding[], covering: readonly Rule[]): SeverityName {
  const said = SEVERITIES.find((severity) => members.some((member) => member.severity === severity))
  const [rule] = covering
  if (said !== undefined) return said
  if (rule !== undefined) return severityName(rule.severity)
  return members.some(({ secret }) => secret) ? 'HIGH' : 'MEDIUM'
}

function withSources(finding: Finding, more: readonly Source[]): Finding {
  return more.length === 0 ? finding : { ...finding, sources: uniqueSources([...finding.sources, ...more]) }
}

function sourceOf({ tool, ruleId }: ImportedFinding): Source {
  return { tool, ruleId }
}

function uniqueSources(sources: readonly Source[]): Source[] {
  return [...new Map(sources.map((source) => [`${source.tool} ${source.ruleId}`, source])).values()]
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** A total order but for equals, so that ordinals and groups do not hang on the order of reports. */
function compareImported(a: ImportedFinding, b: ImportedFinding): number {
  return (
    compareText(a.tool, b.tool) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.file, b.file) ||
    (a.range?.start.line ?? 0) - (b.range?.start.line ?? 0) ||
    (a.range?.start.column ?? 0) - (b.range?.start.column ?? 0) ||
    (a.range?.end.line ?? 0) - (b.range?.end.line ?? 0) ||
    (a.range?.end.column ?? 0) - (b.range?.end.column ?? 0) ||
    compareText(a.address ?? '', b.address ?? '') ||
    compareText(JSON.stringify(a), JSON.stringify(b))
  )
}
