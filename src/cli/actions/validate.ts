import { validateLastRun } from '../../app/validate.ts'
import type { ValidateOptions } from '../commands/validate.ts'
import { exitFor } from '../exit.ts'
import { writeResult } from '../output.ts'
import { renderValidate } from '../render.ts'
import { openCliSession, recoverFirst } from '../session.ts'

export async function runValidate(path: string, options: ValidateOptions): Promise<number> {
  await recoverFirst(path)
  const session = await openCliSession(path, options)
  const result = await validateLastRun(session)
  await writeResult(renderValidate(result, session, path, options), options)
  return exitFor(result.after, session.result, options.failOn, options.strict === true)
}
