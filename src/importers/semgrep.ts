import { at, type Data, idText, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { isAboutSecrets } from './ids.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed } from './severity.ts'

const NAME = 'semgrep'

/** `semgrep scan --json`. */
export const semgrep: Importer = {
  name: NAME,
  title: 'Semgrep JSON',
  detect(data) {
    const results = at(data, 'results')
    if (!Array.isArray(results) || !Array.isArray(at(data, 'errors'))) return false
    return results.length === 0 || objects(results).some((one) => text(one, 'check_id') !== undefined)
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const found of objects(at(data, 'results'))) addResult(collector, found)
    const errors = objects(at(data, 'errors')).length
    if (errors > 0) {
      collector.diagnose(
        'import-incomplete',
        `Semgrep met ${errors === 1 ? '1 error' : `${errors} errors`} in its run.`,
      )
    }
    return collector.result()
  },
}

/** `extra.lines` and `extra.metavars` quote the file and are never read. */
function addResult(collector: ImportCollector, found: Data): void {
  const ruleId = idText(found, 'check_id')
  if (ruleId === undefined || at(found, 'extra', 'is_ignored') === true) return
  const name = ruleId.split('.').at(-1) ?? ruleId
  // A message is filled in with what was matched.
  const secret =
    isAboutSecrets(ruleId, text(found, 'extra', 'metadata', 'category')) ||
    at(found, 'extra', 'validation_state') !== undefined
  const message = secret ? undefined : prose(text(found, 'extra', 'message'))
  collector.add([text(found, 'path')], {
    tool: NAME,
    ruleId,
    title: name,
    message: message ?? `The rule ${name} matches here.`,
    aliases: [],
    ...optional('severity', severityNamed(text(found, 'extra', 'severity'))),
    ...rangeOf(
      position(found, 'start', 'line'),
      position(found, 'start', 'col'),
      position(found, 'end', 'line'),
      position(found, 'end', 'col'),
    ),
    ...(secret && { secret }),
  })
}
