import { count } from '../words.ts'
import type { FixResult } from '../../verify/results.ts'
import { type DocumentInput, NO_PLAN, openFindings, placeOf } from './input.ts'
import { type Block, checks, code, type Document, heading, section, table, text } from './model.ts'

/** For who does the work: by fixer, what is applied, held with its runbook, and refused with its reason. */
export function engineer(input: DocumentInput): Document {
  const { fix } = input
  if (fix === undefined) return { title: 'Engineering report', blocks: [text(NO_PLAN)] }
  const place = new Map(openFindings(input).map((finding) => [finding.fingerprint, placeOf(finding)]))
  const fixers = [...new Set([...fix.applied, ...fix.held].map(({ fixer }) => fixer))].toSorted()
  return {
    title: 'Engineering report',
    blocks: [
      text(
        `${count(fix.applied.length, 'finding')} applied by `,
        code('secops fix'),
        `, ${fix.held.length} held, ${fix.refused.length} refused; ${count(fix.files.length, 'file')} would change.`,
      ),
      ...fixers.flatMap((fixer) => fixerPart(fix, fixer, place)),
      ...refused(fix, place),
      ...section(
        'Afterwards',
        checks(
          fix.nextSteps.map((step) => ({
            text: step.text,
            done: false,
            ...(step.command !== undefined && { command: step.command }),
          })),
        ),
      ),
      heading('Going back'),
      text('Every run is kept with a backup: ', code('secops rollback'), ' undoes the last one, byte for byte.'),
    ],
  }
}

type Places = ReadonlyMap<string, ReturnType<typeof placeOf>>

function fixerPart(fix: FixResult, fixer: string, place: Places): readonly Block[] {
  const applied = fix.applied.filter((one) => one.fixer === fixer)
  const held = fix.held.filter((one) => one.fixer === fixer)
  return [
    heading(fixer),
    ...table(
      'Applied without approval',
      ['Rank', 'What', 'Resource', 'Place'],
      applied.map(({ rank, title, address, fingerprint }) => [
        rank,
        title,
        code(address),
        place.get(fingerprint) ?? '',
      ]),
    ),
    ...held.map((one): Block => {
      const needs = one.needs.map(({ key, question }) => text(code(key), `: ${question}`))
      return {
        kind: 'details',
        summary: [`${one.rank}: ${one.title} (`, code(one.address), ')'],
        blocks: [
          text(`Held: ${one.reason} Release with `, code(`secops fix . --approve ${one.fingerprint.slice(0, 12)}`)),
          ...needs,
          ...(one.blastRadius.length === 0
            ? []
            : [
                text(
                  'Depends on it: ',
                  one.blastRadius.slice(0, 20).map((user, i) => [i === 0 ? '' : ', ', code(user)]),
                ),
              ]),
          ...(one.runbook === '' ? [] : [{ kind: 'markdown', text: one.runbook } as const]),
        ],
      }
    }),
  ]
}

function refused(fix: FixResult, place: Places): readonly Block[] {
  const groups = new Map<string, { reason: string; code: string; rule: string; fingerprints: string[] }>()
  for (const one of fix.refused) {
    const key = `${one.ruleId}\u0000${one.reason}`
    const group = groups.get(key) ?? { reason: one.reason, code: one.code, rule: one.ruleId, fingerprints: [] }
    group.fingerprints.push(one.fingerprint)
    groups.set(key, group)
  }
  return section(
    'Not fixed',
    table(
      'Why, one row for each rule and reason',
      ['Rule', '#Places', 'First place', 'Kind', 'Reason'],
      [...groups.values()].map(({ rule, fingerprints, code: kind, reason }) => [
        code(rule),
        String(fingerprints.length),
        place.get(fingerprints[0] ?? '') ?? '',
        kind,
        reason,
      ]),
    ),
  )
}
