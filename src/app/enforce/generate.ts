import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listRuns, type StoredRun } from '../../apply/runs.ts'
import { openState } from '../../apply/state.ts'
import { nodeData } from '../../edit/yaml/data.ts'
import { namesRule } from '../../engine/aliases.ts'
import type { Finding } from '../../engine/finding.ts'
import { type Chosen, nameOfPolicyFor, nearestPolicy, policyFor, policyNamed } from '../../enforce/generate/choose.ts'
import { type GeneratedFile, type Kind, policyFiles, terraformFiles } from '../../enforce/generate/files.ts'
import { type Case, samplesOf } from '../../enforce/generate/samples.ts'
import { type TerraformCase, terraformSamples } from '../../enforce/generate/terraform-samples.ts'
import type { Json, JsonMap } from '../../enforce/policies/policy.ts'
import { LEFT_OUT } from '../../enforce/policies/terraform/left-out.ts'
import type { YamlFile } from '../../parse/yaml/ast.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { readKubernetes } from '../../resources/kubernetes/index.ts'
import { prepareFix } from '../fix.ts'
import { UsageError } from '../project/root.ts'
import type { Session } from '../session.ts'
import { validateLastRun } from '../validate.ts'

export interface Generated {
  readonly files: readonly GeneratedFile[]
  /** What a person should know, in a line each. */
  readonly notes: readonly string[]
}

/**
 * From a rule, a policy's name, or the fingerprint of a finding.
 * @throws UsageError if there is no policy for it
 */
export async function generateFor(session: Session, subject: string, kind: Kind): Promise<Generated> {
  const named = policyNamed(subject)
  if (named !== undefined) return filesOf(session, named, NO_CASES, kind)
  const rule = session.rules.find((one) => namesRule(one, subject))
  if (rule !== undefined) return filesOf(session, chosenFor([rule.id]), NO_CASES, kind)
  if (!/^[0-9a-f]{8,64}$/.test(subject)) {
    const hint = nearestPolicy(subject)
    throw new UsageError(
      `no rule, policy or finding ${subject}${hint === undefined ? '' : `; the nearest policy is ${hint}`} (list rules with: secops rules)`,
    )
  }
  const finding = findingOf(session, subject)
  return filesOf(session, chosenFor([finding.ruleId]), await casesNow(session, finding), kind)
}

/**
 * From what the last run fixed and is fixed still.
 * @throws UsageError if there is no run, or no policy for anything that it fixed
 */
export async function generateFromFixes(session: Session, kind: Kind): Promise<Generated> {
  const { runId, fixed } = await validateLastRun(session)
  const run = await storedRun(session, runId)
  const byPolicy = new Map<string, Finding[]>()
  const without = new Map<string, number>()
  for (const finding of fixed) {
    const name = nameOfPolicyFor(finding.ruleId)
    if (name === undefined) without.set(finding.ruleId, (without.get(finding.ruleId) ?? 0) + 1)
    else byPolicy.set(name, [...(byPolicy.get(name) ?? []), finding])
  }
  if (byPolicy.size === 0) throw new UsageError(`run ${runId} fixed nothing that a policy of ours keeps out`)
  const all: Generated[] = []
  const terraform: string[] = []
  for (const name of [...byPolicy.keys()].sort()) {
    const findings = byPolicy.get(name) ?? []
    const [first, ...others] = [...new Set(findings.map(({ ruleId }) => ruleId))].sort()
    if (first === undefined) continue
    const chosen = chosenFor([first, ...others])
    if (chosen.kind === 'terraform') terraform.push(name)
    if (chosen.kind === 'terraform' && kind !== 'all' && kind !== 'conftest') {
      continue
    }
    all.push(filesOf(session, chosen, casesOf(session, findings, run), kind))
  }
  const none = [...without].sort().map(([rule, count]) => `${rule} (${count} fixed)`)
  const notes = [
    ...all.flatMap((one) => one.notes).filter((note) => !note.endsWith(TERRAFORM_ONLY)),
    ...(terraform.length === 0
      ? []
      : [
          `${terraform.length > 5 ? `${terraform.length} policies` : terraform.join(', ')}: ${TERRAFORM_ONLY}${kind === 'all' || kind === 'conftest' ? '' : '; left out'}`,
        ]),
    ...(none.length === 0 ? [] : [`no policy for ${none.join(', ')}`]),
  ]
  return { files: all.flatMap(({ files }) => files), notes }
}

const TERRAFORM_ONLY = 'Terraform never reaches an admission controller, so there is the twin for Conftest only'

function chosenFor(rules: readonly [string, ...(readonly string[])]): Chosen {
  const chosen = policyFor(rules)
  if (chosen !== undefined) return chosen
  const why = LEFT_OUT[rules[0]]
  if (why !== undefined) throw new UsageError(`no policy for ${rules[0]}: ${why}`)
  const hint = nearestPolicy(rules[0])
  throw new UsageError(`no policy for ${rules[0]}${hint === undefined ? '' : `; the nearest is ${hint}`}`)
}

/** What samples can be taken from. */
interface Cases {
  readonly kubernetes: readonly Case[]
  readonly terraform: readonly TerraformCase[]
}

const NO_CASES: Cases = { kubernetes: [], terraform: [] }

function filesOf(session: Session, chosen: Chosen, { kubernetes, terraform }: Cases, kind: Kind): Generated {
  if (chosen.kind === 'terraform') {
    const { policy } = chosen
    if (kind !== 'all' && kind !== 'conftest') throw new UsageError(`${policy.name}: ${TERRAFORM_ONLY}`)
    const { samples, origin, notes } = terraformSamples(policy, terraform, (text) => session.mask.mask(text))
    return { files: terraformFiles(policy, samples, origin), notes: [...notes, `${policy.name}: ${TERRAFORM_ONLY}`] }
  }
  const { failing, passing, notes } = samplesOf(chosen.policy, kubernetes)
  return { files: masked(session, policyFiles(chosen.policy, { kind, failing, passing })), notes }
}

/** The last guard: what is known to be a secret is not written, wherever it came from. */
function masked(session: Session, files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.map(({ path, text }) => ({
    path,
    text: path.includes('/samples/') ? session.mask.mask(text) : text,
  }))
}

/** An open finding of the project as it is, else one of the last audit that was saved. */
function findingOf(session: Session, prefix: string): Finding {
  const current = session.result.findings.filter(({ fingerprint }) => fingerprint.startsWith(prefix))
  const found =
    current.length > 0 ? current : savedFindings(session).filter((one) => one.fingerprint.startsWith(prefix))
  const [only] = found
  if (only === undefined) throw new UsageError(`no finding ${prefix}, neither now nor in the last audit`)
  if (new Set(found.map(({ fingerprint }) => fingerprint)).size > 1) {
    throw new UsageError(`${found.length} findings begin with ${prefix}; give more digits`)
  }
  return only
}

function savedFindings(session: Session): Finding[] {
  try {
    const data: unknown = JSON.parse(
      readFileSync(join(session.project.root, '.secops', 'aggregate-findings.json'), 'utf8'),
    )
    return typeof data === 'object' && data !== null && 'findings' in data && Array.isArray(data.findings)
      ? data.findings.filter(isFinding)
      : []
  } catch {
    return []
  }
}

function isFinding(data: unknown): data is Finding {
  return (
    typeof data === 'object' &&
    data !== null &&
    'fingerprint' in data &&
    typeof data.fingerprint === 'string' &&
    'ruleId' in data &&
    typeof data.ruleId === 'string' &&
    'resource' in data &&
    'location' in data
  )
}

/** The object or resource of a finding as it is, and as its fix would leave it. */
async function casesNow(session: Session, finding: Finding): Promise<Cases> {
  const { file } = finding.location
  const { files } = session.project.files
  const text = files.get(file)
  if (text === undefined) return NO_CASES
  const approval = { rank: 'none', fingerprints: [finding.fingerprint], informed: [finding.fingerprint] } as const
  const { plan } = await prepareFix(session, approval, { fixers: [], rules: [finding.ruleId] })
  const { address, kind } = finding.resource
  if (kind === 'terraform')
    return { ...NO_CASES, terraform: [terraformCase(finding, files, new Map([...files, ...plan.files]))] }
  const before = objectIn(file, text, address)
  if (before === undefined) return NO_CASES
  const changed = plan.files.get(file)
  const after = changed === undefined || changed === text ? undefined : objectIn(file, changed, address)
  return { ...NO_CASES, kubernetes: [{ address, before, after }] }
}

/** The files beside the finding's, before and after. */
function terraformCase(
  { location, resource }: Finding,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): TerraformCase {
  const beside = (files: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...files].filter(([path]) => dirname(path) === dirname(location.file)))
  // Inside its module; a backend and a provider are called by their type.
  const [, inner = resource.address] =
    /(?:^|\.)((?:data\.)?[\w-]+\.[\w-]+)(?:\[[^\]]*\])?$/.exec(resource.address) ?? []
  const address = /^(?:terraform|provider)\./.test(resource.type) ? resource.type : inner
  return { address, before: beside(before), after: beside(after) }
}

async function storedRun(session: Session, id: string): Promise<StoredRun | undefined> {
  const state = await openState(session.project.root)
  return state.available ? (await listRuns(state)).find(({ manifest }) => manifest.id === id) : undefined
}

/** Before from the run's backup, after as it is now. */
function casesOf(session: Session, findings: readonly Finding[], run: StoredRun | undefined): Cases {
  if (run === undefined) return NO_CASES
  const now = session.project.files.files
  const old = beforeRun(now, run)
  const terraform = findings
    .filter(({ resource }) => resource.kind === 'terraform')
    .map((finding) => terraformCase(finding, old, now))
  return { kubernetes: objectsOf(session, findings, run), terraform }
}

/** All files as they were before a run: what it changed from its backup, without what it created. */
function beforeRun(now: ReadonlyMap<string, string>, run: StoredRun): ReadonlyMap<string, string> {
  const before = new Map(now)
  for (const { path, created, link } of run.manifest.files) {
    const text = created ? undefined : backupText(run, link ?? path)
    if (text === undefined) before.delete(path)
    else before.set(path, text)
  }
  return before
}

/** Each object once. */
function objectsOf(session: Session, findings: readonly Finding[], run: StoredRun): Case[] {
  const cases = new Map<string, Case>()
  for (const { location, resource } of findings) {
    const key = `${location.file} ${resource.address}`
    if (resource.kind !== 'kubernetes' || cases.has(key)) continue
    const backup = run.manifest.files.find(({ path }) => path === location.file)
    const now = session.project.files.files.get(location.file)
    const old = backup && !backup.created ? backupText(run, backup.link ?? backup.path) : undefined
    const before = old === undefined ? undefined : objectIn(location.file, old, resource.address)
    if (before === undefined) continue
    const after = now === undefined ? undefined : objectIn(location.file, now, resource.address)
    cases.set(key, { address: resource.address, before, after })
  }
  return [...cases.values()]
}

function backupText(run: StoredRun, path: string): string | undefined {
  try {
    return readFileSync(join(run.folder, 'backup', path), 'utf8')
  } catch {
    return undefined
  }
}

/** An object of one file by its address; a number that tells it from one of another file does not count. */
function objectIn(path: string, text: string, address: string): JsonMap | undefined {
  const file: YamlFile = parseYaml(path, text)
  const wanted = address.replace(/#\d+$/, '')
  const found = readKubernetes(new Map([[path, file]])).resources.find((one) => one.address === wanted)
  if (found === undefined) return undefined
  const { source } = found
  const data: Json = nodeData(source.node, source.document.documents[source.index]?.aliases ?? new Map())
  return isMap(data) ? { ...data, apiVersion: found.apiVersion, kind: found.type } : undefined
}

function isMap(data: Json): data is JsonMap {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

/** Those that are not there yet. */
export function newFiles(folder: string, files: readonly GeneratedFile[]): GeneratedFile[] {
  return files.filter(({ path }) => !existsSync(join(folder, path)))
}

/** Writes files that do not exist; one that appeared meanwhile is an error, never overwritten. */
export function writeNew(folder: string, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    const absolute = join(folder, path)
    mkdirSync(dirname(absolute), { recursive: true })
    writeFileSync(absolute, text, { flag: 'wx' })
  }
}
