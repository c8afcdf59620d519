import { at, type Data, idText, isData, objects, optional, prose, text } from './data.ts'
import { ImportCollector, type Importer } from './importer.ts'

const NAME = 'kubesec'

/** `kubesec scan`: what costs points is `critical`, what would bring some is `advise`. */
export const kubesec: Importer = {
  name: NAME,
  title: 'Kubesec JSON',
  detect(data) {
    return objects(data).some((one) => text(one, 'object') !== undefined && at(one, 'score') !== undefined)
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    for (const report of objects(data)) {
      if (!isData(at(report, 'scoring')) && at(report, 'valid') === false) {
        const reason = prose(text(report, 'message')) ?? 'no reason is given'
        collector.diagnose(
          'import-incomplete',
          `Kubesec could not read ${text(report, 'object') ?? 'a file'}: ${reason}`,
        )
      }
      for (const level of ['critical', 'advise'] as const) {
        for (const found of objects(at(report, 'scoring', level))) addRule(collector, report, level, found)
      }
    }
    return collector.result()
  },
}

function addRule(collector: ImportCollector, report: Data, level: 'critical' | 'advise', found: Data): void {
  const selector = prose(text(found, 'selector'))
  const ruleId = idText(found, 'id') ?? selector?.replace(/\s/g, '')
  if (ruleId === undefined) return
  const reason = prose(text(found, 'reason')) ?? ruleId
  collector.add([fileOf(report)], {
    tool: NAME,
    ruleId,
    title: reason,
    message: selector === undefined ? reason : `${reason} (${selector})`,
    aliases: [],
    severity: level === 'critical' ? 'HIGH' : 'LOW',
    ...optional('address', addressOf(text(report, 'object'))),
  })
}

/** Standard input and the server have no file. */
function fileOf(report: Data): string | undefined {
  const file = text(report, 'fileName')
  return file === 'STDIN' || file === 'API' ? undefined : file
}

/** `Deployment/web.shop` is `Deployment/shop/web`. */
function addressOf(object: string | undefined): string | undefined {
  const [, kind, name, namespace] = /^([^/]+)\/(.+)\.([^.]*)$/.exec(object ?? '') ?? []
  return kind === undefined || name === undefined ? undefined : `${kind}/${namespace ?? ''}/${name}`
}
