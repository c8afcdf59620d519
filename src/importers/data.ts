import { SecretMask } from '../engine/secrets.ts'
import type { Range } from '../text/span.ts'

/** Reading of data that may be anything: what does not have the wanted type is not there. */
export type Data = Readonly<Record<string, unknown>>

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function member(data: unknown, key: string): unknown {
  return isData(data) && Object.hasOwn(data, key) ? data[key] : undefined
}

/** The value at a path of keys. */
export function at(data: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce(member, data)
}

/** The objects of a list; whatever else is in it is passed over. */
export function objects(value: unknown): Data[] {
  return Array.isArray(value) ? value.filter(isData) : []
}

/** A text that is not empty. */
export function text(data: unknown, ...keys: readonly string[]): string | undefined {
  const value = at(data, ...keys)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** An id: short and on one line, or it is none. */
export function idText(data: unknown, ...keys: readonly string[]): string | undefined {
  const value = text(data, ...keys)
  return value === undefined || value.length > 200 || /\s/.test(value) ? undefined : value
}

/** A number of lines or columns, from 1. */
export function position(data: unknown, ...keys: readonly string[]): number | undefined {
  const value = at(data, ...keys)
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 ? value : undefined
}

export function number(data: unknown, ...keys: readonly string[]): number | undefined {
  const value = at(data, ...keys)
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** Words of another program, for a report of ours: one line, not endless, and without a secret that can be told as one. */
export function prose(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const line = value.replace(/\s+/g, ' ').trim()
  const short = line.length > MAX_PROSE ? `${line.slice(0, MAX_PROSE)}…` : line
  return short === '' ? undefined : SecretMask.of([short]).mask(short)
}

const MAX_PROSE = 1_000

/** A range from parts of which any may be missing; without a first line there is none, and it never ends before it starts. */
export function rangeOf(
  startLine: number | undefined,
  startColumn: number | undefined,
  endLine?: number,
  endColumn?: number,
): { range?: Range } {
  if (startLine === undefined) return {}
  const start = { line: startLine, column: startColumn ?? 1 }
  const lastLine = Math.max(startLine, endLine ?? startLine)
  const lastColumn = endColumn ?? (lastLine === startLine ? start.column : 1)
  const end = { line: lastLine, column: lastLine === startLine ? Math.max(start.column, lastColumn) : lastColumn }
  return { range: { start, end } }
}

/** `{ key: value }`, or nothing if there is no value: for optional members. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  const result: { [P in K]?: V } = {}
  if (value !== undefined) result[key] = value
  return result
}
