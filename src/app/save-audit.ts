import { lstatSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { atomicWrite } from '../apply/atomic-write.ts'
import { quickDisk } from '../apply/files.ts'
import { openState } from '../apply/state.ts'
import { auditJson } from '../report/json.ts'
import type { Session } from './session.ts'

/** Writes `.secops/aggregate-findings.json`; gives the reason if the project cannot be written, which is no error. */
export async function saveAudit(session: Session): Promise<string | undefined> {
  const state = await openState(session.project.root, quickDisk)
  if (!state.available) return state.reason
  const path = join(state.folder, 'aggregate-findings.json')
  const text = session.mask.mask(auditJson(session.result))
  if (!holds(path, text)) await atomicWrite(path, text, {}, quickDisk)
  return undefined
}

/** Writing so that nothing can be lost takes longer than reading. */
function holds(path: string, text: string): boolean {
  try {
    return lstatSync(path).isFile() && readFileSync(path, 'utf8') === text
  } catch {
    return false
  }
}
