import { idText, objects, position, prose, rangeOf, text } from './data.ts'
import { ImportCollector, type Importer } from './importer.ts'

const NAME = 'gitleaks'

/** `gitleaks --report-format json`. `Secret`, `Match` and `Line` hold the value and are never read. */
export const gitleaks: Importer = {
  name: NAME,
  title: 'Gitleaks JSON',
  detect(data) {
    return objects(data).some((one) => idText(one, 'RuleID') !== undefined && text(one, 'File') !== undefined)
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const found of objects(data)) {
      const ruleId = idText(found, 'RuleID')
      if (ruleId === undefined) continue
      const title = prose(text(found, 'Description')) ?? ruleId
      const [commit] = /^[0-9a-f]{7}/.exec(text(found, 'Commit') ?? '') ?? []
      collector.add([text(found, 'File')], {
        tool: NAME,
        ruleId,
        title,
        message:
          commit === undefined
            ? `A secret stands in the file (${ruleId}).`
            : `A secret stands in commit ${commit} of this file (${ruleId}).`,
        remediation: 'Revoke or rotate the secret, then remove it from the file and from the history.',
        aliases: [],
        ...rangeOf(
          position(found, 'StartLine'),
          position(found, 'StartColumn'),
          position(found, 'EndLine'),
          position(found, 'EndColumn'),
        ),
        secret: true,
      })
    }
    return collector.result()
  },
}
