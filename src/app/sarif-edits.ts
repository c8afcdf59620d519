import type { SarifEdit } from '../report/sarif.ts'
import { LineMap } from '../text/line-map.ts'
import { isReleased, NO_APPROVAL } from '../verify/approval.ts'
import { buildGroup } from '../verify/proposals.ts'
import type { Session } from './session.ts'

/**
 * The edits of each finding that `fix` would apply without approval, for SARIF's `fixes`. A fix that creates a file, or
 * whose lines hold a secret, is left out: SARIF knows no new files, and must not carry the secret.
 */
export function sarifEdits(session: Session): Map<string, readonly SarifEdit[]> {
  const edits = new Map<string, readonly SarifEdit[]>()
  const lines = new Map<string, LineMap>()
  const context = { estate: session.audit().estate, values: session.project.config.values }
  for (const judged of session.audit().judged) {
    if (judged.finding.status !== 'open' || !isReleased(judged, NO_APPROVAL)) continue
    const built = buildGroup([judged], context)
    if ('code' in built || built.edit.creates.size > 0) continue
    const own: SarifEdit[] = []
    for (const [file, changes] of built.edit.changes) {
      const text = session.project.files.files.get(file) ?? ''
      const map = lines.get(file) ?? new LineMap(text)
      lines.set(file, map)
      for (const { span, text: replacement } of changes) {
        own.push({ file, range: map.range(span), text: replacement })
      }
    }
    if (own.some(({ text }) => session.mask.holds(text))) continue
    edits.set(judged.finding.fingerprint, own)
  }
  return edits
}
