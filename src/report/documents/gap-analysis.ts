import type { ComplianceResult, RequirementResult } from '../../compliance/comply.ts'
import type { Finding } from '../../engine/finding.ts'
import { count } from '../words.ts'
import { applicable, type DocumentInput, inPlace, openFindings, placeOf } from './input.ts'
import { standing } from './executive.ts'
import { type Block, code, type Document, heading, list, section, table, text } from './model.ts'

/** Rows for one requirement; the rest is counted. */
const ROWS = 25

/** Requirement by requirement, what is missing and what would close it. */
export function gapAnalysis(input: DocumentInput): Document {
  return {
    title: 'Gap analysis',
    blocks: [...standing(input), ...input.results.flatMap((result) => framework(result, input))],
  }
}

function framework(result: ComplianceResult, input: DocumentInput): readonly Block[] {
  const gaps = result.requirements.filter((requirement) => applicable(requirement) && !inPlace(requirement))
  const checked = gaps.filter(({ evidence }) => evidence.length > 0)
  const unseen = gaps.filter(({ evidence }) => evidence.length === 0)
  const byRequirement = new Map<string, Finding[]>()
  for (const finding of openFindings(input)) {
    for (const id of finding.requirements) {
      const list = byRequirement.get(id)
      if (list === undefined) byRequirement.set(id, [finding])
      else list.push(finding)
    }
  }
  return [
    heading(`Gaps in ${result.title}`),
    text(
      `${count(gaps.length, 'applicable requirement')} not in place: ${checked.length} with evidence from configuration, ${unseen.length} without any.`,
    ),
    ...checked.flatMap((requirement) => gap(requirement, byRequirement.get(requirement.id) ?? [])),
    ...section(
      `Without evidence, ${result.title}`,
      table(
        'What an assessor wants to see',
        ['Requirement', 'Subject', 'Wanted'],
        unseen.map(({ id, subject, evidenceWanted = '' }) => [code(id), subject, evidenceWanted]),
      ),
    ),
  ]
}

function gap(requirement: RequirementResult, findings: readonly Finding[]): readonly Block[] {
  const { id, subject, status, reason, note, evidenceWanted, attestation } = requirement
  const missing = [
    ...(note === undefined ? [] : [note]),
    ...(evidenceWanted !== undefined && attestation === undefined ? [`Wanted: ${evidenceWanted}.`] : []),
  ]
  return [
    heading(`${id}: ${status}`, 3),
    text({ strong: subject }, `. ${reason}`),
    ...list(missing),
    ...table(
      'Open findings',
      ['Severity', 'What should be so, and is not', 'Resource', 'Place', 'Closed by'],
      findings
        .slice(0, ROWS)
        .map((finding) => [
          finding.severity,
          finding.title,
          code(finding.resource.address),
          placeOf(finding),
          finding.fix === undefined ? 'a person' : [code(finding.fix.fixer), `, rank ${finding.rank}`],
        ]),
    ),
    ...(findings.length > ROWS
      ? [text(`${count(findings.length - ROWS, 'more finding')}: secops audit --format csv.`)]
      : []),
  ]
}
