import type { ComplianceResult } from '../../compliance/comply.ts'
import { STATUSES } from '../../compliance/status.ts'
import { count } from '../words.ts'
import { applicable, type DocumentInput, inPlace, waitsForPerson } from './input.ts'
import { standing } from './executive.ts'
import { type Block, code, type Document, heading, list, section, table, text } from './model.ts'

/** What an auditor can be shown today, what has run out, and what they will ask for. */
export function auditReadiness(input: DocumentInput): Document {
  return {
    title: 'Audit readiness',
    blocks: [...standing(input), ...input.results.flatMap(readiness), ...limits(input)],
  }
}

function readiness(result: ComplianceResult): readonly Block[] {
  const counted = result.requirements.filter(applicable)
  const shown = counted.filter(inPlace)
  const waiting = counted.filter(waitsForPerson)
  const failing = counted.filter((requirement) => !inPlace(requirement) && !waitsForPerson(requirement))
  const verdict =
    shown.length === counted.length
      ? 'Every applicable requirement is in place, with evidence.'
      : `Not ready: ${failing.length} of ${counted.length} applicable requirements fail or are incomplete in configuration, ${waiting.length} wait for an attestation.`
  const attested = result.requirements.flatMap(({ id, attestation }) =>
    attestation === undefined ? [] : [{ id, attestation }],
  )
  const exceptions = result.requirements.flatMap(({ id, exceptions: list }) =>
    list.map((exception) => ({ id, exception })),
  )
  return [
    heading(`Readiness for ${result.title}`),
    text({ strong: verdict }),
    ...table(
      `Requirements by status, as of ${result.asOf}`,
      ['Status', '#Requirements'],
      STATUSES.map((status) => [status, String(result.requirements.filter((one) => one.status === status).length)]),
    ),
    ...table(
      'Attestations that count',
      ['Requirement', 'Owner', 'Since', 'Until', 'Evidence'],
      attested
        .toSorted((a, b) => (a.attestation.expires < b.attestation.expires ? -1 : 1))
        .map(({ id, attestation }) => [
          code(id),
          attestation.owner,
          attestation.date,
          attestation.expires,
          code(attestation.evidence.file),
        ]),
    ),
    ...table(
      'Exceptions that count',
      ['Requirement', 'Target', 'Owner', 'Until', 'Reason'],
      exceptions.map(({ id, exception }) => [
        code(id),
        code(exception.target),
        exception.owner,
        exception.expires,
        exception.reason,
      ]),
    ),
    ...section(
      'Statements that do not count',
      list(
        result.notCounted.map(
          ({ kind, subject, owner, reason }) =>
            `${kind} ${subject}${owner === undefined ? '' : ` by ${owner}`}: ${reason}`,
        ),
      ),
      3,
    ),
    ...section(
      'Evidence on file',
      table(
        'Checks for each requirement that configuration speaks to',
        ['Requirement', 'Status', '#Passed', '#Failed', '#Undecided', '#Suppressed'],
        counted
          .filter(({ evidence }) => evidence.length > 0)
          .map(({ id, status, evidence }) => [
            code(id),
            status,
            ...(['passed', 'failed', 'undecided', 'suppressed'] as const).map((outcome) =>
              String(evidence.filter((one) => one.outcome === outcome).length),
            ),
          ]),
      ),
      3,
    ),
    ...section(
      'What the auditor will ask for',
      table(
        'Wanted, and not attested',
        ['Requirement', 'Subject', 'Wanted'],
        waiting.map(({ id, subject, evidenceWanted = '' }) => [code(id), subject, evidenceWanted]),
      ),
      3,
    ),
  ]
}

function limits({ audit }: DocumentInput): readonly Block[] {
  const items = [
    ...audit.errors.map(({ ruleId, message }) => `Rule ${ruleId} failed inside: ${message}`),
    ...audit.diagnostics.slice(0, 50).map(({ file, message }) => `${file}: ${message}`),
    ...audit.project.unchecked.map(
      ({ type, count: number }) => `${count(number, 'resource')} of type ${type}: no rule is for it.`,
    ),
  ]
  return section('What was not judged', list(items))
}
