import { complyWithProjection } from '../../app/comply.ts'
import { frameworkFor } from '../../app/frameworks.ts'
import type { ComplyOptions } from '../commands/comply.ts'
import { exitFor } from '../exit.ts'
import { writeResult } from '../output.ts'
import { renderComply } from '../render.ts'
import { openCliSession, recoverForReading } from '../session.ts'

export async function runComply(path: string, options: ComplyOptions): Promise<number> {
  await recoverForReading(path)
  const session = await openCliSession(path, options)
  const framework = frameworkFor(options.framework, session.frameworks)
  const result = complyWithProjection(session, framework)
  await writeResult(renderComply(result, session, path, options), options)
  return exitFor(session.result.summary, session.result, options.failOn, options.strict === true)
}
