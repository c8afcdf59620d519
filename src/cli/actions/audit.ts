import { severityName } from '../../engine/audit.ts'
import { baselineText, selectFindings } from '../../app/select.ts'
import { saveAudit } from '../../app/save-audit.ts'
import { renderAudit } from '../render.ts'
import type { AuditOptions } from '../commands/audit.ts'
import { exitFor } from '../exit.ts'
import { warn, writeResult } from '../output.ts'
import { openCliSession } from '../session.ts'

export async function runAudit(path: string, options: AuditOptions): Promise<number> {
  const session = await openCliSession(path, options)
  const unsaved = await saveAudit(session)
  if (unsaved !== undefined) warn(`the findings were not saved: ${unsaved}`)
  if (options.writeBaseline !== undefined) {
    await writeResult(baselineText(session), { output: options.writeBaseline })
  }
  const { severity } = options
  const result = selectFindings(session, {
    severity: severity === undefined ? undefined : severityName(severity),
    paths: options.path,
    changedSince: options.changedSince,
    baseline: options.baseline,
  })
  await writeResult(renderAudit({ ...session, result }, path, options), options)
  return exitFor(result.summary, result, options.failOn, options.strict === true)
}
