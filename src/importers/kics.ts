import { at, type Data, idText, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { isAboutSecrets } from './ids.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed } from './severity.ts'

const NAME = 'kics'

/** `kics scan --report-formats json`. */
export const kics: Importer = {
  name: NAME,
  title: 'KICS JSON',
  detect(data) {
    return (
      text(data, 'kics_version') !== undefined ||
      (Array.isArray(at(data, 'queries')) && at(data, 'files_scanned') !== undefined)
    )
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const query of objects(at(data, 'queries'))) {
      const ruleId = idText(query, 'query_id')
      if (ruleId === undefined) continue
      for (const place of objects(at(query, 'files'))) addPlace(collector, query, ruleId, place)
    }
    return collector.result()
  },
}

function addPlace(collector: ImportCollector, query: Data, ruleId: string, place: Data): void {
  const title = prose(text(query, 'query_name')) ?? ruleId
  // The values of such a query quote the line.
  const secret = isAboutSecrets(title, text(query, 'category'))
  const actual = secret ? undefined : prose(text(place, 'actual_value'))
  collector.add([text(place, 'file_name')], {
    tool: NAME,
    ruleId,
    title,
    message: actual === undefined ? (prose(text(query, 'description')) ?? title) : `${title}: ${actual}`,
    aliases: [],
    ...(!secret && optional('remediation', prose(text(place, 'expected_value')))),
    ...optional('severity', severityNamed(text(query, 'severity'))),
    ...optional('address', terraformAddress(text(place, 'search_key'))),
    ...rangeOf(position(place, 'line'), 1),
    ...(secret && { secret }),
  })
}

/** A search key begins with `aws_s3_bucket[logs]`; `{{logs}}` is KICS' quoting. */
function terraformAddress(searchKey: string | undefined): string | undefined {
  const [, type, name] = /^([a-z][a-z0-9]*_\w+)\[(?:\{\{)?([\w-]+)(?:\}\})?\]/.exec(searchKey ?? '') ?? []
  return type === undefined || name === undefined ? undefined : `${type}.${name}`
}
