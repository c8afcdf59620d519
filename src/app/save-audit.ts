import { join } from 'node:path'
import { atomicWrite } from '../apply/atomic-write.ts'
import { openState } from '../apply/state.ts'
import { auditJson } from '../report/json.ts'
import type { Session } from './session.ts'

/** Writes `.secops/aggregate-findings.json`; gives the reason if the project cannot be written, which is no error. */
export async function saveAudit(session: Session): Promise<string | undefined> {
  const state = await openState(session.project.root)
  if (!state.available) return state.reason
  await atomicWrite(join(state.folder, 'aggregate-findings.json'), session.mask.mask(auditJson(session.result)))
  return undefined
}
