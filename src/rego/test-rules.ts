/** Which rules of modules are tests, each by a name of its own, and the cases of tests that have some. */
import type { Body, Literal, Module, Rule, Term } from './ast.ts'
import { refText } from './compiler/tree.ts'
import type { Value } from './value/value.ts'

export interface TestRule {
  readonly module: Module
  readonly rule: Rule
  /** Below the package: `test_x`, or `test_x#01` for the second rule of that name, which is a test of its own. */
  readonly name: readonly Value[]
  readonly isLater: boolean
  /** What follows the name in the head, such as `note` in `test_x[note]`: the test has a case for each. */
  readonly keys: readonly Term[]
}

export interface TestRules {
  /** As they are to be compiled. */
  readonly modules: readonly Module[]
  readonly tests: readonly TestRule[]
}

const TEST = /^(?:todo_)?test_/

/** As `opa test` does it: rules of one name do not hide each other. */
export function testRules(modules: readonly Module[]): TestRules {
  const tests: TestRule[] = []
  const counts = new Map<string, number>()
  const renamed = modules.map((module) => {
    const rules = module.rules.map((given) => {
      const at = given.head.ref.findIndex((term) => TEST.test(segment(term) ?? ''))
      const before = given.head.ref.slice(0, at + 1).map(segment)
      if (at < 0 || before.includes(undefined)) return given
      const first = before.flatMap((one) => one ?? [])
      const id = refText([...module.package, ...first])
      const count = counts.get(id) ?? 0
      counts.set(id, count + 1)
      const isLater = first.at(-1)?.startsWith('todo_') === true
      const last = `${first.at(-1)}${count === 0 || isLater ? '' : `#${String(count).padStart(2, '0')}`}`
      const name = [...first.slice(0, -1), last]
      const rule = isLater ? given : withRef(given, at, last)
      tests.push({ module, rule, name, isLater, keys: given.head.ref.slice(at + 1) })
      return rule
    })
    return { ...module, rules }
  })
  return { modules: renamed, tests }
}

/** Where the keys of a test's cases are, which it names also if the case fails. */
export function casesName({ name }: TestRule): readonly Value[] {
  return [...name.slice(0, -1), `${String(name.at(-1))}#cases`]
}

/** Rules that give the cases of tests: their bodies as far as they say what the keys are. */
export function withCases({ modules, tests }: TestRules): readonly Module[] {
  const more = new Map<string, Rule[]>()
  for (const test of tests) {
    const { module, rule, keys } = test
    if (keys.length === 0 || test.isLater) continue
    const span = rule.head.span
    const [first, ...rest] = casesName(test)
    const ref: Term[] = [
      { kind: 'var', name: String(first), span },
      ...rest.map((value): Term => ({ kind: 'scalar', value, span })),
    ]
    const head = {
      ref,
      args: undefined,
      key: { kind: 'array', items: keys, span },
      value: undefined,
      assign: false,
      span,
    } as const
    const cases: Rule = { ...rule, head, body: upTo(rule.body, keys), else: undefined, annotations: [] }
    const id = `${module.source.file}\0${refText(module.package)}`
    more.set(id, [...(more.get(id) ?? []), cases])
  }
  return modules.map((module) => {
    const cases = more.get(`${module.source.file}\0${refText(module.package)}`)
    return cases === undefined ? module : { ...module, rules: [...module.rules, ...cases] }
  })
}

function segment(term: Term): string | undefined {
  if (term.kind === 'var') return term.name
  return term.kind === 'scalar' && typeof term.value === 'string' ? term.value : undefined
}

function withRef(rule: Rule, at: number, last: string): Rule {
  const ref = rule.head.ref.map((term, index): Term => {
    if (index !== at) return term
    return term.kind === 'var' ? { ...term, name: last } : { kind: 'scalar', value: last, span: term.span }
  })
  return { ...rule, head: { ...rule.head, ref } }
}

/** The shortest beginning of a body that mentions all variables of the keys. */
function upTo(body: Body, keys: readonly Term[]): Body {
  const missing = new Set(keys.flatMap((key) => variablesOf(key)))
  for (const [index, literal] of body.entries()) {
    for (const name of variablesOf(literal)) missing.delete(name)
    if (missing.size === 0) return body.slice(0, index + 1)
  }
  return body
}

/** Names of variables outside of what has variables of its own; declaring one says nothing of it. */
function variablesOf(node: Term | Literal): string[] {
  if (['some', 'every', 'arraycomp', 'setcomp', 'objectcomp'].includes(node.kind)) return []
  if (node.kind === 'var') return [node.name]
  return Object.values(node).flatMap((part: unknown) => nodesIn(part).flatMap(variablesOf))
}

function nodesIn(part: unknown): (Term | Literal)[] {
  if (Array.isArray(part)) return part.flatMap(nodesIn)
  const isNode = typeof part === 'object' && part !== null && 'kind' in part && 'span' in part
  return isNode ? [part as Term | Literal] : []
}
