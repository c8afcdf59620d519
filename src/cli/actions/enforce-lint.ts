import { type LintOutcome, lintPaths } from '../../app/enforce/lint.ts'
import { TOOL } from '../../app/session.ts'
import { lintJson, lintSarif, lintText } from '../../report/enforce/lint.ts'
import type { EnforceLintOptions } from '../commands/enforce-lint.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { useColour, warn, writeResult } from '../output.ts'

export async function runEnforceLint(paths: readonly string[], options: EnforceLintOptions): Promise<number> {
  const outcome = await lintPaths({ paths, fix: options.fix === true, now: nowOf(options) })
  if (outcome.objects === 0 && outcome.diagnostics.length === 0) warn(`no Kubernetes objects in ${paths.join(', ')}`)
  await writeResult(outcome.mask(rendered(outcome, options)), options)
  if (options.strict === true && outcome.diagnostics.length > 0) return EXIT.findings
  const counting = outcome.faults.filter(({ level }) => level === 'error' || options.failOn === 'warning')
  return options.failOn !== 'none' && counting.length > 0 ? EXIT.findings : EXIT.ok
}

function rendered(outcome: LintOutcome, options: EnforceLintOptions): string {
  if (options.format === 'json') return lintJson(outcome)
  if (options.format === 'sarif') return lintSarif(outcome, TOOL)
  return lintText(outcome, useColour(options))
}
