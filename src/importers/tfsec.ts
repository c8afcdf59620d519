import { at, idText, isData, number, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { trivyId } from './ids.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed } from './severity.ts'

const NAME = 'tfsec'

/** `tfsec --format json`. */
export const tfsec: Importer = {
  name: NAME,
  title: 'tfsec JSON',
  detect(data) {
    if (!isData(data) || !Object.hasOwn(data, 'results')) return false
    const results = objects(at(data, 'results'))
    // A run without findings writes nothing but `results`.
    if (results.length === 0) return Object.keys(data).length === 1
    return results.some(
      (one) => idText(one, 'rule_id') !== undefined && text(one, 'location', 'filename') !== undefined,
    )
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const found of objects(at(data, 'results'))) {
      const id = idText(found, 'rule_id') ?? idText(found, 'long_id')
      // 0 is failed, 1 passed, 2 ignored.
      if (id === undefined || (number(found, 'status') ?? 0) !== 0) continue
      const longId = idText(found, 'long_id')
      const title = prose(text(found, 'rule_description')) ?? prose(text(found, 'description')) ?? id
      collector.add([text(found, 'location', 'filename')], {
        tool: NAME,
        ruleId: trivyId(id),
        title,
        message: prose(text(found, 'description')) ?? title,
        aliases: longId === undefined || longId === id ? [] : [longId],
        ...optional('remediation', prose(text(found, 'resolution'))),
        ...optional('severity', severityNamed(text(found, 'severity'))),
        ...optional('address', text(found, 'resource')),
        ...rangeOf(position(found, 'location', 'start_line'), 1, position(found, 'location', 'end_line')),
      })
    }
    return collector.result()
  },
}
