import { at, type Data, idText, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { trivyId } from './ids.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed } from './severity.ts'

const NAME = 'trivy'

/** `trivy fs|config|image --format json`, schema version 2, and the bare list of results before it. */
export const trivy: Importer = {
  name: NAME,
  title: 'Trivy JSON',
  detect(data) {
    return Array.isArray(data)
      ? objects(data).some((result) => text(result, 'Target') !== undefined)
      : position(data, 'SchemaVersion') !== undefined && text(data, 'ArtifactName') !== undefined
  },
  read(data, context) {
    const collector = new ImportCollector(context, NAME)
    const image = text(data, 'ArtifactType') === 'container_image'
    for (const result of objects(Array.isArray(data) ? data : at(data, 'Results'))) {
      // What an image holds is no file of the project.
      const target = image ? undefined : text(result, 'Target')
      for (const found of objects(at(result, 'Misconfigurations'))) addMisconfiguration(collector, target, found)
      for (const found of objects(at(result, 'Secrets'))) addSecret(collector, target, found)
      for (const found of objects(at(result, 'Vulnerabilities'))) {
        addVulnerability(collector, image ? undefined : text(found, 'PkgPath'), target, found)
      }
    }
    return collector.result()
  },
}

function addMisconfiguration(collector: ImportCollector, target: string | undefined, found: Data): void {
  const id = idText(found, 'AVDID') ?? idText(found, 'ID')
  const status = text(found, 'Status')
  if (id === undefined || (status !== undefined && status !== 'FAIL')) return
  const title = prose(text(found, 'Title')) ?? id
  const cause = at(found, 'CauseMetadata')
  collector.add([target], {
    tool: NAME,
    ruleId: trivyId(id),
    title,
    message: prose(text(found, 'Message')) ?? title,
    aliases: [],
    ...optional('remediation', prose(text(found, 'Resolution'))),
    ...optional('severity', severityNamed(text(found, 'Severity'))),
    ...optional('address', text(cause, 'Resource')),
    ...rangeOf(position(cause, 'StartLine'), 1, position(cause, 'EndLine')),
  })
}

/** `Match` and `Code` quote the file and are never read. */
function addSecret(collector: ImportCollector, target: string | undefined, found: Data): void {
  const ruleId = idText(found, 'RuleID')
  if (ruleId === undefined) return
  const title = prose(text(found, 'Title')) ?? ruleId
  collector.add([target], {
    tool: NAME,
    ruleId,
    title,
    message: `${title}: a secret stands in the file.`,
    aliases: [],
    ...optional('severity', severityNamed(text(found, 'Severity'))),
    ...rangeOf(position(found, 'StartLine'), 1, position(found, 'EndLine')),
    secret: true,
  })
}

function addVulnerability(
  collector: ImportCollector,
  packagePath: string | undefined,
  target: string | undefined,
  found: Data,
): void {
  const ruleId = idText(found, 'VulnerabilityID')
  if (ruleId === undefined) return
  const name = text(found, 'PkgName') ?? 'a package'
  const installed = text(found, 'InstalledVersion')
  const fixed = text(found, 'FixedVersion')
  const subject = installed === undefined ? name : `${name} ${installed}`
  collector.add([packagePath, target], {
    tool: NAME,
    ruleId,
    title: prose(text(found, 'Title')) ?? `${ruleId} in ${name}`,
    message: prose(`${subject} is affected by ${ruleId}.`) ?? ruleId,
    aliases: [],
    remediation: prose(fixed === undefined ? undefined : `Update ${name} to ${fixed}.`) ?? 'No fixed version is named.',
    ...optional('severity', severityNamed(text(found, 'Severity'))),
    address: installed === undefined ? name : `${name}@${installed}`,
  })
}
