import { verifySuites } from '../../app/enforce/verify.ts'
import { renderVerifyJunit, renderVerifyText, verifyJson } from '../../report/enforce/verify.ts'
import type { EnforceVerifyOptions } from '../commands/enforce-verify.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { useColour, writeResult } from '../output.ts'

export async function runEnforceVerify(paths: readonly string[], options: EnforceVerifyOptions): Promise<number> {
  const { engine, run, format } = options
  const result = verifySuites({ paths, engine, run, now: nowOf(options) })
  const text =
    format === 'json'
      ? verifyJson(result)
      : format === 'junit'
        ? renderVerifyJunit(result)
        : renderVerifyText(result, { colour: useColour(options) })
  await writeResult(result.mask.mask(text), options)
  return result.failed > 0 ? EXIT.findings : EXIT.ok
}
