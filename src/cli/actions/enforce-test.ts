import { testFiles, type TestOutcome } from '../../app/enforce/test.ts'
import { STDIN } from '../../app/enforce/inputs.ts'
import { policyTestJson, renderPolicyTestText } from '../../report/enforce/test.ts'
import { renderJunit } from '../../report/junit.ts'
import { renderSarif } from '../../report/sarif.ts'
import { isReadProblem } from '../../text/diagnostic.ts'
import type { EnforceTestOptions } from '../commands/enforce-test.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { useColour, warn, writeResult } from '../output.ts'

export async function runEnforceTest(files: readonly string[], options: EnforceTestOptions): Promise<number> {
  const result = testFiles({
    files,
    policies: options.policy ?? [],
    stdin: files.includes(STDIN) ? await readStandardInput() : undefined,
    configFile: options.config,
    engine: options.engine,
    point: options.enforcementPoint,
    now: nowOf(options),
  })
  await writeResult(result.mask.mask(render(result, options)), options)
  const { audit, faults } = result
  const [fault] = faults
  if (fault !== undefined) {
    const place =
      fault.range === undefined ? fault.file : `${fault.file}:${fault.range.start.line}:${fault.range.start.column}`
    const more = faults.length === 1 ? '' : ` (and ${faults.length - 1} more)`
    warn(`a policy cannot be used: ${place === '' ? '' : `${place}: `}${fault.message}${more}`)
    return EXIT.usage
  }
  if (audit.findings.some(({ status, action }) => status === 'open' && action === 'deny')) return EXIT.findings
  return options.strict === true && audit.diagnostics.some(isReadProblem) ? EXIT.findings : EXIT.ok
}

function render(result: TestOutcome, options: EnforceTestOptions): string {
  const { audit, faults, uriPrefix } = result
  const whole = { ...audit, diagnostics: [...faults, ...audit.diagnostics] }
  switch (options.format) {
    case 'json':
      return policyTestJson(result, options.includePassed === true)
    case 'sarif': {
      const { text, warnings } = renderSarif(whole, {
        uriPrefix,
        rules: [],
        includePassed: options.includePassed === true,
      })
      warnings.forEach(warn)
      return text
    }
    case 'junit':
      return renderJunit(whole, { includePassed: true })
    case 'text':
      return renderPolicyTestText(result, { colour: useColour(options) })
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}
