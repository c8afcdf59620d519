import { isMap, isScalar, isSeq, type Node, parseAllDocuments, type YAMLMap } from 'yaml'
import type { Diagnostic } from '../text/diagnostic.ts'
import { LineMap } from '../text/line-map.ts'
import type { Range } from '../text/span.ts'
import { isIsoDate } from './dates.ts'

/** One mapping of a hand-written YAML file, read field by field; what is wrong becomes a diagnostic with its line. */
export class RecordReader {
  readonly #map: YAMLMap
  readonly #report: (node: unknown, message: string) => void
  #failed = false

  constructor(map: YAMLMap, report: (node: unknown, message: string) => void) {
    this.#map = map
    this.#report = report
  }

  get failed(): boolean {
    return this.#failed
  }

  /** Where the record stands, for messages about it as a whole. */
  fail(key: string | undefined, message: string): void {
    this.#failed = true
    this.#report((key === undefined ? undefined : this.#map.get(key, true)) ?? this.#map, message)
  }

  has(key: string): boolean {
    return this.#map.has(key)
  }

  /** A text that must be there and not be blank. */
  text(key: string): string {
    const value = this.optionalText(key)
    if (value === undefined && !this.has(key)) this.fail(undefined, `"${key}" is missing`)
    return value ?? ''
  }

  optionalText(key: string): string | undefined {
    if (!this.has(key)) return undefined
    const value = this.#map.get(key)
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? this.#source(key) : ''
    if (text !== '') return text
    this.fail(key, `"${key}" must be a text that is not empty`)
    return undefined
  }

  date(key: string): string {
    const text = this.text(key)
    if (text !== '' && !isIsoDate(text)) this.fail(key, `"${key}" must be a date such as 2026-01-31, not "${text}"`)
    return text
  }

  /** A nested mapping; undefined, and reported, if it is missing or something else. */
  record(key: string): RecordReader | undefined {
    const value = this.#map.get(key)
    if (isMap(value))
      return new RecordReader(value, (node, message) => {
        this.#failed = true
        this.#report(node, `${key}: ${message}`)
      })
    this.fail(this.has(key) ? key : undefined, this.has(key) ? `"${key}" must be a mapping` : `"${key}" is missing`)
    return undefined
  }

  /** A list of texts; what is none is reported and left out. */
  texts(key: string): string[] {
    const value: unknown = this.#map.get(key)
    const items = isSeq(value) ? value.items : []
    const texts = items.flatMap((item) => (isScalar(item) && typeof item.value === 'string' ? [item.value] : []))
    if (texts.length === 0 || texts.length < items.length) this.fail(key, `"${key}" must be a list of texts`)
    return texts
  }

  /** The mappings of a list; what is no mapping is reported and left out. A failure inside is a failure of the whole. */
  records(key: string): RecordReader[] {
    const value = this.#map.get(key)
    if (!isSeq(value)) {
      this.fail(this.has(key) ? key : undefined, this.has(key) ? `"${key}" must be a list` : `"${key}" is missing`)
      return []
    }
    return value.items.flatMap((item, i) => {
      const report = (node: unknown, message: string): void => {
        this.#failed = true
        this.#report(node, `${key}[${i}]: ${message}`)
      }
      if (isMap(item)) return [new RecordReader(item, report)]
      report(item, 'expected a mapping')
      return []
    })
  }

  /** An unknown key is most often a misspelt one, so it is reported; the record still counts. */
  onlyKnows(keys: readonly string[]): void {
    for (const { key } of this.#map.items) {
      const name = isScalar(key) ? String(key.value) : ''
      if (!keys.includes(name)) this.#report(key, `"${name}" is not a field here; the fields are ${keys.join(', ')}`)
    }
  }

  /** `8.10` is a number to YAML and would lose its last digit. */
  #source(key: string): string {
    const node = this.#map.get(key, true)
    return isScalar(node) && typeof node.source === 'string' ? node.source : ''
  }
}

export interface RecordFile<T> {
  readonly records: readonly T[]
  /** Where each record stands, in the same order. */
  readonly ranges: readonly Range[]
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Reads a YAML file that holds one mapping or a list of them. Never throws.
 * @param code of the diagnostics, such as `attestation-invalid`
 * @param read gives the record, or undefined after it has reported what is wrong
 */
export function readRecords<T>(
  file: string,
  text: string,
  code: string,
  read: (reader: RecordReader) => T | undefined,
): RecordFile<T> {
  const diagnostics: Diagnostic[] = []
  const lines = new LineMap(text)
  const at = (start: number, end: number, message: string): void => {
    diagnostics.push({ file, range: lines.range({ start, end }), code, message })
  }
  const report = (node: unknown, message: string): void => {
    const [start, end] = (isNode(node) ? node.range : undefined) ?? [0, 0]
    at(start, end, message)
  }
  const records: T[] = []
  const ranges: Range[] = []
  for (const document of parseAllDocuments(text, { prettyErrors: false })) {
    for (const error of document.errors) at(error.pos[0], error.pos[1], error.message)
    if (document.errors.length > 0 || document.contents === null) continue
    const items: readonly unknown[] = isSeq(document.contents) ? document.contents.items : [document.contents]
    for (const item of items) {
      if (!isMap(item)) {
        report(item, 'expected a mapping, or a list of mappings')
        continue
      }
      const record = read(new RecordReader(item, report))
      if (record === undefined) continue
      records.push(record)
      const start = item.range?.[0] ?? 0
      // The first line stands for the whole.
      const end = text.slice(start).search(/[\r\n]|$/) + start
      ranges.push(lines.range({ start, end }))
    }
  }
  return { records, ranges, diagnostics }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}
