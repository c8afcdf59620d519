import { kubernetesAddress } from './addresses.ts'
import { at, idText, isData, objects, optional, prose, rangeOf, text } from './data.ts'
import { ImportCollector, type Importer, type ImportedFinding } from './importer.ts'
import { severityNamed } from './severity.ts'

const NAME = 'checkov'

/** `checkov -o json`: one object for one framework, a list for several, a bare count if nothing was found to check. */
export const checkov: Importer = {
  name: NAME,
  title: 'Checkov JSON',
  detect(data) {
    const reports = Array.isArray(data) ? objects(data) : [data]
    return reports.some(
      (report) =>
        text(report, 'checkov_version') !== undefined ||
        text(report, 'summary', 'checkov_version') !== undefined ||
        (text(report, 'check_type') !== undefined && isData(at(report, 'results'))),
    )
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const report of Array.isArray(data) ? objects(data) : [data]) {
      const framework = text(report, 'check_type')
      for (const check of objects(at(report, 'results', 'failed_checks'))) {
        const ruleId = idText(check, 'check_id')
        if (ruleId === undefined) continue
        const path = text(check, 'file_path')
        const files = [text(check, 'file_abs_path'), path?.replace(/^\/+/, '')]
        collector.add(files, describe(check, ruleId, framework))
      }
      const failed = at(report, 'results', 'parsing_errors')
      if (Array.isArray(failed) && failed.length > 0) {
        collector.diagnose('import-incomplete', `Checkov could not parse ${failed.length} of the ${framework} files.`)
      }
    }
    return collector.result()
  },
}

function describe(check: unknown, ruleId: string, framework: string | undefined): Omit<ImportedFinding, 'file'> {
  const title = prose(text(check, 'check_name')) ?? ruleId
  // A resource of the secrets framework is a hash of the secret, short enough to guess it from.
  const secret = framework === 'secrets' || ruleId.startsWith('CKV_SECRET_')
  const address = secret ? undefined : (text(check, 'resource_address') ?? text(check, 'resource'))
  const lines = at(check, 'file_line_range')
  return {
    tool: NAME,
    ruleId,
    title,
    message: title,
    aliases: [],
    ...optional('severity', severityNamed(text(check, 'severity'))),
    ...optional('address', address === undefined ? undefined : kubernetesAddress(address)),
    ...(Array.isArray(lines) && rangeOf(line(lines[0]), 1, line(lines[1]))),
    ...(secret && { secret }),
  }
}

/** Line 0 stands for the file as a whole. */
function line(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? Math.max(1, value) : undefined
}
