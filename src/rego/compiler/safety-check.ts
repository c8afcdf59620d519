/** Finds variables that nothing binds. */
import { RegoError } from '../errors.ts'
import type { Flat, Local, RuleIR, Step } from './ir.ts'
import { closures, flatVars, order, type LocalSet } from './safety.ts'

export function checkRuleSafety(rule: RuleIR, errors: RegoError[]): void {
  const bound = checkBody(rule.body, new Set(rule.args), errors)
  const heads: Flat[] = [...rule.suffix]
  if (rule.key !== undefined) heads.push(rule.key)
  if (rule.value !== undefined) heads.push(rule.value)
  const vars = new Set<Local>()
  for (const head of heads) flatVars(head, vars)
  for (const local of vars) {
    if (!bound.has(local) && !local.generated) report(local, rule.source, errors)
    else if (!bound.has(local) && local.wild) report(local, rule.source, errors)
  }
  if (rule.else !== undefined) checkRuleSafety(rule.else, errors)
}

export function checkQuerySafety(steps: readonly Step[], errors: RegoError[]): void {
  checkBody(steps, new Set(), errors)
}

function report(local: Local, source: Step['source'], errors: RegoError[]): void {
  errors.push(new RegoError('rego_unsafe_var_error', `var ${local.name} is unsafe`, { source, span: local.span }))
}

function checkBody(steps: readonly Step[], initial: LocalSet, errors: RegoError[]): LocalSet {
  const ordered = order(steps, initial)
  const named = ordered.unsafe.flatMap(({ step, locals }) =>
    locals.filter(({ generated, wild }) => !generated || wild).map((local) => ({ step, local })),
  )
  for (const { step, local } of named) report(local, step.source, errors)
  if (named.length === 0) {
    const [first] = ordered.unsafe
    const [local] = first?.locals ?? []
    if (first !== undefined && local !== undefined) report(local, first.step.source, errors)
    else if (first !== undefined)
      errors.push(
        new RegoError('rego_unsafe_var_error', 'expression is unsafe', {
          source: first.step.source,
          span: first.step.span,
        }),
      )
  }
  if (ordered.unsafe.length > 0) return new Set([...ordered.bound, ...ordered.unsafe.flatMap(({ locals }) => locals)])
  const bound = ordered.bound
  for (const step of ordered.steps) {
    for (const { body, own, outputs } of closures(step)) {
      const inner = checkBody(body, new Set([...bound, ...own]), errors)
      const vars = new Set<Local>()
      for (const output of outputs) flatVars(output, vars)
      for (const local of vars) if (!inner.has(local)) report(local, step.source, errors)
    }
  }
  return bound
}
