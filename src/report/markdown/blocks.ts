import type { Align } from '../table.ts'

/** A GitHub-flavoured table. Cells must be escaped already. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (align[column] === 'right' ? '---:' : '---'))), ...rows.map(line)]
}

/** A heading with its content, blank lines around; nothing if there is no content. */
export function section(level: number, title: string, content: readonly string[]): string[] {
  return content.length === 0 ? [] : ['', `${'#'.repeat(level)} ${title}`, '', ...content]
}

export function document(lines: readonly string[]): string {
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}
