import { type Content, markup, type Markup } from '../html/markup.ts'
import { htmlPage } from '../html/page.ts'
import { dataTable, name, type Section } from '../html/parts.ts'
import type { Block, CheckItem, Document, Inline } from './model.ts'

export interface DocumentHtmlOptions {
  readonly project: string
  readonly asOf: string
}

/** One self-contained page; each heading of the second level is a section that the contents name. */
export function documentHtml(
  { title, blocks }: Document,
  audit: Parameters<typeof htmlPage>[2],
  options: DocumentHtmlOptions,
): string {
  const sections: { title: string; blocks: Block[] }[] = []
  const intro: Block[] = []
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === 2) sections.push({ title: block.text, blocks: [] })
    else (sections.at(-1)?.blocks ?? intro).push(block)
  }
  const parts: Section[] = sections.map((section, index) => ({
    id: `section-${index + 1}`,
    title: section.title,
    content: section.blocks.map(content),
  }))
  return htmlPage(title, options, audit, { scores: intro.map(content), sections: parts })
}

function content(block: Block): Content {
  switch (block.kind) {
    case 'heading':
      return block.level === 2 ? markup`<h2>${block.text}</h2>` : markup`<h3>${block.text}</h3>`
    case 'text':
      return markup`<p>${inline(block.text)}</p>`
    case 'list':
      return markup`<ul>${block.items.map((item) => markup`<li>${inline(item)}</li>`)}</ul>`
    case 'checks':
      return markup`<ul class="checks">${block.items.map(checkItem)}</ul>`
    case 'table':
      return dataTable(
        block.caption,
        block.columns,
        block.rows.map((row) => row.map(inline)),
      )
    case 'code':
      return markup`<pre>${block.text}</pre>`
    case 'chart':
      return block.chart
    case 'details':
      return markup`<details><summary>${inline(block.summary)}</summary>${block.blocks.map(content)}</details>`
    case 'markdown':
      return block.text.split(/\n{2,}|\n(?=\d+\. )/).map((part) => markup`<p>${spans(part)}</p>`)
  }
}

/** A box that nobody can tick here: a page is a record, and works without script. */
function checkItem({ text, done, details = [], command }: CheckItem): Markup {
  return markup`<li><span aria-hidden="true">${done ? '☑' : '☐'}</span> <span class="sr">${done ? 'done: ' : 'to do: '}</span>${inline(text)}${details.length > 0 && markup`<ul>${details.map((detail) => markup`<li>${inline(detail)}</li>`)}</ul>`}${command !== undefined && markup`<pre>${command}</pre>`}</li>`
}

function inline(part: Inline): Content {
  if (typeof part === 'string') return part
  if ('code' in part) return name(part.code)
  if ('strong' in part) return markup`<strong>${part.strong}</strong>`
  return part.map(inline)
}

/** The two marks that our own runbooks use: `code` and **strong**. */
function spans(source: string): Content {
  return source.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part): Content => {
    if (part.startsWith('`') && part.length > 1) return name(part.slice(1, -1))
    return part.startsWith('**') ? markup`<strong>${part.slice(2, -2)}</strong>` : part
  })
}
