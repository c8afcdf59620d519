import { applyFix } from '../../app/apply-fix.ts'
import { parseApproval, prepareFix } from '../../app/fix.ts'
import { UsageError } from '../../app/project/root.ts'
import { FIXERS } from '../../fix/index.ts'
import { nearest } from '../../text/nearest.ts'
import { namesRule } from '../../engine/aliases.ts'
import { type Session, unknownRule } from '../../app/session.ts'
import { fixerName, type Scope } from '../../verify/approval.ts'
import type { FixOptions } from '../commands/fix.ts'
import { exitFor } from '../exit.ts'
import { writeResult } from '../output.ts'
import { renderFix } from '../render.ts'
import { openCliSession, recoverFirst, warnOfHalfWritten } from '../session.ts'

export async function runFix(path: string, options: FixOptions): Promise<number> {
  await (options.dryRun === true ? warnOfHalfWritten(path) : recoverFirst(path))
  // Every rule is run even with --rule: a fix must not cause a finding of a rule that was not asked for.
  const { rule: rules = [], ...others } = options
  const session = await openCliSession(path, others)
  const scope = scopeOf({ ...options, rule: rules }, session)
  const prepared = await prepareFix(session, parseApproval(options.approve ?? [], session), scope)
  const result = options.dryRun === true ? prepared.result : await applyFix(session, prepared)
  await writeResult(renderFix(result, session, path, options), options)
  return exitFor(result.after, prepared.plan.after.result, options.failOn, options.strict === true)
}

/** @throws UsageError naming the nearest fixer or rule */
export function scopeOf(options: Pick<FixOptions, 'fixer' | 'rule'>, session: Session): Scope {
  const names = new Set([
    ...FIXERS.map(({ name }) => name),
    ...session.audit().judged.flatMap((one) => fixerName(one) ?? []),
  ])
  for (const given of options.fixer ?? []) {
    if (names.has(given)) continue
    const hint = nearest(given, names)
    const known = [...names].sort().join(', ')
    throw new UsageError(`no fixer ${given}${hint === undefined ? '' : `; did you mean ${hint}?`} (known: ${known})`)
  }
  for (const given of options.rule ?? []) {
    if (!session.rules.some((rule) => namesRule(rule, given))) throw new UsageError(unknownRule(given, session.rules))
  }
  return { fixers: options.fixer ?? [], rules: options.rule ?? [] }
}
