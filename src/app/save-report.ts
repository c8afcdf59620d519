import { join, relative } from 'node:path'
import { atomicWrite } from '../apply/atomic-write.ts'
import { compactTimestamp, openState, stateFolder } from '../apply/state.ts'
import { renderRunHtml } from '../report/html/page.ts'
import { htmlOptions } from './report-options.ts'
import type { RunOutcome } from './run.ts'

/**
 * Writes the HTML report of a run under `.secops/reports`.
 * @returns its path relative to the working folder; undefined if the project cannot be written
 */
export async function saveReport({ result, before, after }: RunOutcome): Promise<string | undefined> {
  const state = await openState(after.project.root)
  if (!state.available) return undefined
  const folder = await stateFolder(state, 'reports')
  const path = join(folder, `${result.fix.runId === '' ? compactTimestamp(after.now) : result.fix.runId}.html`)
  const html = renderRunHtml({ ...result, audit: after.result }, htmlOptions(after))
  await atomicWrite(path, before.mask.mask(after.mask.mask(html)), { mode: 0o600 })
  return relative(process.cwd(), path)
}
