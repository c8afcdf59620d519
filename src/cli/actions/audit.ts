import { severityName } from '../../engine/audit.ts'
import { rememberAnswer, terminal } from '../../app/answers.ts'
import { baselineText, selectFindings } from '../../app/select.ts'
import { withImported } from '../../app/import-findings.ts'
import { saveAudit } from '../../app/save-audit.ts'
import { renderAudit } from '../render.ts'
import type { AuditOptions } from '../commands/audit.ts'
import { exitFor } from '../exit.ts'
import { warn, writeResult } from '../output.ts'
import { openCliSession, recoverForReading } from '../session.ts'

export async function runAudit(path: string, options: AuditOptions): Promise<number> {
  await recoverForReading(path)
  const opened = await openCliSession(path, options)
  const imported = withImported(opened, { reports: options.import ?? [], scanners: options.with ?? [] })
  const session = { ...opened, result: imported }
  // The record of the project is not overwritten by the answer to a narrower question.
  const whole = session.project.within === '' && options.rule === undefined
  const unsaved = whole ? await saveAudit(session) : undefined
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
  const output = renderAudit({ ...session, result }, path, options)
  await writeResult(output, options)
  const exitCode = exitFor(result.summary, result, options.failOn, options.strict === true)
  if (unsaved === undefined) {
    const { project, now } = session
    rememberAnswer(process.argv.slice(2), terminal(), project, { output, exitCode, saves: whole, now })
  }
  return exitCode
}
