import { checkWithConftest, type ConftestRequest, verifyConftest } from '../../app/conftest.ts'
import { UsageError } from '../../app/project/root.ts'
import type { CheckResult, VerifyResult } from '../../enforce/conftest/index.ts'
import { formatError, RegoErrors } from '../../rego/index.ts'
import { conftestJson, conftestTable, conftestTap } from '../../report/conftest/machine.ts'
import { conftestSarif } from '../../report/conftest/sarif.ts'
import { coverageLines, renderConftestText, renderVerifyReport } from '../../report/conftest/text.ts'
import { totalsOf } from '../../report/conftest/words.ts'
import { conftestJunit } from '../../report/conftest/xml.ts'
import { visibleLines } from '../../report/escape.ts'
import { placeOf } from '../../report/words.ts'
import type { Diagnostic } from '../../text/diagnostic.ts'
import type { ConftestOptions } from '../commands/enforce-conftest.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { useColour, warn, writeResult } from '../output.ts'

export async function runEnforceConftest(files: readonly string[], options: ConftestOptions): Promise<number> {
  try {
    const [first, ...rest] = files
    if (options.verify === true || first === 'verify') {
      if (options.verify !== true && rest.length > 0)
        throw new UsageError('verify takes no files: it runs the tests of --policy')
      return await verify(options)
    }
    if (options.report !== undefined || options.coverage === true) {
      throw new UsageError('--report and --coverage belong to verify')
    }
    if (first === undefined) throw new UsageError('missing files to check')
    return await check(first === 'test' && rest.length > 0 ? rest : files, options)
  } catch (error) {
    if (!(error instanceof RegoErrors)) throw error
    process.stderr.write(
      `secops: the policies do not compile\n${error.errors.map(formatError).map(visibleLines).join('\n')}\n`,
    )
    return EXIT.usage
  }
}

function requestOf(options: ConftestOptions): ConftestRequest {
  return {
    policy: options.policy ?? ['policy'],
    data: options.data ?? [],
    regoVersion: options.regoVersion,
    evaluate: { now: BigInt(nowOf(options).getTime()) * 1_000_000n },
  }
}

async function check(files: readonly string[], options: ConftestOptions): Promise<number> {
  const { results, diagnostics, warnings } = checkWithConftest({
    ...requestOf(options),
    files,
    namespaces: options.allNamespaces === true ? undefined : (options.namespace ?? ['main']),
    combine: options.combine === true,
    parser: options.parser,
    ignore: options.ignore,
    stdinName: options.stdinFilename,
  })
  for (const warning of warnings) warn(warning)
  for (const { file, range, code, message } of diagnostics) {
    warn(`${placeOf({ file, ...(range !== undefined && { range }) })}: ${code}: ${message}`)
  }
  await writeResult(render(results, diagnostics, options), options)
  if (diagnostics.length > 0) {
    const unread = [...new Set(diagnostics.map(({ file }) => file))]
    warn(`not checked, since they cannot be read: ${unread.join(', ')}`)
  }
  const totals = totalsOf(results)
  if (totals.errors > 0) return EXIT.internal
  if (options.strict === true && diagnostics.length > 0) return EXIT.findings
  if (!options.fail) return EXIT.ok
  if (totals.failures > 0 || (options.failOnWarn === true && totals.warnings > 0)) return EXIT.findings
  return EXIT.ok
}

function render(results: readonly CheckResult[], diagnostics: readonly Diagnostic[], options: ConftestOptions): string {
  switch (options.format) {
    case 'text':
      return renderConftestText(results, {
        colour: useColour(options),
        quiet: options.quiet === true,
        suppressExceptions: options.suppressExceptions === true,
        showSkipped: false,
      })
    case 'json':
      return conftestJson(results)
    case 'sarif':
      return conftestSarif(results, diagnostics)
    case 'junit':
      return conftestJunit(results)
    case 'tap':
      return conftestTap(results)
    case 'table':
      return conftestTable(results)
  }
}

async function verify(options: ConftestOptions): Promise<number> {
  const result = verifyConftest({
    ...requestOf(options),
    coverage: options.coverage === true,
    namespaces: options.allNamespaces === true ? undefined : options.namespace,
  })
  if (result.tests.length === 0) warn('no test_ rules in the policies: nothing was tested')
  await writeResult(renderVerify(result, options), options)
  return totalsOf(result.checks).failures > 0 && options.fail ? EXIT.findings : EXIT.ok
}

function renderVerify(result: VerifyResult, options: ConftestOptions): string {
  if (options.format === 'json' && options.coverage === true) return conftestJson(result.checks, result.coverage)
  if (options.format !== 'text') return render(result.checks, [], options)
  const { report } = options
  if (report !== undefined) {
    const tests = result.tests.filter(
      ({ status, output }) =>
        report === 'full' || (report === 'notes' ? output.length > 0 : status === 'fail' || status === 'error'),
    )
    return renderVerifyReport({ ...result, tests })
  }
  const text = renderConftestText(result.checks, {
    colour: useColour(options),
    quiet: options.quiet === true,
    suppressExceptions: false,
    showSkipped: true,
  })
  const coverage = coverageLines(result.coverage)
  return coverage.length === 0 ? text : `${text}${coverage.join('\n')}\n`
}
