import { count, severityCounts } from '../words.ts'
import type { DocumentInput } from './input.ts'
import { checks, code, type Document, heading, list, text } from './model.ts'

/** Five minutes from a checkout to the first verified fix, with this project's own numbers. */
export function quickStart(input: DocumentInput): Document {
  const { audit, results } = input
  const fix = input.fix ?? { applied: [], held: [], files: [] }
  const needs = new Map(fix.held.flatMap((held) => held.needs).map((need) => [need.key, need]))
  const [main] = results
  return {
    title: 'Quick start',
    blocks: [
      text(
        `${count(audit.project.files, 'file')}, ${count(audit.project.resources, 'resource')}; open: ${severityCounts(audit.summary)}.`,
      ),
      heading('See'),
      ...checks([
        { text: 'What is wrong, gravest first; nothing is changed', done: false, command: 'secops audit .' },
        {
          text: 'One rule explained',
          done: false,
          command: `secops rules ${audit.findings[0]?.ruleId ?? 's3-no-public-acl'}`,
        },
      ]),
      heading('Fix'),
      ...checks([
        {
          text: `What would be fixed without asking: ${count(fix.applied.length, 'finding')} in ${count(fix.files.length, 'file')}`,
          done: false,
          command: 'secops fix . --dry-run',
        },
        {
          text: 'Do it: verified in memory first, with a backup, all files or none',
          done: false,
          command: 'secops fix .',
        },
        { text: 'Undo it', done: false, command: 'secops rollback' },
      ]),
      ...(needs.size === 0
        ? []
        : [
            heading('Tell it what only you know'),
            text('In secops.yaml:'),
            ...list([...needs.values()].map(({ key, question }) => [code(key), `: ${question}`])),
          ]),
      heading('Prove'),
      ...checks([
        {
          text: 'Requirement by requirement',
          done: false,
          command: `secops comply . --framework ${main?.framework ?? 'pci-dss-4.0.1'}`,
        },
        {
          text: 'An archive for the assessor, and its check',
          done: false,
          command: 'secops report . --pack evidence.zip && secops verify-pack evidence.zip',
        },
      ]),
      heading('Keep it so'),
      ...checks([
        {
          text: 'Configuration, CI workflow and hooks, shown before they are written',
          done: false,
          command: 'secops init',
        },
      ]),
    ],
  }
}
