import { printedAliases } from '../engine/aliases.ts'
import type { JudgedFinding } from '../engine/audit.ts'
import { checkResource } from '../engine/check.ts'
import { readEstate } from '../resources/read.ts'
import { isRefusal, type Rule } from '../rules/rule.ts'
import { applyWorkspaceEdit } from '../text/workspace-edit.ts'
import { compareAudits, firstObjection, isClean } from '../verify/compare.ts'
import { auditProject } from './project.ts'
import type { Snippet } from './snippet.ts'

export type Code = Snippet | Readonly<Record<string, string>>

export interface PlainCase {
  readonly name?: string
  readonly code: Code
  readonly params?: Readonly<Record<string, unknown>>
}

export interface ExpectedProblem {
  readonly message: string
  /** `2:12-2:25`, lines and columns from 1, the end exclusive. */
  readonly at?: string
  readonly file?: string
  readonly data?: Readonly<Record<string, string | number | boolean>>
  /** As a finding carries them: `CKV_K8S_28`, `AVD-KSV-0119`. */
  readonly aliases?: readonly string[]
}

export interface InvalidCase extends PlainCase {
  readonly problems: readonly ExpectedProblem[]
  /** The code after the rule's own fixes; null if it has none. A composed fixer is tested by itself. */
  readonly output: Code | null
}

export interface RuleCases {
  readonly valid: readonly (Code | PlainCase)[]
  readonly undecided?: readonly (Code | PlainCase)[]
  readonly invalid: readonly InvalidCase[]
}

/**
 * Tests a rule. Registers one test a case where a test runner's `describe` and `it` are global, else runs at once.
 * A valid or undecided case fails too if the rule met an unknown and said nothing.
 * @throws Error naming the case, if run without a runner
 */
export function testRule(rule: Rule, cases: RuleCases): void {
  const describe: unknown = Reflect.get(globalThis, 'describe')
  const it: unknown = Reflect.get(globalThis, 'it')
  const named: [string, () => void][] = [
    ['has cases, and none twice', () => refuseDuplicates(cases)],
    ...cases.valid.map((given, i): [string, () => void] => [title('valid', i, given), () => expectValid(rule, given)]),
    ...(cases.undecided ?? []).map((given, i): [string, () => void] => [
      title('undecided', i, given),
      () => expectUndecided(rule, given),
    ]),
    ...cases.invalid.map((given, i): [string, () => void] => [
      title('invalid', i, given),
      () => expectInvalid(rule, given),
    ]),
  ]
  if (typeof describe === 'function' && typeof it === 'function') {
    describe(rule.id, () => {
      for (const [name, run] of named) it(name, run)
    })
  } else {
    for (const [, run] of named) run()
  }
}

function title(kind: string, index: number, given: Code | PlainCase): string {
  const { name } = asCase(given)
  return name === undefined ? `${kind} ${index + 1}` : `${kind}: ${name}`
}

function asCase(given: Code | PlainCase): PlainCase {
  return isCase(given) ? given : { code: given }
}

function isCase(given: Code | PlainCase): given is PlainCase {
  return 'code' in given && typeof given.code === 'object'
}

function isSnippet(code: Code): code is Snippet {
  return 'path' in code && 'text' in code
}

function filesOf(code: Code): Record<string, string> {
  return isSnippet(code) ? { [code.path]: code.text } : { ...code }
}

function refuseDuplicates(cases: RuleCases): void {
  if (cases.valid.length === 0 || cases.invalid.length === 0) {
    throw new Error('a rule needs a case that passes and one that does not')
  }
  const seen = new Set<string>()
  for (const given of [...cases.valid, ...(cases.undecided ?? []), ...cases.invalid]) {
    const { code, params } = asCase(given)
    const key = JSON.stringify([filesOf(code), params ?? null])
    if (seen.has(key)) throw new Error(`the same code is tested twice:\n${Object.values(filesOf(code)).join('\n')}`)
    seen.add(key)
  }
}

function judgements(rule: Rule, given: PlainCase): { kind: string; detail: string }[] {
  const estate = readEstate({ files: new Map(Object.entries(filesOf(given.code))), vendored: new Map() })
  if (estate.diagnostics.length > 0) {
    throw new Error(`the code does not parse: ${estate.diagnostics.map(({ message }) => message).join('; ')}`)
  }
  return rule.resources
    .flatMap((type) => estate.ofType(type))
    .map((resource) => {
      const judgement = checkResource(rule, resource, estate, given.params)
      if (judgement.kind === 'error') throw new Error(`the rule failed: ${judgement.message}`)
      if (judgement.kind === 'undecided' && judgement.silent) {
        throw new Error(`the rule met an unknown (${judgement.undecided[0]?.reason}) and said nothing`)
      }
      const detail =
        judgement.kind === 'problems'
          ? judgement.problems.map((problem) => `${problem.message} at ${problem.at.pathText}`).join('; ')
          : judgement.kind === 'undecided'
            ? judgement.undecided.map(({ reason }) => reason).join('; ')
            : ''
      return { kind: judgement.kind, detail: `${resource.address}: ${judgement.kind} ${detail}` }
    })
}

function expectValid(rule: Rule, given: Code | PlainCase): void {
  const results = judgements(rule, asCase(given))
  if (results.length === 0) throw new Error('the code has no resource that the rule is for')
  const wrong = results.filter(({ kind }) => kind !== 'passed' && kind !== 'not-applicable')
  if (wrong.length > 0) throw new Error(`expected a pass, got ${wrong.map(({ detail }) => detail).join('\n')}`)
}

function expectUndecided(rule: Rule, given: Code | PlainCase): void {
  const results = judgements(rule, asCase(given))
  if (results.some(({ kind }) => kind === 'problems') || !results.some(({ kind }) => kind === 'undecided')) {
    throw new Error(`expected undecided, got ${results.map(({ detail }) => detail).join('\n')}`)
  }
}

function expectInvalid(rule: Rule, given: InvalidCase): void {
  const files = filesOf(given.code)
  const project = { files, rules: [rule], params: { [rule.id]: given.params ?? {} } }
  const before = auditProject(project)
  if (before.result.errors[0] !== undefined) throw new Error(`the rule failed: ${before.result.errors[0].message}`)
  const diagnostics = before.estate.diagnostics.map(({ message }) => message)
  if (diagnostics.length > 0) throw new Error(`the code does not parse: ${diagnostics.join('; ')}`)
  const known = printedAliases(rule)
  const strange = before.result.findings.flatMap(({ aliases }) => aliases).find((alias) => !known.includes(alias))
  if (strange !== undefined) throw new Error(`a problem carries ${strange}, which the rule's sameAs does not list`)
  const want = given.problems.map((problem) => describeExpected(rule, problem))
  const got = before.judged.map((judged) => describeJudged(judged, given.problems))
  const missing = want.filter((line) => !got.includes(line))
  const extra = got.filter((line) => !want.includes(line))
  if (missing.length > 0 || extra.length > 0 || want.length !== got.length) {
    throw new Error(`problems differ\n  want:\n    ${want.join('\n    ')}\n  got:\n    ${got.join('\n    ')}`)
  }
  expectOutput(rule, given, before.judged, files)
}

function describeExpected(rule: Rule, expected: ExpectedProblem): string {
  if (rule.messages[expected.message] === undefined) throw new Error(`the rule has no message ${expected.message}`)
  return describeAsked(expected)
}

function describeAsked({ message, at, file, data, aliases }: ExpectedProblem): string {
  const asked = [message, at ?? '', file ?? '', data === undefined ? '' : JSON.stringify(data)]
  return [...asked, ...(aliases ?? [])].join(' ')
}

/** Only what some expectation asks for is compared: positions, files, data and aliases are optional in a case. */
function describeJudged(
  { complaint, finding, messageKey: key }: JudgedFinding,
  asked: readonly ExpectedProblem[],
): string {
  const { start, end } = finding.location.range
  const at = `${start.line}:${start.column}-${end.line}:${end.column}`
  const match = asked.find(
    (problem) =>
      problem.message === key &&
      (problem.at === undefined || problem.at === at) &&
      (problem.file === undefined || problem.file === finding.location.file) &&
      (problem.data === undefined || JSON.stringify(problem.data) === JSON.stringify(complaint.data)) &&
      (problem.aliases === undefined || problem.aliases.join() === finding.aliases.join()),
  )
  if (match !== undefined) return describeAsked(match)
  return [key, at, finding.location.file, JSON.stringify(complaint.data), ...finding.aliases].join(' ')
}

/** Applies the rule's own fixes pass by pass, as the engine does, and checks what they leave. */
function expectOutput(
  rule: Rule,
  given: InvalidCase,
  judged: readonly JudgedFinding[],
  files: Record<string, string>,
): void {
  const project = { files, rules: [rule], params: { [rule.id]: given.params ?? {} } }
  const fixes = judged.filter(({ remedy }) => remedy.kind === 'local')
  if (given.output === null) {
    if (fixes.length > 0) throw new Error('output is null, but the rule offers a fix')
    return
  }
  let texts: ReadonlyMap<string, string> = new Map(Object.entries(files))
  let audit = auditProject(project)
  const before = audit
  for (let pass = 0; pass < 10; pass++) {
    const next = audit.judged.find(({ remedy }) => remedy.kind === 'local')
    if (next === undefined || next.remedy.kind !== 'local' || isRefusal(next.remedy.fix.edits)) break
    texts = applyWorkspaceEdit(texts, next.remedy.fix.edits)
    audit = auditProject({ ...project, files: Object.fromEntries(texts) })
  }
  const got = Object.fromEntries(texts)
  if (JSON.stringify(got) === JSON.stringify(files)) throw new Error('the output equals the code')
  const want = { ...files, ...filesOf(given.output) }
  for (const path of new Set([...Object.keys(want), ...Object.keys(got)])) {
    if (want[path] !== got[path]) {
      throw new Error(
        `output of ${path} differs\n--- want\n${want[path] ?? '(none)'}\n--- got\n${got[path] ?? '(none)'}`,
      )
    }
  }
  const fixable = before.judged.filter(({ remedy }) => remedy.kind === 'local')
  const objections = compareAudits(before, audit, fixable)
  if (!isClean(objections)) throw new Error(`the output does not hold: ${firstObjection(objections)}`)
}
