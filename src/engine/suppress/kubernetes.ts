import type { YamlFile } from '../../parse/yaml/ast.ts'
import { asString, Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'
import { yamlSpan } from '../../resources/location.ts'
import { foreign, isDate, parseComment, type Suppression } from './directive.ts'
import { KUBE_LINTER_CHECKS } from './kube-linter.ts'

/** The directives in the comments of a YAML file: beside a line for that line, alone for the entry that begins below. */
export function yamlSuppressions(file: YamlFile): Suppression[] {
  if (file.syntax === 'json') return []
  const found: Suppression[] = []
  for (let line = 1; line <= file.lines.lineCount; line++) {
    const text = file.lines.lineText(line)
    const match = /(?:^|\s)#\s*(?:secops:ignore|(?:checkov|bridgecrew):skip|(?:tfsec|trivy):ignore).*$/.exec(text)
    const directive = match === null ? undefined : parseComment(match[0].trim())
    if (match === null || directive === undefined) continue
    const start = file.lines.lineStart(line) + match.index
    const alone = text.slice(0, match.index).trim() === ''
    found.push({
      ...directive,
      file: file.path,
      at: { start, end: file.lines.lineEnd(line) },
      covers: { kind: 'span', span: alone ? entryBelow(file, line) : lineSpan(file, line) },
    })
  }
  return found
}

/** From the first line of code below to the last line that is indented deeper, or to the end of the document. */
function entryBelow(file: YamlFile, line: number): { start: number; end: number } {
  const { lines } = file
  let first = line + 1
  while (first < lines.lineCount && /^\s*(?:#|$)/.test(lines.lineText(first))) first++
  const indent = lines.lineText(first).search(/\S/)
  const inDocument = file.documents.find(
    ({ span }) => span.start <= lines.lineStart(first) && lines.lineStart(first) < span.end,
  )
  const opensDocument =
    indent === 0 &&
    inDocument !== undefined &&
    file.text
      .slice(inDocument.span.start, lines.lineStart(first))
      .replace(/^\s*(?:#.*|---)?\s*$/gm, '')
      .trim() === ''
  if (opensDocument) return inDocument.span
  let last = first
  while (last < lines.lineCount) {
    const next = lines.lineText(last + 1)
    if (next.trim() !== '' && next.search(/\S/) <= indent) break
    last++
  }
  return { start: lines.lineStart(first), end: lines.lineEnd(last) }
}

function lineSpan(file: YamlFile, line: number): { start: number; end: number } {
  return { start: file.lines.lineStart(line), end: file.lines.lineEnd(line) }
}

/**
 * Annotations of an object: `checkov.io/skip1: CKV_K8S_20=reason`, `ignore-check.kube-linter.io/NAME: reason`, and our
 * own `secops.dev/ignore: RULE[,RULE]` with `secops.dev/reason`, `-owner` and `-until` beside it.
 */
export function annotationSuppressions(resource: KubernetesResource): Suppression[] {
  const annotations = Place.of(resource).get('metadata', 'annotations')
  const found: Suppression[] = []
  for (const key of annotations.keys()) {
    const place = annotations.get(key)
    const value = place.value === undefined ? '' : (asString(place.value) ?? '')
    const directive = parseAnnotation(key, value, annotations)
    if (directive === undefined) continue
    found.push({
      ...directive,
      file: resource.source.document.path,
      at: place.location.span,
      covers: { kind: 'declaration', span: yamlSpan(resource.source.node) },
    })
  }
  return found
}

function parseAnnotation(key: string, value: string, annotations: Place): ReturnType<typeof parseComment> {
  if (/^(?:checkov|bridgecrew)\.io\/skip\w*$/.test(key)) {
    const [rules = '', ...reason] = value.split('=')
    return foreign('checkov', rules.split(','), reason.join('='))
  }
  const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(key)?.[1]
  if (check !== undefined) return foreign('kube-linter', KUBE_LINTER_CHECKS.get(check) ?? [check], value)
  if (key !== 'secops.dev/ignore') return undefined
  const beside = (name: string): string | undefined => {
    const other = annotations.get(`secops.dev/${name}`).value
    return other === undefined ? undefined : asString(other)
  }
  const until = beside('until')
  return {
    ...foreign('secops', value.split(','), beside('reason')),
    owner: beside('owner'),
    until,
    ...(until !== undefined &&
      !isDate(until) && { fault: `secops.dev/until: ${until} is not a date such as 2026-12-31` }),
  }
}
