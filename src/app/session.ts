import { createHash } from 'node:crypto'
import { relative } from 'node:path'
import { type Attestation, parseAttestations } from '../compliance/attestations.ts'
import type { ComplyContext } from '../compliance/comply.ts'
import type { Framework } from '../compliance/framework.ts'
import { type Exception, parseExceptions } from '../compliance/exceptions.ts'
import { attachRequirements } from '../compliance/requirements.ts'
import { type Audit, auditEstate, type AuditOptions, type JudgedFinding } from '../engine/audit.ts'
import { AuditMemory } from '../engine/audit-memory.ts'
import { namesRule, printedAliases } from '../engine/aliases.ts'
import type { AuditResult } from '../engine/finding.ts'
import { type KnownSecrets, SecretMask } from '../engine/secrets.ts'
import { FIXERS } from '../fix/index.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import { parseYaml } from '../parse/yaml/parser.ts'
import type { EstateFiles } from '../resources/estate.ts'
import { type DocumentCache, readEstate } from '../resources/read.ts'
import { TerraformMemory } from '../resources/terraform/index.ts'
import { RULES } from '../rules/index.ts'
import type { Rule, Severity } from '../rules/rule.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { nearest } from '../text/nearest.ts'
import { VERSION } from '../version.ts'
import { configuredFrameworks } from './frameworks.ts'
import { AuditCache } from './audit-cache.ts'
import { globMatcher } from './project/glob.ts'
import { isSettledByRendering, type RenderedManifests, renderManifests } from './render-manifests.ts'
import { readBytesInside, readInside } from './project/files.ts'
import { loadProject, type Project } from './project/load.ts'
import { toPosix, UsageError } from './project/root.ts'

export const TOOL = { name: 'gp-copilot', version: VERSION }

export interface SessionOptions {
  readonly path: string
  readonly configFile?: string | undefined
  readonly varFiles?: readonly string[] | undefined
  /** ISO date and time that stands for now. */
  readonly now: Date
  /** `--rule`: ids or aliases; others are not run. */
  readonly rules?: readonly string[] | undefined
  /** Take the result of an earlier audit of the very same input, if there is one; see AuditCache. */
  readonly remember?: boolean | undefined
  /** What earlier sessions of the same project have left, if none of them is used any more. */
  readonly memory?: SessionMemory | undefined
  /** `--dormant`: judge what is switched off too. */
  readonly dormant?: boolean | undefined
  /** `--render`: run helm and kustomize for the folders that need them. */
  readonly render?: boolean | undefined
  /** Values beside those of `secops.yaml`, which they come before. */
  readonly values?: Readonly<Record<string, unknown>> | undefined
  /** Rules that the user loads from outside the project. */
  readonly extraRules?: readonly Rule[] | undefined
}

/** What need not be done again while the texts are the same. */
export class SessionMemory {
  readonly documents: DocumentCache = new Map()
  readonly secrets: KnownSecrets = new Map()
  readonly terraform = new TerraformMemory()
  readonly audit = new AuditMemory<JudgedFinding['remedy']>()
}

/** One project opened and audited: what every use case starts from. */
export interface Session {
  readonly project: Project
  readonly rules: readonly Rule[]
  readonly now: Date
  /** `YYYY-MM-DD` */
  readonly asOf: string
  /** The audit with what the fix engine needs; made when it is first asked for, if the result was remembered. */
  readonly audit: () => Audit
  /** The audit with requirements, and the diagnostics of files that could not be read. */
  readonly result: AuditResult
  /** Manifests made by `--render`: audited, but no files to edit. */
  readonly rendered: ReadonlyMap<string, string>
  readonly mask: SecretMask
  /** Audits a variant of the project in memory. */
  readonly auditFiles: (files: EstateFiles) => Audit
  /** Those of the configuration. */
  readonly frameworks: readonly Framework[]
  readonly attestations: readonly Attestation[]
  readonly exceptions: readonly Exception[]
  /** From the project root to the git top level, for SARIF: empty or ending in `/`. */
  readonly uriPrefix: string
}

export function openSession(options: SessionOptions): Session {
  const loaded = withValues(loadProject(options), options.values ?? {})
  const asOf = options.now.toISOString().slice(0, 10)
  const all = [...RULES, ...(options.extraRules ?? [])]
  const { memory } = options
  const cache: DocumentCache = memory?.documents ?? new Map()
  const rendered = options.render === true ? render(loaded, cache) : undefined
  const project = rendered?.project ?? loaded
  const rules = selectRules(project, all, options.rules ?? [])
  const frameworks = configuredFrameworks(project.config.frameworks, (path) => readInside(project.root, path))
  const attestations = readRecordFiles(project, project.config.attestations, parseAttestations)
  const exceptions = readRecordFiles(project, project.config.exceptions, parseExceptions)
  const auditOptions = {
    ...auditOptionsOf(project, rules, exceptions.records, asOf),
    checkedTypes: new Set(all.flatMap((rule) => rule.resources)),
    includeDormant: options.dormant === true,
  }
  const auditFiles = (files: EstateFiles): Audit =>
    auditEstate(readEstate(files, project.estateOptions, cache), auditOptions)

  let known: SecretMask | undefined
  // Made when it is first asked for, after the audit has parsed what it reads too.
  const mask = (): SecretMask =>
    (known ??= SecretMask.of(
      [...project.files.files.values(), ...(project.estateOptions.varFiles ?? []).map(({ text }) => text)],
      new Set(all.flatMap((rule) => [rule.id, ...printedAliases(rule)])),
      { known: memory?.secrets, parse: (text) => parsedYaml(cache, text) },
    ))
  let judged: Audit | undefined
  const audit = (): Audit =>
    (judged ??= auditEstate(
      readEstate(project.files, project.estateOptions, cache, memory?.terraform),
      auditOptions,
      // Rules of the user's own may look at more than what they are given.
      (options.extraRules ?? []).length === 0 ? memory?.audit : undefined,
    ))
  const found =
    options.remember === true ? rememberedResult(project, rules, auditOptions, options, audit, mask) : audit().result
  const diagnostics = [...project.diagnostics, ...attestations.diagnostics, ...exceptions.diagnostics]
  return {
    project,
    rules,
    now: options.now,
    asOf,
    audit,
    result: withDiagnostics(settled(attachRequirements(found, frameworks), rendered?.manifests), diagnostics),
    rendered: rendered?.manifests.files ?? new Map(),
    get mask() {
      return mask()
    },
    auditFiles,
    frameworks,
    attestations: attestations.records,
    exceptions: exceptions.records,
    uriPrefix: uriPrefixOf(project),
  }
}

function withValues(project: Project, more: Readonly<Record<string, unknown>>): Project {
  const { config } = project
  // Maps such as `images` are filled up, not replaced.
  const values: Record<string, unknown> = { ...config.values }
  for (const [key, value] of Object.entries(more)) {
    const there = values[key]
    values[key] = isPlain(there) && isPlain(value) ? { ...there, ...value } : value
  }
  return { ...project, config: { ...config, values } }
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function parsedYaml(cache: DocumentCache, text: string): YamlFile {
  for (const document of cache.values()) {
    // JSON is read more strictly, and what is no JSON may hold a Secret all the same.
    if (document.language === 'yaml' && document.syntax === 'yaml' && document.text === text) return document
  }
  return parseYaml('', text)
}

/** Everything that the result of an audit depends on goes into its name. */
function rememberedResult(
  project: Project,
  rules: readonly Rule[],
  { rules: _rules, fixers: _fixers, ...settings }: AuditOptions,
  options: SessionOptions,
  audit: () => Audit,
  mask: () => SecretMask,
): AuditResult {
  // Rules of the user's own are code that this program does not know by name.
  const cache = (options.extraRules ?? []).length > 0 ? undefined : AuditCache.open(project.root)
  if (cache === undefined) return audit().result
  const plain = {
    ...settings,
    rules: rules.map(({ id }) => id),
    severities: [...(settings.severities ?? [])],
    params: [...(settings.params ?? [])],
    checkedTypes: [...(settings.checkedTypes ?? [])],
    estate: project.estateOptions,
  }
  const name = cache.name(project.files, plain)
  const known = cache.read(name)
  if (known !== undefined) return known
  const { result } = audit()
  cache.write(name, result, (text) => mask().mask(text))
  return result
}

function render(project: Project, cache: DocumentCache): { project: Project; manifests: RenderedManifests } {
  const manifests = renderManifests(project.root, readEstate(project.files, project.estateOptions, cache))
  const files = new Map([...project.files.files, ...manifests.files])
  return {
    manifests,
    project: {
      ...project,
      files: { ...project.files, files },
      diagnostics: [...project.diagnostics, ...manifests.diagnostics],
    },
  }
}

function settled(result: AuditResult, manifests: RenderedManifests | undefined): AuditResult {
  if (manifests === undefined) return result
  return { ...result, diagnostics: result.diagnostics.filter((one) => !isSettledByRendering(one, manifests.covered)) }
}

/** What `comply` needs besides an audit. Hashes are those of the given texts, the ones that were audited. */
export function complyContext(session: Session, files: ReadonlyMap<string, string>): ComplyContext {
  const { project, asOf, rules } = session
  const byId = new Map(rules.map((rule) => [rule.id, rule]))
  const hashes = new Map<string, string>()
  return {
    asOf,
    rule: (id) => {
      const rule = byId.get(id)
      return rule === undefined ? undefined : { version: rule.version ?? '1', controls: rule.controls, kind: rule.kind }
    },
    sha256: (file) => {
      const text = files.get(file)
      if (text === undefined) return undefined
      const hash = hashes.get(file) ?? createHash('sha256').update(text).digest('hex')
      hashes.set(file, hash)
      return hash
    },
    evidenceFile: (path) => readBytesInside(project.root, path),
    attestations: session.attestations,
    exceptions: session.exceptions,
    notApplicable: project.config.compliance.notApplicable ?? [],
    exposure: project.config.compliance,
  }
}

function selectRules(project: Project, all: readonly Rule[], given: readonly string[]): readonly Rule[] {
  const named = (id: string): Rule[] => all.filter((rule) => namesRule(rule, id))
  for (const id of given) {
    if (named(id).length === 0) throw new UsageError(unknownRule(id, all))
  }
  const off = new Set(
    Object.entries(project.config.rules).flatMap(([id, setting]) => {
      const rules = named(id)
      if (rules.length === 0) throw new UsageError(`secops.yaml: rules: ${unknownRule(id, all)}`)
      return setting === 'off' ? rules.map((rule) => rule.id) : []
    }),
  )
  return all.filter((rule) => !off.has(rule.id) && (given.length === 0 || given.some((id) => namesRule(rule, id))))
}

export function unknownRule(id: string, rules: readonly Rule[]): string {
  const hint = nearest(
    id,
    rules.map((rule) => rule.id),
  )
  return `no rule ${id}${hint === undefined ? '' : `; did you mean ${hint}?`} (list them with: secops rules)`
}

function auditOptionsOf(
  project: Project,
  rules: readonly Rule[],
  exceptions: readonly Exception[],
  asOf: string,
): AuditOptions {
  const severities = new Map<string, Severity>()
  const params = new Map<string, Readonly<Record<string, unknown>>>()
  for (const [id, setting] of Object.entries(project.config.rules)) {
    if (setting === 'off') continue
    for (const rule of rules.filter((candidate) => namesRule(candidate, id))) {
      if (setting.severity !== undefined) severities.set(rule.id, setting.severity)
      if (setting.params !== undefined) params.set(rule.id, setting.params)
    }
  }
  return {
    rules,
    fixers: FIXERS,
    values: project.config.values,
    severities,
    params,
    exceptions: exceptions.flatMap(({ rule, target, reason, owner, expires }) =>
      rule === undefined ? [] : [{ rule, target, reason, owner, expires }],
    ),
    allowInline: project.config.allowInline,
    within: project.within,
    asOf,
    tool: TOOL,
  }
}

function readRecordFiles<T>(
  project: Project,
  globs: readonly string[],
  parse: (
    file: string,
    text: string,
  ) => { readonly records: readonly T[]; readonly diagnostics: readonly Diagnostic[] },
): { records: T[]; diagnostics: Diagnostic[] } {
  const matches = globMatcher(globs)
  const records: T[] = []
  const diagnostics: Diagnostic[] = []
  for (const [path, text] of project.files.files) {
    if (!matches(path)) continue
    const parsed = parse(path, text)
    records.push(...parsed.records)
    diagnostics.push(...parsed.diagnostics)
  }
  return { records, diagnostics }
}

export function withDiagnostics(result: AuditResult, diagnostics: readonly Diagnostic[]): AuditResult {
  return diagnostics.length === 0 ? result : { ...result, diagnostics: [...diagnostics, ...result.diagnostics] }
}

function uriPrefixOf({ root, gitTop }: Project): string {
  const prefix = gitTop === undefined ? '' : toPosix(relative(gitTop, root))
  return prefix === '' ? '' : `${prefix}/`
}
