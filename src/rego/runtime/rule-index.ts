/** Rules by a value that they compare with a constant, so that only those run that can hold. */
import type { Local, Operand, RuleIR, Step } from '../compiler/ir.ts'
import { keyOf, type Key, type Value } from '../value/value.ts'
import { lookupPath } from './access.ts'
import type { Machine } from './machine.ts'

export interface RuleIndex<T> {
  /** In the order of writing. */
  candidates(machine: Machine, args: readonly Value[]): readonly T[]
}

/** A value that is known before a rule runs: a path below `input`, or below an argument. */
interface Subject {
  readonly id: string
  readonly arg: number | undefined
  readonly path: readonly Value[]
}

const MIN_RULES = 3

export function buildIndex<T>(rules: readonly RuleIR[], compile: (rule: RuleIR) => T, enabled: boolean): RuleIndex<T> {
  const compiled = lazyAll(rules, compile)
  if (!enabled || rules.length < MIN_RULES) return { candidates: () => compiled.all() }
  const facts = rules.map((rule) => (rule.else === undefined ? factsOf(rule) : []))
  const counts = new Map<string, { readonly subject: Subject; count: number }>()
  for (const each of facts) {
    for (const { subject } of each) {
      const entry = counts.get(subject.id) ?? { subject, count: 0 }
      entry.count++
      counts.set(subject.id, entry)
    }
  }
  let best: { readonly subject: Subject; readonly count: number } | undefined
  for (const entry of counts.values()) if (best === undefined || entry.count > best.count) best = entry
  if (best === undefined || best.count < 2) return { candidates: () => compiled.all() }
  const { subject } = best
  const wanted = facts.map((each) => each.find((fact) => fact.subject.id === subject.id)?.key)
  const keys = new Set<Key>()
  for (const key of wanted) if (key !== undefined) keys.add(key)
  const rest = compiled.only((index) => wanted[index] === undefined)
  const byKey = new Map<Key, () => readonly T[]>()
  for (const key of keys) {
    byKey.set(
      key,
      compiled.only((index) => wanted[index] === undefined || wanted[index] === key),
    )
  }
  const { arg, path } = subject
  return {
    candidates(machine, args) {
      const value = lookupPath(arg === undefined ? machine.state.input : args[arg], path)
      const found =
        value === undefined || (typeof value === 'object' && value !== null) ? undefined : byKey.get(keyOf(value))
      return (found ?? rest)()
    },
  }
}

function lazyAll<T>(rules: readonly RuleIR[], compile: (rule: RuleIR) => T) {
  const made: { readonly value: T }[] = []
  const one = (index: number): T => {
    const known = made[index]
    if (known !== undefined) return known.value
    const rule = rules[index]
    if (rule === undefined) throw new RangeError('no such rule')
    const value = compile(rule)
    made[index] = { value }
    return value
  }
  const only = (keep: (index: number) => boolean): (() => readonly T[]) => {
    let list: readonly T[] | undefined
    return () => {
      if (list === undefined) {
        const chosen: T[] = []
        for (let index = 0; index < rules.length; index++) if (keep(index)) chosen.push(one(index))
        list = chosen
      }
      return list
    }
  }
  const everything = only(() => true)
  return { all: everything, only }
}

interface Fact {
  readonly subject: Subject
  readonly key: Key
}

/** The equalities with scalars that have to hold for the rule. */
function factsOf(rule: RuleIR): Fact[] {
  const known = new Map<Local, Subject>()
  for (const [index, local] of (rule.args ?? []).entries()) known.set(local, { id: `${index}`, arg: index, path: [] })
  const facts: Fact[] = []
  for (const step of rule.body) {
    if (step.with.length > 0) continue
    const pair = equality(step)
    if (pair === undefined) continue
    const [left, right] = pair
    const subject = subjectOf(left, known) ?? subjectOf(right, known)
    const constant = left.k === 'const' ? left.value : right.k === 'const' ? right.value : undefined
    if (subject === undefined) continue
    if (constant !== undefined) {
      if (constant === null || typeof constant !== 'object') facts.push({ subject, key: keyOf(constant) })
    } else if (step.k === 'unify') {
      if (left.k === 'local' && !known.has(left.local)) known.set(left.local, subject)
      else if (right.k === 'local' && !known.has(right.local)) known.set(right.local, subject)
    }
  }
  return facts
}

function equality(step: Step): readonly [Operand, Operand] | undefined {
  if (step.k === 'unify') return [step.left, step.right]
  if (step.k !== 'call' || step.callee.kind !== 'builtin' || step.callee.name !== 'equal' || step.out !== undefined)
    return undefined
  const [left, right] = step.args
  return left === undefined || right === undefined ? undefined : [left, right]
}

function subjectOf(term: Operand, known: ReadonlyMap<Local, Subject>): Subject | undefined {
  if (term.k === 'local') return known.get(term.local)
  if (term.k !== 'ref' || term.root === 'data') return undefined
  const base = term.root === 'input' ? { id: 'input', arg: undefined, path: [] } : known.get(term.root)
  if (base === undefined) return undefined
  const path: Value[] = [...base.path]
  for (const key of term.path) {
    if (key.k !== 'const') return undefined
    path.push(key.value)
  }
  return { id: `${base.arg ?? 'input'}${JSON.stringify(path.map((key) => keyOf(key)))}`, arg: base.arg, path }
}
