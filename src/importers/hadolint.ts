import type { SeverityName } from '../engine/finding.ts'
import { idText, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { ImportCollector, type Importer } from './importer.ts'

const NAME = 'hadolint'

/** Hadolint judges the style of a Dockerfile: its error is no breach. */
const SEVERITIES: ReadonlyMap<string, SeverityName> = new Map([
  ['error', 'MEDIUM'],
  ['warning', 'LOW'],
  ['info', 'INFO'],
  ['style', 'INFO'],
])

/** `hadolint --format json`. */
export const hadolint: Importer = {
  name: NAME,
  title: 'Hadolint JSON',
  detect(data) {
    return objects(data).some(
      (one) => /^(?:DL|SC)\d{4}$/.test(text(one, 'code') ?? '') && text(one, 'file') !== undefined,
    )
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const found of objects(data)) {
      const ruleId = idText(found, 'code')
      if (ruleId === undefined) continue
      const message = prose(text(found, 'message')) ?? ruleId
      const file = text(found, 'file')
      collector.add([file === '-' || file === '/dev/stdin' ? undefined : file], {
        tool: NAME,
        ruleId,
        title: message,
        message,
        aliases: [],
        ...optional('severity', SEVERITIES.get(text(found, 'level') ?? '')),
        ...rangeOf(position(found, 'line'), position(found, 'column')),
      })
    }
    return collector.result()
  },
}
