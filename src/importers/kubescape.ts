import { at, type Data, idText, isData, number, objects, optional, prose, text } from './data.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed, severityOfScore } from './severity.ts'

const NAME = 'kubescape'

/** `kubescape scan --format json --format-version v2`. Results name resources; the files stand beside them. */
export const kubescape: Importer = {
  name: NAME,
  title: 'Kubescape JSON (v2)',
  detect(data) {
    return (
      isData(at(data, 'summaryDetails')) ||
      objects(at(data, 'results')).some(
        (one) => text(one, 'resourceID') !== undefined && at(one, 'controls') !== undefined,
      )
    )
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    const resources = new Map(objects(at(data, 'resources')).map((one) => [text(one, 'resourceID'), one]))
    for (const result of objects(at(data, 'results'))) {
      const id = text(result, 'resourceID')
      const resource = id === undefined ? undefined : resources.get(id)
      const subject = { resource, raw: at(result, 'rawResource') }
      for (const control of objects(at(result, 'controls'))) {
        if (isFailed(control)) addControl(collector, data, subject, control)
      }
    }
    return collector.result()
  },
}

/** The status of a control, or in older reports that of one of its rules. */
function isFailed(control: Data): boolean {
  const status = text(control, 'status', 'status')
  if (status !== undefined) return status === 'failed'
  return objects(at(control, 'rules')).some((rule) => text(rule, 'status') === 'failed')
}

function addControl(
  collector: ImportCollector,
  report: unknown,
  { resource, raw }: { readonly resource: Data | undefined; readonly raw: unknown },
  control: Data,
): void {
  const ruleId = idText(control, 'controlID')
  if (ruleId === undefined) return
  const title = prose(text(control, 'name')) ?? ruleId
  const summary = at(report, 'summaryDetails', 'controls', ruleId)
  const paths = failedPaths(control)
  const source = at(resource, 'source') ?? at(raw, 'source')
  collector.add([text(source, 'path'), text(source, 'relativePath')], {
    tool: NAME,
    ruleId,
    title,
    message: prose(paths.length === 0 ? title : `${title}: ${paths.join(', ')}`) ?? title,
    aliases: [],
    ...optional('remediation', prose(text(summary, 'remediation'))),
    ...optional(
      'severity',
      severityNamed(text(control, 'severity')) ??
        severityNamed(text(summary, 'severity')) ??
        severityOfScore(number(summary, 'scoreFactor')),
    ),
    ...optional('address', addressOf(at(resource, 'object') ?? at(raw, 'object'))),
  })
}

/** Attribute paths only: a `fixPath` has values beside it. */
function failedPaths(control: Data): string[] {
  const paths = objects(at(control, 'rules')).flatMap((rule) =>
    objects(at(rule, 'paths')).flatMap((path) => text(path, 'failedPath') ?? text(path, 'fixPath', 'path') ?? []),
  )
  return [...new Set(paths)].sort().slice(0, 5)
}

function addressOf(object: unknown): string | undefined {
  const kind = text(object, 'kind')
  const name = text(object, 'metadata', 'name') ?? text(object, 'name')
  const namespace = text(object, 'metadata', 'namespace') ?? text(object, 'namespace') ?? ''
  return kind === undefined || name === undefined ? undefined : `${kind}/${namespace}/${name}`
}
