import type { FixResult } from '../../verify/results.ts'
import { escapeMarkdown, markdownCode, markdownFence } from '../escape.ts'
import { beforeAfter } from '../text/fix.ts'
import { count } from '../words.ts'
import { document, markdownTable, section } from './blocks.ts'

export function renderFixMarkdown(fix: FixResult): string {
  return document(['# Fixes', '', ...fixLines(fix, 2)])
}

/** The fixes without their title, their headings starting at `level`. */
export function fixLines(fix: FixResult, level: number): string[] {
  const done = `${count(fix.applied.length, 'finding')} ${fix.dryRun ? 'would be fixed' : 'fixed'} in ${count(fix.files.length, 'file')}`
  return [
    `${done}, ${fix.held.length} held for approval, ${fix.refused.length} not fixed. ${beforeAfter(fix.before, fix.after)}`,
    ...section(
      level,
      fix.dryRun ? 'Would be fixed' : 'Fixed',
      fix.applied.length === 0
        ? []
        : markdownTable(
            ['rank', 'fix', 'resource', 'files'],
            fix.applied.map((one) => [
              one.rank,
              `${escapeMarkdown(one.title)} (${markdownCode(one.fixer)})`,
              markdownCode(one.address),
              one.files.map(markdownCode).join(', '),
            ]),
          ),
    ),
    ...section(
      level,
      'Held for approval',
      fix.held.flatMap((held) => heldLines(held, level + 1)),
    ),
    ...section(
      level,
      'Not fixed',
      fix.refused.map(
        (one) =>
          `- ${markdownCode(one.ruleId)} ${markdownCode(one.address)}: ${escapeMarkdown(one.reason)} (${one.code})`,
      ),
    ),
    ...section(
      level,
      'Next steps',
      fix.nextSteps.flatMap(({ text, command }) => [
        `- ${escapeMarkdown(text)}`,
        ...(command === undefined ? [] : ['', ...indented(markdownFence(command, '')), '']),
      ]),
    ),
    ...section(level, 'Changes', fix.diff === '' ? [] : [markdownFence(fix.diff, 'diff')]),
  ]
}

function heldLines(held: FixResult['held'][number], level: number): string[] {
  return [
    ...section(level, `${held.rank}: ${escapeMarkdown(held.title)}`, [
      `${markdownCode(held.address)}, fingerprint ${markdownCode(held.fingerprint.slice(0, 8))}. ${escapeMarkdown(held.reason)}`,
      ...(held.blastRadius.length > 0 ? ['', `Touches ${held.blastRadius.map(markdownCode).join(', ')}.`] : []),
      ...(held.needs.length > 0 ? [''] : []),
      ...held.needs.map(({ key, question }) => `- Needs ${markdownCode(key)}: ${escapeMarkdown(question)}`),
      // A runbook is Markdown, but names from the repository stand in it: shown as it is, not interpreted.
      ...(held.runbook === '' ? [] : ['', markdownFence(held.runbook, '')]),
    ]),
    '',
  ]
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`)
}
