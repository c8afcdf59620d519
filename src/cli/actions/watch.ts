import { type WatchUpdate, watchProject } from '../../app/watch.ts'
import type { Finding } from '../../engine/finding.ts'
import { visible } from '../../report/escape.ts'
import { count } from '../../report/words.ts'
import type { AuditOptions } from '../commands/audit.ts'
import { EXIT } from '../exit.ts'
import { warn } from '../output.ts'
import { sessionOptions } from '../session.ts'

/** Prints what each edit changed, until Ctrl-C. */
export async function runWatch(path: string, options: AuditOptions): Promise<number> {
  const stop = new AbortController()
  const end = (): void => stop.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  await watchProject(await sessionOptions(path, options), print, warn, stop.signal)
  return EXIT.ok
}

function print({ session, added, gone, milliseconds }: WatchUpdate): void {
  const line = (mark: string, finding: Finding): string =>
    `${mark} ${finding.severity} ${finding.ruleId} ${visible(finding.location.file)}:${finding.location.range.start.line} ${visible(session.mask.mask(finding.message))}`
  const { total } = session.result.summary
  const lines = [...gone.map((finding) => line('-', finding)), ...added.map((finding) => line('+', finding))]
  const { length } = session.result.diagnostics
  const time = milliseconds === 0 ? '' : ` (${Math.round(milliseconds)} ms)`
  lines.push(`${count(total, 'finding')}, ${count(length, 'diagnostic')}${time}`)
  process.stdout.write(`${lines.join('\n')}\n`)
}
