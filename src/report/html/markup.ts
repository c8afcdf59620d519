import { escapeHtml } from '../escape.ts'

/** HTML that is safe to put into a page: only the `markup` tag makes it. */
export class Markup {
  readonly source: string

  constructor(source: string) {
    this.source = source
  }
}

/** What may stand in a template: texts and numbers are escaped, lists joined, nothing is nothing. */
export type Content = Markup | string | number | undefined | false | readonly Content[]

/** Builds HTML; everything that is put in is escaped, in text and in quoted attribute values alike. */
export function markup(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(parts.map((part, index) => part + sourceOf(contents[index])).join(''))
}

function sourceOf(content: Content): string {
  if (content === undefined || content === false) return ''
  if (content instanceof Markup) return content.source
  if (typeof content === 'string') return escapeHtml(content)
  if (typeof content === 'number') return String(content)
  return content.map(sourceOf).join('')
}
