import { parse, TomlDate, TomlError } from 'smol-toml'
import { type InputNode, list, map, scalar } from '../node.ts'
import { fault } from './faults.ts'
import { numberOf } from './numbers.ts'

export function parseTomlInput(text: string): InputNode {
  try {
    return convert(parse(text.replace(/^\uFEFF/, ''), { integersAsBigInt: true, maxDepth: 200 }))
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    const lines = text.split('\n')
    const before = lines.slice(0, error.line - 1).reduce((sum, line) => sum + line.length + 1, 0)
    const at = Math.min(text.length, before + Math.max(0, error.column - 1))
    const [message = ''] = error.message.replace('Invalid TOML document: ', '').split('\n')
    throw fault({ start: at, end: at }, 'toml-unreadable', `This is no TOML: ${message}.`)
  }
}

function convert(raw: unknown): InputNode {
  if (raw instanceof TomlDate) return scalar(dateText(raw))
  if (Array.isArray(raw)) return list(raw.map(convert))
  if (typeof raw === 'bigint' || typeof raw === 'number') return scalar(numberOf(String(raw)))
  if (typeof raw === 'object' && raw !== null) {
    return map(new Map(Object.entries(raw).map(([key, member]) => [key, convert(member)])))
  }
  return scalar(typeof raw === 'string' || typeof raw === 'boolean' ? raw : null)
}

/** As Go prints a time: without fractions of zero, and a date alone with midnight. */
function dateText(date: TomlDate): string {
  const text = date
    .toISOString()
    .replace(/\.0+(?=Z|[-+]|$)/, '')
    .replace(/(\.\d*?)0+(?=Z|[-+]|$)/, '$1')
  if (date.isDate()) return `${text}T00:00:00Z`
  if (date.isTime()) return `0000-01-01T${text}Z`
  return date.isLocal() ? `${text}Z` : text
}
