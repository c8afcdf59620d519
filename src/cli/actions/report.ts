import { resolve } from 'node:path'
import { atomicWrite } from '../../apply/atomic-write.ts'
import { describeCause } from '../../apply/errors.ts'
import { frameworkFor } from '../../app/frameworks.ts'
import { withImported } from '../../app/import-findings.ts'
import { buildPack } from '../../app/pack.ts'
import { UsageError } from '../../app/project/root.ts'
import { documentInput, planFor, renderDocument } from '../../app/report.ts'
import { count } from '../../report/words.ts'
import type { ReportOptions } from '../commands/report.ts'
import { EXIT } from '../exit.ts'
import { progress, warn, writeResult } from '../output.ts'
import { writePdf } from '../pdf.ts'
import { openCliSession, recoverForReading } from '../session.ts'

export async function runReport(path: string, options: ReportOptions): Promise<number> {
  if (options.format === 'pdf' && options.output === undefined) throw new UsageError('--format pdf needs --output FILE')
  await recoverForReading(path)
  const opened = await openCliSession(path, { ...options, format: 'text', failOn: 'none' })
  const result = withImported(opened, { reports: options.import ?? [], scanners: [] })
  const session = { ...opened, result }
  const frameworks = options.framework?.map((id) => frameworkFor(id, session.frameworks)) ?? session.frameworks
  const done = progress('Judging, planning and projecting', options)
  const input = await documentInput(session, frameworks, planWanted(options)).finally(done)

  if (options.pack !== undefined) {
    const { bytes, files, manifestSha256, leftOut } = buildPack(session, input)
    try {
      await atomicWrite(resolve(options.pack), bytes, { mode: 0o600, followLinks: true })
    } catch (error) {
      throw new UsageError(`cannot write ${options.pack}: ${describeCause(error)}`)
    }
    for (const name of leftOut)
      warn(`${name} was left out of the pack: it is not there, or holds what looks like a secret`)
    if (options.quiet !== true) {
      warn(`${options.pack}: ${count(files, 'file')}, SHA-256 of its manifest ${manifestSha256}`)
      warn(`check it: secops verify-pack ${options.pack}`)
    }
    return EXIT.ok
  }
  if (options.format === 'pdf') {
    await writePdf(renderDocument(session, input, options.kind, 'html'), options.output ?? '', options.browser)
  } else {
    await writeResult(renderDocument(session, input, options.kind, options.format), options)
  }
  return EXIT.ok
}

/** A pack holds every kind of document. */
function planWanted(options: ReportOptions): 'no' | 'yes' | 'always' {
  if (options.plan === true) return 'always'
  return options.pack !== undefined ? 'yes' : planFor(options.kind)
}
