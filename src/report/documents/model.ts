import type { Markup } from '../html/markup.ts'

/** Text of a document; names from the repository stand as `code`. */
export type Inline = string | { readonly code: string } | { readonly strong: string } | readonly Inline[]

export interface CheckItem {
  readonly text: Inline
  readonly done: boolean
  /** Shown below the item. */
  readonly details?: readonly Inline[]
  /** A command to copy. */
  readonly command?: string
}

/** What a document is made of; each renderer knows all of them. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: Inline }
  | { readonly kind: 'list'; readonly items: readonly Inline[] }
  | { readonly kind: 'checks'; readonly items: readonly CheckItem[] }
  | {
      readonly kind: 'table'
      readonly caption: string
      readonly columns: readonly { readonly title: string; readonly number?: boolean }[]
      readonly rows: readonly (readonly Inline[])[]
    }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'chart'; readonly chart: Markup; readonly text: string }
  | { readonly kind: 'details'; readonly summary: Inline; readonly blocks: readonly Block[] }
  /** Markdown that this program wrote itself, such as a runbook. */
  | { readonly kind: 'markdown'; readonly text: string }

export interface Document {
  readonly title: string
  readonly blocks: readonly Block[]
}

export function heading(text: string, level: 2 | 3 = 2): Block {
  return { kind: 'heading', level, text }
}

export function text(...parts: readonly Inline[]): Block {
  return { kind: 'text', text: parts }
}

export function list(items: readonly Inline[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}

export function checks(items: readonly CheckItem[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'checks', items }]
}

/** Nothing if there are no rows. A title that begins with `#` is a column of numbers. */
export function table(
  caption: string,
  titles: readonly string[],
  rows: readonly (readonly Inline[])[],
): readonly Block[] {
  const columns = titles.map((title) => (title.startsWith('#') ? { title: title.slice(1), number: true } : { title }))
  return rows.length === 0 ? [] : [{ kind: 'table', caption, columns, rows }]
}

export function code(name: string): Inline {
  return { code: name }
}

/** A heading with what stands below it; nothing if nothing does. */
export function section(title: string, blocks: readonly Block[], level: 2 | 3 = 2): readonly Block[] {
  return blocks.length === 0 ? [] : [heading(title, level), ...blocks]
}
