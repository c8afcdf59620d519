import { styleText } from 'node:util'
import type { SeverityName } from '../engine/finding.ts'

/** Colour for a terminal, or none of it: the same functions either way, so that no text depends on colour. */
export interface Style {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly good: (text: string) => string
  readonly warning: (text: string) => string
  readonly bad: (text: string) => string
  readonly place: (text: string) => string
}

type Format = Parameters<typeof styleText>[0]

function ansi(format: Format): (text: string) => string {
  // The caller has decided; styleText would look at this process's own streams.
  return (text) => (text === '' ? '' : styleText(format, text, { validateStream: false }))
}

const ANSI: Style = {
  bold: ansi('bold'),
  dim: ansi('dim'),
  good: ansi('green'),
  warning: ansi('yellow'),
  bad: ansi('red'),
  place: ansi('cyan'),
}

const same = (text: string): string => text

const PLAIN: Style = { bold: same, dim: same, good: same, warning: same, bad: same, place: same }

export function styleFor(colour: boolean): Style {
  return colour ? ANSI : PLAIN
}

export function severityStyle(style: Style, severity: SeverityName): (text: string) => string {
  if (severity === 'CRITICAL') return (text) => style.bold(style.bad(text))
  if (severity === 'HIGH') return style.bad
  return severity === 'MEDIUM' ? style.warning : style.dim
}
