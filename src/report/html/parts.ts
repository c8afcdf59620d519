import type { Status } from '../../compliance/status.ts'
import type { FindingLocation, SeverityName } from '../../engine/finding.ts'
import type { CodeReader } from '../code.ts'
import { placeOf } from '../words.ts'
import { type Content, markup, type Markup } from './markup.ts'

/** A part of the page that the table of contents names. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly content: Content
}

export interface Column {
  readonly title: string
  readonly number?: boolean
}

/** A table with a caption and headers; the first cell of a row is its header. */
export function dataTable(caption: string, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  return markup`<table><caption>${caption}</caption><thead><tr>${columns.map(({ title, number }) => markup`<th scope="col"${number === true && markup` class="number"`}>${title}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      markup`<tr>${row.map((cell, index) =>
        index === 0
          ? markup`<th scope="row">${cell}</th>`
          : markup`<td${columns[index]?.number === true && markup` class="number"`}>${cell}</td>`,
      )}</tr>`,
  )}</tbody></table>`
}

const STATUS_CLASS: Readonly<Record<Status, string>> = {
  PASS: 'good',
  ATTESTED: 'good',
  READY: 'warn',
  PARTIAL: 'warn',
  FAIL: 'bad',
  'NOT TESTED': '',
  'NOT APPLICABLE': '',
}

export function statusBadge(status: Status): Markup {
  return markup`<span class="badge ${STATUS_CLASS[status]}">${status}</span>`
}

const SEVERITY_CLASS: Readonly<Record<SeverityName, string>> = {
  CRITICAL: 'bad',
  HIGH: 'bad',
  MEDIUM: 'warn',
  LOW: '',
  INFO: '',
}

export function severityBadge(severity: SeverityName): Markup {
  return markup`<span class="badge ${SEVERITY_CLASS[severity]}">${severity}</span>`
}

/** A name from the repository, in the type of code. */
export function name(text: string): Markup {
  return markup`<span class="id">${text}</span>`
}

/** The id of a rule's findings on the page. It is inside their details, so that following a link to it opens them. */
export function ruleAnchor(ruleId: string): string {
  return `rule-${ruleId.replace(/[^\w-]/g, '_')}`
}

/** `main.tf:12:3` */
export function place(location: FindingLocation): Markup {
  return name(placeOf(location))
}

/** The code line of a place with its marked part; nothing if the file is not at hand. */
export function codeLine(location: FindingLocation, code: CodeReader): Content {
  const line = code.lineAt(location)
  return (
    line &&
    markup`<pre><span class="quiet">${line.line} </span>${line.before}<mark>${line.marked}</mark>${line.after}</pre>`
  )
}
