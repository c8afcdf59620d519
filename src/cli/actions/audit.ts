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
  await writeResult(renderAudit(session, path, options), options)
  return exitFor(session.result.summary, session.result, options.failOn, options.strict === true)
}
