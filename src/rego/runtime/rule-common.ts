/** What the rules of all kinds of documents share. */
import type { Flat, Local, RuleIR } from '../compiler/ir.ts'
import type { LocalSet } from '../compiler/safety.ts'
import { RegoError } from '../errors.ts'
import type { Value } from '../value/value.ts'
import type { Unit } from './linker.ts'
import type { Machine, Next } from './machine.ts'
import type { Trace } from './provenance.ts'
import { compileBody } from './steps.ts'

export const NO_ARGS: readonly Value[] = []

export function conflict(rule: RuleIR, message: string): never {
  throw new RegoError('eval_conflict_error', message, { source: rule.source, span: rule.headSpan })
}

/** A rule's body that runs with one of its keys known from the start. */
export function keyedBody(
  unit: Unit,
  ir: RuleIR,
  key: Flat,
  last: (bound: LocalSet) => Next,
): { readonly body: Next; readonly slot: number } {
  if (key.k === 'local' && !key.local.generated) {
    return { body: compileBody(unit, ir.body, new Set([key.local]), last), slot: key.local.slot }
  }
  const local: Local = { name: '__key__', slot: unit.slots++, generated: true, wild: false, span: ir.headSpan }
  const step = {
    k: 'unify',
    left: { k: 'local', local },
    right: key,
    with: [],
    span: ir.headSpan,
    source: ir.source,
    message: false,
  } as const
  return { body: compileBody(unit, [step, ...ir.body], new Set([local]), last), slot: local.slot }
}

/** Afterwards `last` is what the first result came from. */
export function traceRule(trace: Trace, run: () => void): void {
  trace.last = []
  trace.search(run)
  trace.noteAll(trace.last)
}

/** A document that is computed once: what it came from is kept with it. */
export function traceDocument(machine: Machine, id: number, run: () => Value | undefined): Value | undefined {
  const { trace } = machine
  if (trace === undefined) return run()
  trace.last = []
  const { value, log } = trace.search(run)
  machine.state.cache.origins[id] = { last: trace.last, log }
  return value
}

export function recall(machine: Machine, id: number): void {
  const { trace } = machine
  const known = machine.state.cache.origins[id]
  if (trace === undefined || known === undefined) return
  trace.last = known.last
  trace.noteAll(known.log)
}
