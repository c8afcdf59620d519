import { classOfRank, type Rank } from '../edit/rank.ts'
import type { Assessment, Complaint, FixContext, Fixer, FixRefusal, FixValues } from '../fix/fixer.ts'
import type { Estate, Observed, UnavailableModule } from '../resources/estate.ts'
import type { Place } from '../resources/place.ts'
import type { Resource } from '../resources/resource.ts'
import { isRefusal, type LocalFix, type Problem, type Rule, type Severity } from '../rules/rule.ts'
import { printedAliases } from './aliases.ts'
import type { AuditMemory } from './audit-memory.ts'
import { checkResource } from './check.ts'
import { matchingException, type RuleException } from './exceptions.ts'
import {
  type AuditResult,
  type ConfidenceName,
  type Finding,
  type FindingFix,
  type FindingResource,
  type RuleError,
  type SeverityName,
  type UndecidedVerdict,
  type Verdict,
  UNAVAILABLE_MODULE,
} from './finding.ts'
import { contentKey, fingerprint } from './fingerprint.ts'
import { matchingSuppression, readSuppressions } from './suppress/index.ts'
import { summarize, compareFindings } from './summary.ts'

/** What an audit is made with. Rules and fixers are given, so that a test or a user can bring others. */
export interface AuditOptions {
  readonly rules: readonly Rule[]
  readonly fixers: readonly Fixer[]
  readonly values: FixValues
  readonly severities?: ReadonlyMap<string, Severity>
  readonly params?: ReadonlyMap<string, Readonly<Record<string, unknown>>>
  readonly exceptions?: readonly RuleException[]
  /** Types that some rule checks, where `rules` is only a selection. */
  readonly checkedTypes?: ReadonlySet<string>
  /** `--dormant`: what is switched off is judged like everything else. */
  readonly includeDormant?: boolean
  /** `suppressions.allowInline`; allowed if left out. */
  readonly allowInline?: boolean
  /** Folder or file, relative: only resources declared there are judged. The rest is context. */
  readonly within?: string
  /** `YYYY-MM-DD`, for expiries. */
  readonly asOf: string
  readonly tool: { readonly name: string; readonly version: string }
}

/** A finding together with what the fix engine needs to act on it. */
export interface JudgedFinding {
  readonly finding: Finding
  readonly complaint: Complaint
  /** The finding's identity within one project: its root and content key; equal ones are told apart by fingerprint. */
  readonly identity: string
  /** The key of the rule's message table. */
  readonly messageKey: string
  readonly remedy: Remedy
}

/** What can be done about a finding: a composed fixer's plan, the rule's own edit, or nothing. */
type Remedy =
  | { readonly kind: 'fixer'; readonly fixer: Fixer; readonly assessment: Assessment }
  | { readonly kind: 'local'; readonly fix: LocalFix }
  | { readonly kind: 'none'; readonly code: 'advice' | FixRefusal['code']; readonly reason: string }

export interface Audit {
  readonly result: AuditResult
  readonly judged: readonly JudgedFinding[]
  readonly estate: Estate
}

/**
 * Judges everything in an estate by every rule that is for it.
 * @param memory of audits of earlier readings of the same project, with the same fixers
 */
export function auditEstate(
  estate: Estate,
  options: AuditOptions,
  memory?: AuditMemory<JudgedFinding['remedy']>,
): Audit {
  memory?.begin(JSON.stringify([options.values, [...(options.params ?? [])]]))
  // What nobody will ask for need not be observed.
  const observe = <T>(work: () => T): Observed<T> =>
    memory === undefined ? { result: work(), seen: 'everything' } : estate.observe(work)
  const judged: JudgedFinding[] = []
  const passed: Verdict[] = []
  const undecided: UndecidedVerdict[] = estate.unavailableModules
    .filter(({ location }) => isWithin(location.document.path, options.within))
    .map(unavailableVerdict)
  const errors: RuleError[] = []
  const ordinals = new Map<string, number>()
  const fixContext: FixContext = { estate, values: options.values }
  const fixerOf = new Map(options.fixers.flatMap((fixer) => fixer.covers.map((id) => [id, fixer] as const)))

  const suppressions = readSuppressions(estate, options.rules, {
    allowInline: options.allowInline ?? true,
    asOf: options.asOf,
  })
  const inventory = estate.resources.filter(
    (resource) => isInventoried(resource) && isWithin(resource.header.document.path, options.within),
  )

  for (const rule of options.rules) {
    const aliases = printedAliases(rule)
    for (const resource of rule.resources.flatMap((type) => estate.ofType(type))) {
      if (resource.kind !== rule.kind || !isWithin(resource.header.document.path, options.within)) continue
      const known = memory?.recall(estate, rule, resource)
      const observed =
        known?.judgement ?? observe(() => checkResource(rule, resource, estate, options.params?.get(rule.id)))
      const judgement = observed.result
      const subject = describe(resource)
      if (judgement.kind === 'error') errors.push({ ruleId: rule.id, resource: subject, message: judgement.message })
      if (judgement.kind === 'passed' && !isDormant(resource)) {
        passed.push({ ruleId: rule.id, aliases, resource: subject, location: locate(resource.header) })
      }
      if ((judgement.kind === 'undecided' || judgement.kind === 'problems') && !isDormant(resource)) {
        for (const { at, reason } of judgement.undecided) {
          undecided.push({ ruleId: rule.id, aliases, resource: subject, location: locate(at.location), reason })
        }
      }
      const problems = judgement.kind === 'problems' ? judgement.problems : []
      const remedies = problems.map((problem, i) => {
        const { complaint, identity } = complain(rule, resource, problem)
        const remedy = known?.remedies[i] ?? observe(() => remedyFor(complaint, problem))
        judged.push({ ...judge(rule, resource, problem, complaint, remedy.result), identity })
        return remedy
      })
      if (known === undefined || known.remedies.includes(undefined))
        memory?.keep(estate, rule, resource, { judgement: observed, remedies })
    }
  }
  judged.sort((a, b) => compareFindings(a.finding, b.finding))
  const findings = judged.map(({ finding }) => finding)
  return {
    estate,
    judged,
    result: {
      schemaVersion: '1.0',
      tool: options.tool,
      project: {
        root: '.',
        files: auditedFiles(estate).filter((path) => isWithin(path, options.within)).length,
        resources: inventory.filter((resource) => !isDormant(resource)).length,
        unchecked: uncheckedTypes(
          inventory,
          options.checkedTypes ?? new Set(options.rules.flatMap((rule) => rule.resources)),
        ),
      },
      summary: summarize(findings, undecided.length),
      findings,
      passed,
      undecided,
      errors,
      diagnostics: [...estate.diagnostics, ...suppressions.diagnostics].filter(({ file }) =>
        isWithin(file, options.within),
      ),
    },
  }

  function complain(rule: Rule, resource: Resource, problem: Problem): { complaint: Complaint; identity: string } {
    const key = problem.key ?? problem.message
    const content = contentKey(rule.id, problem.at, key)
    const ordinal = ordinals.get(content) ?? 0
    ordinals.set(content, ordinal + 1)
    return {
      complaint: {
        fingerprint: fingerprint(content, ordinal),
        ruleId: rule.id,
        at: problem.at,
        key,
        data: problem.data ?? {},
      },
      identity: `${resource.root}\u0000${content}`,
    }
  }

  function judge(
    rule: Rule,
    resource: Resource,
    problem: Problem,
    complaint: Complaint,
    remedy: Remedy,
  ): Omit<JudgedFinding, 'identity'> {
    const location = locate(problem.at.location)
    const silenced = whySilenced(rule, resource, problem.at)
    const severity = options.severities?.get(rule.id) ?? problem.severity ?? rule.severity
    return {
      complaint,
      remedy,
      messageKey: problem.message,
      finding: {
        fingerprint: complaint.fingerprint,
        ruleId: rule.id,
        aliases: printedAliases({ sameAs: problem.sameAs ?? rule.sameAs }),
        severity: severityName(severity),
        confidence: confidenceName(problem.confidence ?? rule.confidence ?? 'high'),
        rank: rankOf(remedy),
        title: rule.title,
        message: fillMessage(rule.messages[problem.message] ?? problem.message, complaint.data),
        remediation: rule.remediation,
        resource: describe(resource),
        location,
        controls: rule.controls,
        requirements: [],
        ...describeFix(remedy),
        status: silenced !== undefined ? 'suppressed' : isDormant(resource) ? 'dormant' : 'open',
        ...(silenced !== undefined && { suppression: silenced }),
        sources: [{ tool: options.tool.name, ruleId: rule.id }],
      },
    }
  }

  function isDormant(resource: Resource): boolean {
    return resource.dormant && options.includeDormant !== true
  }

  /** An exception has an owner and a last day, so it goes before a mere comment. */
  function whySilenced(rule: Rule, resource: Resource, at: Place): Finding['suppression'] | undefined {
    const { document, span } = at.location
    const exception = matchingException(options.exceptions ?? [], rule, resource, document.path, options.asOf)
    if (exception !== undefined) {
      return { reason: exception.reason, owner: exception.owner, expires: exception.expires }
    }
    const comment = matchingSuppression(suppressions.active, rule, resource, document.path, span)
    if (comment === undefined) return undefined
    return {
      reason: comment.reason ?? `${comment.dialect}: no reason given`,
      ...(comment.owner !== undefined && { owner: comment.owner }),
      ...(comment.until !== undefined && { expires: comment.until }),
    }
  }

  /** A fixer that throws is an error of the program; the finding itself stands. */
  function assess(fixer: Fixer, complaint: Complaint): Assessment | FixRefusal {
    try {
      return fixer.assess(complaint, fixContext)
    } catch (error) {
      const message = `the fixer ${fixer.name} failed: ${error instanceof Error ? error.message : String(error)}`
      errors.push({ ruleId: complaint.ruleId, resource: describe(complaint.at.resource), message })
      // The next audit is to try again, and to say so again.
      estate.looked('everything')
      return { code: 'no-fix', refused: message }
    }
  }

  function remedyFor(complaint: Complaint, problem: Problem): Remedy {
    const fixer = fixerOf.get(complaint.ruleId)
    if (fixer !== undefined) {
      const assessment = assess(fixer, complaint)
      if ('refused' in assessment) return { kind: 'none', code: assessment.code, reason: assessment.refused }
      return { kind: 'fixer', fixer, assessment }
    }
    if (problem.fix === undefined) {
      return { kind: 'none', code: 'no-fix', reason: 'no automatic fix is known for this rule yet' }
    }
    if (isRefusal(problem.fix.edits)) return { kind: 'none', code: 'no-fix', reason: problem.fix.edits.refused }
    return { kind: 'local', fix: problem.fix }
  }
}

function rankOf(remedy: Remedy): Rank {
  if (remedy.kind === 'fixer') return remedy.assessment.rank
  return remedy.kind === 'local' ? remedy.fix.rank : 'S'
}

function describeFix(remedy: Remedy): { fix?: FindingFix } {
  if (remedy.kind === 'none') return {}
  const { title, minutes, rank } = remedy.kind === 'fixer' ? remedy.assessment : remedy.fix
  const fixer = remedy.kind === 'fixer' ? remedy.fixer.name : remedy.fix.fixer
  return { fix: { fixer, class: classOfRank(rank), title, estimatedMinutes: minutes } }
}

/** `{name}` is replaced by the datum of that name; an unknown name stays as it is. */
export function fillMessage(template: string, data: Readonly<Record<string, string | number | boolean>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(data[name] ?? whole))
}

function describe(resource: Resource): FindingResource {
  return { kind: resource.kind, type: resource.type, address: resource.address, root: resource.root }
}

function locate(location: Place['location']): Finding['location'] {
  return { file: location.document.path, range: location.document.lines.range(location.span) }
}

function unavailableVerdict(module: UnavailableModule): UndecidedVerdict {
  return {
    ruleId: UNAVAILABLE_MODULE,
    aliases: [],
    resource: { kind: 'terraform', type: 'module', address: module.address, root: module.root },
    location: locate(module.location),
    reason: module.reason,
  }
}

/** Files that were read as configuration, and plans. */
function auditedFiles(estate: Estate): string[] {
  return [...new Set([...estate.documents.keys(), ...estate.resources.map(({ header }) => header.document.path)])]
}

/** Providers, backends, module calls and data sources are read, but they are not things that one can leave unaudited. */
function isInventoried(resource: Resource): boolean {
  return resource.kind !== 'terraform' || !/^(data|provider|terraform)\.|^module$/.test(resource.type)
}

/** True if a path is the folder or file `within`, or lies in it. */
function isWithin(path: string, within: string | undefined): boolean {
  return within === undefined || within === '' || path === within || path.startsWith(`${within}/`)
}

function uncheckedTypes(
  inventory: readonly Resource[],
  checked: ReadonlySet<string>,
): AuditResult['project']['unchecked'] {
  const counts = new Map<string, number>()
  for (const resource of inventory) {
    if (checked.has(resource.type)) continue
    counts.set(resource.type, (counts.get(resource.type) ?? 0) + 1)
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, count]) => ({ type, count }))
}

const SEVERITY_NAMES: Readonly<Record<Severity, SeverityName>> = {
  critical: 'CRITICAL',
  high: 'HIGH',
  medium: 'MEDIUM',
  low: 'LOW',
  info: 'INFO',
}

export function severityName(severity: Severity): SeverityName {
  return SEVERITY_NAMES[severity]
}

function confidenceName(confidence: 'high' | 'medium' | 'low'): ConfidenceName {
  return confidence === 'high' ? 'HIGH' : confidence === 'medium' ? 'MEDIUM' : 'LOW'
}
