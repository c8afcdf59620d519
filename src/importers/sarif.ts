import type { SeverityName } from '../engine/finding.ts'
import { kubernetesAddress } from './addresses.ts'
import { at, type Data, idText, isData, member, objects, optional, position, prose, rangeOf, text } from './data.ts'
import { canonicalId, isAboutSecrets, toolName } from './ids.ts'
import { ImportCollector, type Importer } from './importer.ts'
import { severityNamed, severityOfScore } from './severity.ts'

/** SARIF 2.1.0 of any tool: results that fail, are not suppressed and name a file. */
export const sarif: Importer = {
  name: 'sarif',
  title: 'SARIF 2.1.0',
  detect(data) {
    return Array.isArray(at(data, 'runs')) && text(data, 'version')?.startsWith('2.') === true
  },
  read(data, context) {
    const collector = new ImportCollector(context, 'SARIF')
    for (const run of objects(at(data, 'runs'))) {
      const tool = toolName(text(run, 'tool', 'driver', 'name'))
      for (const result of objects(at(run, 'results'))) {
        if (fails(result)) addResult(collector, tool, run, result)
      }
    }
    return collector.result()
  },
}

function fails(result: Data): boolean {
  const accepted = objects(at(result, 'suppressions')).some((one) => (text(one, 'status') ?? 'accepted') === 'accepted')
  return (text(result, 'kind') ?? 'fail') === 'fail' && text(result, 'baselineState') !== 'absent' && !accepted
}

function addResult(collector: ImportCollector, tool: string, run: Data, result: Data): void {
  const rule = ruleOf(run, result)
  const id = idText(result, 'ruleId') ?? idText(result, 'rule', 'id') ?? idText(rule, 'id')
  if (id === undefined) return
  const [location] = objects(at(result, 'locations'))
  const region = at(location, 'physicalLocation', 'region')
  const tags = at(rule, 'properties', 'tags')
  const secret = isAboutSecrets(
    id,
    text(rule, 'name'),
    ...(Array.isArray(tags) ? tags.map(String) : []),
    tool === 'gitleaks' ? 'secret' : '',
  )
  const title = prose(text(rule, 'shortDescription', 'text') ?? text(rule, 'name')) ?? id
  const address = logicalName(result, location)
  collector.add(uris(run, location), {
    tool,
    ruleId: canonicalId(tool, id),
    title,
    message: (secret ? undefined : prose(messageOf(result, rule))) ?? title,
    aliases: [],
    ...optional('remediation', prose(text(rule, 'help', 'text'))),
    ...optional('severity', severityOf(result, rule)),
    ...optional('address', address === undefined ? undefined : kubernetesAddress(address)),
    ...rangeOf(
      position(region, 'startLine'),
      position(region, 'startColumn'),
      position(region, 'endLine'),
      position(region, 'endColumn'),
    ),
    ...(secret && { secret }),
  })
}

/** The descriptor in the driver, or in the extension that the result names. */
function ruleOf(run: Data, result: Data): Data | undefined {
  const extension = at(result, 'rule', 'toolComponent', 'index')
  const component =
    typeof extension === 'number' ? itemAt(at(run, 'tool', 'extensions'), extension) : at(run, 'tool', 'driver')
  const rules = at(component, 'rules')
  const index = at(result, 'ruleIndex') ?? at(result, 'rule', 'index')
  const byIndex = typeof index === 'number' ? itemAt(rules, index) : undefined
  const id = text(result, 'ruleId') ?? text(result, 'rule', 'id')
  return byIndex ?? objects(rules).find((rule) => id !== undefined && text(rule, 'id') === id)
}

function itemAt(list: unknown, index: number): Data | undefined {
  const item: unknown = Array.isArray(list) ? list[index] : undefined
  return isData(item) ? item : undefined
}

/** A message's text, or the rule's template of that id with its arguments. */
function messageOf(result: Data, rule: Data | undefined): string | undefined {
  const direct = text(result, 'message', 'text')
  const id = text(result, 'message', 'id')
  const template = direct ?? (id === undefined ? undefined : text(rule, 'messageStrings', id, 'text'))
  const given = at(result, 'message', 'arguments')
  const values: readonly unknown[] = Array.isArray(given) ? given : []
  return template?.replace(/\{(\d{1,3})\}/g, (whole, index: string) => {
    const value = values[Number(index)]
    return typeof value === 'string' ? value : whole
  })
}

function severityOf(result: Data, rule: Data | undefined): SeverityName | undefined {
  const score = at(result, 'properties', 'security-severity') ?? at(rule, 'properties', 'security-severity')
  const scored = typeof score === 'string' && score.trim() !== '' ? Number(score) : score
  const byScore = severityOfScore(typeof scored === 'number' ? scored : undefined)
  return byScore ?? severityNamed(text(result, 'level') ?? text(rule, 'defaultConfiguration', 'level') ?? 'warning')
}

/** The file with and without the base that its location names. */
function uris(run: Data, location: unknown): (string | undefined)[] {
  const given = at(location, 'physicalLocation', 'artifactLocation')
  const index = at(given, 'index')
  const artifact =
    text(given, 'uri') ??
    (typeof index === 'number' ? text(itemAt(at(run, 'artifacts'), index), 'location', 'uri') : undefined)
  if (artifact === undefined) return []
  const baseId = text(given, 'uriBaseId')
  const base = baseId === undefined ? undefined : text(member(at(run, 'originalUriBaseIds'), baseId), 'uri')
  const path = pathOf(artifact)
  const whole =
    base === undefined || path?.startsWith('/') ? undefined : pathOf(`${base.replace(/\/$/, '')}/${artifact}`)
  return [whole, path]
}

/** The path of a relative or `file:` URI; undefined for any other scheme. A stray `%` stands for itself. */
function pathOf(uri: string): string | undefined {
  const bare = uri.replace(/^file:(?:\/\/[^/]*)?(?=\/)/i, '').replace(/^\/(?=[A-Za-z]:\/)/, '')
  if (/^[a-z][a-z0-9+.-]+:/i.test(bare)) return undefined
  try {
    return decodeURIComponent(bare)
  } catch {
    return bare
  }
}

/** The resource that a result names: only addresses of resources help to find it again. */
function logicalName(result: Data, location: unknown): string | undefined {
  const names = [...objects(at(location, 'logicalLocations')), ...objects(at(result, 'logicalLocations'))]
  const resource = names.find((one) => text(one, 'kind') === 'resource')
  return text(resource, 'fullyQualifiedName') ?? text(resource, 'name')
}
