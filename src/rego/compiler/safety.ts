/** The order in which the steps of a body can run: every variable is bound before it is read. */
import type { ComprehensionIR, Flat, Local, Operand, RefIR, Step } from './ir.ts'

export type LocalSet = ReadonlySet<Local>

/** Every variable of a flat term. */
export function flatVars(term: Flat, into: Set<Local>): void {
  switch (term.k) {
    case 'local':
      into.add(term.local)
      break
    case 'array':
    case 'set':
      for (const item of term.items) flatVars(item, into)
      break
    case 'object':
      for (const [key, value] of term.entries) {
        flatVars(key, into)
        flatVars(value, into)
      }
      break
    default:
  }
}

/** Variables outside of comprehensions and bodies. */
function operandVars(term: Operand, into: Set<Local>): void {
  if (term.k === 'ref') {
    if (typeof term.root === 'object') into.add(term.root)
    for (const key of term.path) flatVars(key, into)
  } else if (term.k !== 'comprehension' && term.k !== 'template') flatVars(term, into)
}

function withVars(step: Step, into: Set<Local>): void {
  for (const each of step.with) {
    if (each.kind !== 'mock') flatVars(each.value, into)
    else if ('k' in each.by) flatVars(each.by, into)
  }
}

/** Variables of a step outside of its comprehensions and bodies. */
function stepVars(step: Step, into: Set<Local>): void {
  withVars(step, into)
  switch (step.k) {
    case 'unify':
      operandVars(step.left, into)
      operandVars(step.right, into)
      break
    case 'test':
      operandVars(step.term, into)
      break
    case 'call':
      for (const arg of step.args) flatVars(arg, into)
      if (step.out !== undefined) flatVars(step.out, into)
      break
    case 'not':
      stepVars(step.step, into)
      break
    case 'every':
      flatVars(step.domain, into)
      break
    case 'print':
      break
  }
}

function comprehensions(term: Operand): readonly ComprehensionIR[] {
  if (term.k === 'comprehension') return [term]
  return term.k === 'template' ? term.parts.filter((part) => typeof part !== 'string') : []
}

/** Bodies inside of a step, with the variables that they bind by themselves. */
export function closures(
  step: Step,
): readonly { readonly body: readonly Step[]; readonly own: readonly Local[]; readonly outputs: readonly Flat[] }[] {
  const fromOperand = (term: Operand) =>
    comprehensions(term).map((each) => ({
      body: each.body,
      own: [],
      outputs: each.key === undefined ? [each.value] : [each.key, each.value],
    }))
  switch (step.k) {
    case 'unify':
      return [...fromOperand(step.left), ...fromOperand(step.right)]
    case 'test':
      return fromOperand(step.term)
    case 'not':
      return closures(step.step)
    case 'every':
      return [{ body: step.body, own: step.key === undefined ? [step.value] : [step.key, step.value], outputs: [] }]
    case 'print':
      return step.args.flatMap(fromOperand)
    default:
      return []
  }
}

/** Every variable that occurs in bodies inside of a step, however deep. */
function closureVars(step: Step, into: Set<Local>): void {
  for (const { body, own, outputs } of closures(step)) {
    const inner = new Set<Local>()
    for (const each of body) {
      stepVars(each, inner)
      closureVars(each, inner)
    }
    for (const output of outputs) flatVars(output, inner)
    for (const local of own) inner.delete(local)
    for (const local of inner) into.add(local)
  }
}

/** Variables that a value of the term binds when it is matched; keys of objects and members of sets are only read. */
function patternVars(term: Flat, into: Set<Local>): void {
  if (term.k === 'local') into.add(term.local)
  else if (term.k === 'array') for (const item of term.items) patternVars(item, into)
  else if (term.k === 'object') for (const [, value] of term.entries) patternVars(value, into)
}

export function isBound(term: Flat, bound: LocalSet): boolean {
  switch (term.k) {
    case 'const':
      return true
    case 'local':
      return bound.has(term.local)
    case 'object':
      return term.entries.every(([key, value]) => isBound(key, bound) && isBound(value, bound))
    default:
      return term.items.every((item) => isBound(item, bound))
  }
}

function rootBound(ref: RefIR, bound: LocalSet): boolean {
  return typeof ref.root === 'string' || bound.has(ref.root)
}

function operandIsBound(term: Operand, bound: LocalSet): boolean {
  if (term.k === 'ref') return rootBound(term, bound)
  return term.k === 'comprehension' || term.k === 'template' || isBound(term, bound)
}

function refOutputs(term: Operand, bound: LocalSet, into: Set<Local>): void {
  if (term.k !== 'ref' || !rootBound(term, bound)) return
  for (const key of term.path) flatVars(key, into)
}

function with_(bound: LocalSet, more: ReadonlySet<Local>): LocalSet {
  return more.size === 0 ? bound : new Set([...bound, ...more])
}

/** What a step binds, given what is bound before it. */
function outputs(step: Step, bound: LocalSet): Set<Local> {
  const result = new Set<Local>()
  const needed = new Set<Local>()
  withVars(step, needed)
  for (const local of needed) if (!bound.has(local)) return result
  switch (step.k) {
    case 'unify': {
      refOutputs(step.left, bound, result)
      refOutputs(step.right, bound, result)
      if (step.compares === true) break
      const after = with_(bound, result)
      const { left, right } = step
      if (operandIsBound(left, after)) bindPattern(right, result)
      else if (operandIsBound(right, after)) bindPattern(left, result)
      break
    }
    case 'test':
      refOutputs(step.term, bound, result)
      break
    case 'call':
      if (step.out !== undefined && step.args.every((arg) => isBound(arg, bound))) patternVars(step.out, result)
      break
    default:
  }
  return result
}

function bindPattern(term: Operand, into: Set<Local>): void {
  if (term.k !== 'ref' && term.k !== 'comprehension' && term.k !== 'template') patternVars(term, into)
}

export interface Ordered {
  readonly steps: readonly Step[]
  /** Steps that cannot run, with the variables that nothing binds. */
  readonly unsafe: readonly { readonly step: Step; readonly locals: readonly Local[] }[]
  /** Everything that is bound afterwards. */
  readonly bound: LocalSet
}

/** The checks and the code ask the same. */
const known = new WeakMap<readonly Step[], { readonly initial: LocalSet; readonly ordered: Ordered }>()

/** Keeps the order of writing where that is possible. */
export function order(steps: readonly Step[], initial: LocalSet): Ordered {
  const before = known.get(steps)
  if (before !== undefined && sameSet(before.initial, initial)) return before.ordered
  const ordered = findOrder(steps, initial)
  known.set(steps, { initial: new Set(initial), ordered })
  return ordered
}

function sameSet(a: LocalSet, b: LocalSet): boolean {
  if (a.size !== b.size) return false
  for (const local of a) if (!b.has(local)) return false
  return true
}

function findOrder(steps: readonly Step[], initial: LocalSet): Ordered {
  const bound = new Set(initial)
  const bodyVars = new Set<Local>()
  for (const step of steps) stepVars(step, bodyVars)
  const remaining = steps.map((step) => {
    const vars = new Set<Local>()
    stepVars(step, vars)
    const inner = new Set<Local>()
    closureVars(step, inner)
    const closed: Local[] = []
    for (const local of inner) if (bodyVars.has(local)) closed.push(local)
    return { step, vars, closed, done: false }
  })
  const ordered: Step[] = []
  for (let before = -1; before < ordered.length;) {
    before = ordered.length
    for (const entry of remaining) {
      if (entry.done || missing(entry, bound).length > 0) continue
      entry.done = true
      ordered.push(entry.step)
      for (const local of outputs(entry.step, bound)) bound.add(local)
    }
  }
  const unsafe = remaining
    .filter(({ done }) => !done)
    .map((entry) => ({ step: entry.step, locals: missing(entry, bound) }))
  return { steps: ordered, unsafe, bound }
}

function missing(
  { step, vars, closed }: { readonly step: Step; readonly vars: LocalSet; readonly closed: readonly Local[] },
  bound: LocalSet,
): Local[] {
  const given = outputs(step, bound)
  const result: Local[] = []
  for (const local of vars) if (!bound.has(local) && !given.has(local)) result.push(local)
  for (const local of closed) if (!bound.has(local) && !result.includes(local)) result.push(local)
  return result
}

/** Whether a comprehension reads a variable that is bound around it, or prints. */
export function readsOuter(comprehension: ComprehensionIR, bound: LocalSet): boolean {
  const step = comprehension.body[0]
  if (step === undefined || prints(comprehension.body)) return true
  const vars = new Set<Local>()
  closureVars({ ...step, k: 'test', term: comprehension, with: [] }, vars)
  for (const local of vars) if (bound.has(local)) return true
  return false
}

function prints(steps: readonly Step[]): boolean {
  return steps.some((step) => step.k === 'print' || closures(step).some(({ body }) => prints(body)))
}
