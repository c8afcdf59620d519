import { applicable, type DocumentInput, inPlace, minutes, openFindings } from './input.ts'
import { checks, code, type Document, section, text } from './model.ts'

/** What is to do, in the order in which it is best done, each item to be ticked. */
export function checklist(input: DocumentInput): Document {
  const { results } = input
  const held = input.fix?.held ?? []
  const nextSteps = input.fix?.nextSteps ?? []
  const [main] = results
  const needs = new Map(
    [...held.flatMap((one) => one.needs), ...(main?.projection ?? []).flatMap((step) => step.needs)].map((need) => [
      need.key,
      need,
    ]),
  )
  const steps = main?.projection ?? []
  const decisions = openFindings(input).filter(({ rank }) => rank === 'S')
  return {
    title: 'Implementation checklist',
    blocks: [
      text('Tick a box only when its proof has been seen. The next audit ticks what it can see by itself.'),
      ...section(
        '1. Values for secops.yaml that only you know',
        checks(
          [...needs.values()].map(({ key, question }) => ({
            text: [code(key), `: ${question}`],
            done: false,
          })),
        ),
      ),
      ...section(
        '2. Fixes',
        checks(
          steps.map(({ fixer, approve, minutes: time, step }) => ({
            text: [
              `Step ${step}: `,
              code(fixer),
              approve === 'none' ? '' : `, after rank ${approve} is approved`,
              `, ${minutes(time)} of a person's time`,
            ],
            done: false,
            command: `secops fix . --fixer ${fixer}${approve === 'none' ? '' : ` --approve ${approve}`}`,
          })),
        ),
      ),
      ...section(
        '3. Roll out and prove',
        checks(
          nextSteps
            .filter(({ kind }) => kind !== 'value')
            .map((step) => ({
              text: step.text,
              done: false,
              ...(step.command !== undefined && { command: step.command }),
            })),
        ),
      ),
      ...section(
        '4. Decisions',
        checks(
          [...new Map(decisions.map((finding) => [finding.ruleId, finding])).values()].map((finding) => ({
            text: [`${finding.title} (`, code(finding.resource.address), ')'],
            done: false,
            details: [finding.remediation],
          })),
        ),
      ),
      ...results.flatMap((result) =>
        section(
          `5. Requirements of ${result.title}`,
          checks(
            result.requirements.filter(applicable).map((requirement) => ({
              text: [code(requirement.id), ` ${requirement.subject}: ${requirement.status}`],
              done: inPlace(requirement),
              details:
                inPlace(requirement) || requirement.evidenceWanted === undefined
                  ? []
                  : [`Attestation with: ${requirement.evidenceWanted}.`],
            })),
          ),
        ),
      ),
    ],
  }
}
