/** The formats of JSON Schema that are checked; others hold for every text. */
import { parseTime, TimeError } from '../go/time.ts'
import { compileCached, RegexError } from '../regex/regex.ts'

function time(...layouts: readonly string[]): (text: string) => boolean {
  return (text) =>
    layouts.some((layout) => {
      try {
        parseTime(layout, text)
        return true
      } catch (error) {
        if (error instanceof TimeError) return false
        throw error
      }
    })
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(text)
}

function isUri(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9+.-]*:[^\s\\]*$/.test(text)
}

function isReference(text: string): boolean {
  return !/[\s\\]/.test(text)
}

function isRegex(text: string): boolean {
  try {
    compileCached(text)
    return true
  } catch (error) {
    if (error instanceof RegexError) return false
    throw error
  }
}

const POINTER = /^(?:\/(?:[^~/]|~0|~1)*)*$/

export const FORMATS: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ['date', time('2006-01-02')],
  ['time', time('15:04:05', '15:04:05Z07:00')],
  ['date-time', time('15:04:05', '15:04:05Z07:00', '2006-01-02', '2006-01-02T15:04:05Z07:00')],
  [
    'hostname',
    (text: string) => text.length < 256 && /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?)+$/.test(text),
  ],
  ['email', (text: string) => /^[^\s@]+@[^\s@]+$/.test(text)],
  ['idn-email', (text: string) => /^[^\s@]+@[^\s@]+$/.test(text)],
  ['ipv4', isIpv4],
  ['ipv6', (text: string) => text.includes(':') && /^[0-9A-Fa-f:.]+$/.test(text)],
  ['uri', isUri],
  ['iri', isUri],
  ['uri-reference', isReference],
  ['iri-reference', isReference],
  ['uri-template', (text: string) => isReference(text) && /^(?:[^{}]|\{[^{}]*\})*$/.test(text)],
  ['uuid', (text: string) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text)],
  ['regex', isRegex],
  ['json-pointer', (text: string) => POINTER.test(text)],
  ['relative-json-pointer', (text: string) => /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/.test(text)],
])
