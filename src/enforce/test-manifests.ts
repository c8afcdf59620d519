/** Policies against manifests: everything that admission would say, and where. */
import type { AuditResult, Verdict } from '../engine/finding.ts'
import { compareText, summarize } from '../engine/summary.ts'
import {
  compileTemplate,
  type EnforcementPoint,
  Expander,
  type Expansion,
  fieldsAt,
  Inventory,
  isConstraint,
  isExpansion,
  isTemplate,
  type KubernetesObject,
  listAt,
  PolicyError,
  PolicySet,
  readExpansion,
  reviewAll,
  textAt,
  textsAt,
  wildcard,
} from '../gatekeeper/index.ts'
import type { Diagnostic } from '../text/diagnostic.ts'
import { applyExceptions, type PlacedException } from './exceptions.ts'
import { FindingMaker, folderOf, type PolicyFinding } from './findings.ts'

export interface TestManifestsInput {
  /** Templates, constraints, expansions and Gatekeeper's Config; other objects among them are not looked at. */
  readonly policies: readonly KubernetesObject[]
  readonly manifests: readonly KubernetesObject[]
  readonly exceptions: readonly PlacedException[]
  readonly engine?: 'rego' | 'cel' | undefined
  readonly point?: EnforcementPoint
  /** Number of files that the manifests came from. */
  readonly files: number
  readonly now: Date
  readonly tool: { readonly name: string; readonly version: string }
}

export interface TestManifestsResult {
  /** An audit whose findings are `PolicyFinding`s. */
  readonly audit: Omit<AuditResult, 'findings'> & { readonly findings: readonly PolicyFinding[] }
  /** Why policies could not be used; if there are any, what was found may be too little. */
  readonly faults: readonly Diagnostic[]
  readonly constraints: number
}

export function testManifests(input: TestManifestsInput): TestManifestsResult {
  const faults: Diagnostic[] = []
  const policies = loadPolicies(input.policies, input.engine, faults)
  const expander = loadExpander(input.policies, faults)
  const excluded = excludedNamespaces(input.policies)
  const inventory = Inventory.of(input.manifests)
  const now = BigInt(input.now.getTime()) * 1_000_000n
  const maker = new FindingMaker(policies)
  const findings: PolicyFinding[] = []
  const passed: Verdict[] = []
  const diagnostics: Diagnostic[] = []
  for (const object of input.manifests) {
    if (isPolicy(object) || excluded(object)) continue
    const matched = new Set<string>()
    const options = {
      inventory,
      expander,
      now,
      traced: true,
      matched: ({ kind }: { readonly kind: string }) => void matched.add(kind),
      ...(input.point !== undefined && { point: input.point }),
    }
    try {
      for (const violation of reviewAll(policies, object, options)) {
        findings.push(maker.make(violation, object))
        matched.delete(violation.constraint.kind)
      }
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      diagnostics.push({ ...error.diagnostic, file: object.file })
      continue
    }
    for (const ruleId of [...matched].sort(compareText)) passed.push(passedAt(ruleId, object))
  }
  const asOf = input.now.toISOString().slice(0, 10)
  const judged = [...applyExceptions(findings, input.exceptions, policies, asOf)].sort(compareFindings)
  return {
    audit: {
      schemaVersion: '1.0',
      tool: input.tool,
      project: {
        root: '.',
        files: input.files,
        resources: input.manifests.filter((one) => !isPolicy(one)).length,
        unchecked: [],
      },
      summary: summarize(judged, 0),
      findings: judged,
      passed,
      undecided: [],
      errors: [],
      diagnostics,
    },
    faults,
    constraints: policies.constraints.length,
  }
}

/** By file and place, as one reads; then by policy. */
function compareFindings(a: PolicyFinding, b: PolicyFinding): number {
  const left = a.location
  const right = b.location
  return (
    compareText(left.file, right.file) ||
    left.range.start.line - right.range.start.line ||
    left.range.start.column - right.range.start.column ||
    compareText(a.policy, b.policy) ||
    compareText(a.constraint, b.constraint) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

export function isPolicy(object: KubernetesObject): boolean {
  return isTemplate(object) || isConstraint(object) || isExpansion(object) || isGatekeeperConfig(object)
}

function isGatekeeperConfig(object: KubernetesObject): boolean {
  return object.kind === 'Config' && object.group === 'config.gatekeeper.sh'
}

function loadPolicies(
  objects: readonly KubernetesObject[],
  engine: 'rego' | 'cel' | undefined,
  faults: Diagnostic[],
): PolicySet {
  const policies = new PolicySet(engine === undefined ? {} : { prefer: engine })
  const broken = new Set<string>()
  attemptEach(objects.filter(isTemplate), faults, (object) => {
    const kind = textAt(object.value, 'spec', 'crd', 'spec', 'names', 'kind')
    broken.add(kind)
    policies.addTemplate(compileTemplate(object))
    broken.delete(kind)
  })
  // A template that is at fault is said once, not again for each of its constraints.
  const constraints = objects.filter((object) => isConstraint(object) && !broken.has(object.kind))
  attemptEach(constraints, faults, (object) => void policies.addConstraint(object))
  return policies
}

function loadExpander(objects: readonly KubernetesObject[], faults: Diagnostic[]): Expander {
  const expansions: Expansion[] = []
  attemptEach(objects.filter(isExpansion), faults, (object) => void expansions.push(readExpansion(object)))
  try {
    return new Expander(expansions)
  } catch (error) {
    faults.push({
      file: '',
      code: 'expansion-invalid',
      message: error instanceof Error ? error.message : String(error),
    })
    return new Expander([])
  }
}

function attemptEach(
  objects: readonly KubernetesObject[],
  faults: Diagnostic[],
  take: (object: KubernetesObject) => void,
): void {
  for (const object of objects) {
    try {
      take(object)
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error
      faults.push(error.diagnostic)
    }
  }
}

/** Gatekeeper's Config takes namespaces out of admission altogether. */
function excludedNamespaces(objects: readonly KubernetesObject[]): (object: KubernetesObject) => boolean {
  const patterns = objects.filter(isGatekeeperConfig).flatMap((config) =>
    listAt(config.value, 'spec', 'match').flatMap((entry) => {
      const processes = textsAt(fieldsAt({ entry }, 'entry'), 'processes')
      return processes.includes('*') || processes.includes('webhook') ? textsAt(entry, 'excludedNamespaces') : []
    }),
  )
  const tests = patterns.map(wildcard)
  return (object) => {
    const name = object.isNamespace ? object.name : object.namespace
    return name !== '' && tests.some((matches) => matches(name))
  }
}

function passedAt(ruleId: string, object: KubernetesObject): Verdict {
  const { file, kind, address } = object
  return {
    ruleId,
    aliases: [],
    resource: { kind: 'kubernetes', type: kind, address, root: folderOf(file) },
    location: { file, range: object.locate(['metadata', 'name']).range },
  }
}
