import { escapeMarkdown, markdownCode, markdownFence, visibleLines } from '../escape.ts'
import { document as joined, markdownTable } from '../markdown/blocks.ts'
import type { Block, CheckItem, Document, Inline } from './model.ts'

export function documentMarkdown({ title, blocks }: Document, subtitle: string): string {
  return joined([`# ${escapeMarkdown(title)}`, '', escapeMarkdown(subtitle), '', ...blocks.flatMap(lines)])
}

function lines(block: Block): string[] {
  switch (block.kind) {
    case 'heading':
      return ['', `${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`, '']
    case 'text':
      return [inline(block.text), '']
    case 'list':
      return [...block.items.map((item) => `- ${inline(item)}`), '']
    case 'checks':
      return [...block.items.flatMap(checkLines), '']
    case 'table': {
      const align = block.columns.map(({ number }) => (number === true ? 'right' : 'left'))
      const head = block.columns.map((column) => escapeMarkdown(column.title))
      return [
        ...markdownTable(
          head,
          block.rows.map((row) => row.map(inline)),
          align,
        ),
        '',
      ]
    }
    case 'code':
      return [markdownFence(block.text, block.language), '']
    case 'chart':
      return [escapeMarkdown(block.text), '']
    case 'details':
      return [
        '<details>',
        `<summary>${inline(block.summary)}</summary>`,
        '',
        ...block.blocks.flatMap(lines),
        '</details>',
        '',
      ]
    case 'markdown':
      return [visibleLines(block.text), '']
  }
}

function checkLines({ text, done, details = [], command }: CheckItem): string[] {
  return [
    `- [${done ? 'x' : ' '}] ${inline(text)}`,
    ...details.map((detail) => `  - ${inline(detail)}`),
    ...(command === undefined
      ? []
      : markdownFence(command, 'sh')
          .split('\n')
          .map((line) => `  ${line}`)),
  ]
}

function inline(part: Inline): string {
  if (typeof part === 'string') return escapeMarkdown(part) === '' ? '' : spaced(part)
  if ('code' in part) return markdownCode(part.code)
  if ('strong' in part) return `**${escapeMarkdown(part.strong)}**`
  return part.map(inline).join('')
}

/** Escaping trims; the space between one part and the next stays. */
function spaced(text: string): string {
  return `${/^\s/.test(text) ? ' ' : ''}${escapeMarkdown(text)}${/\s$/.test(text) ? ' ' : ''}`
}
