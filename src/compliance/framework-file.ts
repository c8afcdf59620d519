import { CONTROLS } from '../rules/controls.ts'
import { nearest } from '../text/nearest.ts'
import type { ControlEdge, Framework, Requirement, RuleEdge } from './framework.ts'
import { readRecords, type RecordFile, type RecordReader } from './records.ts'

const FIELDS = ['id', 'title', 'version', 'retired', 'requirements']
const REQUIREMENT_FIELDS = ['id', 'subject', 'kind', 'note', 'evidenceWanted', 'rules', 'controls']
const KINDS = new Set(['A', 'P', 'M'])

/**
 * A framework of the user's own: one YAML mapping in the shape of `Framework`. Never throws.
 * @param ruleIds the rules that there are, so that a misspelt one is told
 */
export function parseFramework(file: string, text: string, ruleIds: readonly string[]): RecordFile<Framework> {
  return readRecords(file, text, 'framework-invalid', (reader) => {
    reader.onlyKnows(FIELDS)
    const id = reader.text('id')
    if (!/^[a-z0-9][a-z0-9.-]*$/.test(id)) reader.fail('id', '"id" must be of small letters, digits, - and .')
    const requirements: Requirement[] = []
    for (const item of reader.records('requirements')) {
      const requirement = readRequirement(item, ruleIds)
      if (requirements.some((other) => other.id === requirement.id)) {
        item.fail('id', `"${requirement.id}" is there twice`)
      }
      requirements.push(requirement)
    }
    if (requirements.length === 0) reader.fail('requirements', '"requirements" must name one at least')
    const retired = reader.has('retired') ? reader.date('retired') : undefined
    const framework: Framework = {
      id,
      title: reader.text('title'),
      version: reader.text('version'),
      ...(retired !== undefined && { retired }),
      requirements,
    }
    return reader.failed ? undefined : framework
  })
}

function readRequirement(reader: RecordReader, ruleIds: readonly string[]): Requirement {
  reader.onlyKnows(REQUIREMENT_FIELDS)
  const kind = reader.text('kind')
  if (!KINDS.has(kind)) {
    reader.fail('kind', '"kind" must be A (configuration shows it), P (a part of it) or M (a person states it)')
  }
  const shown = kind === 'A' ? 'A' : kind === 'P' ? 'P' : 'M'
  const note = shown === 'A' ? reader.optionalText('note') : reader.text('note')
  const evidenceWanted = shown === 'A' ? reader.optionalText('evidenceWanted') : reader.text('evidenceWanted')
  const rules = reader.has('rules') ? reader.records('rules').map((edge) => ruleEdge(edge, ruleIds)) : []
  const controls = reader.has('controls') ? reader.records('controls').map(controlEdge) : []
  if (shown === 'A' && rules.length + controls.length === 0) {
    reader.fail('kind', 'a requirement of kind A needs rules or controls, or nothing can ever show it')
  }
  return {
    id: reader.text('id'),
    subject: reader.text('subject'),
    kind: shown,
    ...(note !== undefined && { note }),
    ...(evidenceWanted !== undefined && { evidenceWanted }),
    rules,
    ...(controls.length > 0 && { controls }),
  }
}

function ruleEdge(reader: RecordReader, ruleIds: readonly string[]): RuleEdge {
  reader.onlyKnows(['rule', 'rationale'])
  const rule = reader.text('rule')
  if (rule !== '' && !ruleIds.includes(rule)) reader.fail('rule', `no rule ${rule}${hint(rule, ruleIds)}`)
  return { rule, rationale: reader.text('rationale') }
}

function controlEdge(reader: RecordReader): ControlEdge {
  reader.onlyKnows(['control', 'rationale'])
  const control = reader.text('control')
  const known = Object.keys(CONTROLS)
  if (control !== '' && !known.includes(control)) reader.fail('control', `no control ${control}${hint(control, known)}`)
  return { control, rationale: reader.text('rationale') }
}

function hint(name: string, known: readonly string[]): string {
  const near = nearest(name, known)
  return near === undefined ? '' : `; did you mean ${near}?`
}
