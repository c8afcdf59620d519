/** Kubernetes' named formats: `format.dns1123Label().validate(name)` gives what is wrong, or nothing. */
import type { Environment } from '@marcbachmann/cel-js'
import { none, optionalOf } from './optionals.ts'
import { parseRequestUri } from './urls.ts'

class NamedFormat {
  readonly name: string
  readonly faults: (text: string) => readonly string[]

  constructor(name: string, faults: NamedFormat['faults']) {
    this.name = name
    this.faults = faults
  }
}

/** What `format.named` is called on. */
class FormatNamespace {
  readonly name = 'format'
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`
const DNS1035 = '[a-z]([-a-z0-9]*[a-z0-9])?'
const KEY = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const VALUE = `(${KEY})?`

const RULES = {
  label:
    "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
  subdomain:
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
  dns1035:
    "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
  key: "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  value:
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
}

function matches(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text)
}

/** Names of DNS are said to be too long in characters, keys and values of labels in bytes; the API server counts bytes. */
function tooLong(text: string, most: number, unit: 'bytes' | 'characters'): string[] {
  return Buffer.byteLength(text) > most ? [`must be no more than ${most} ${unit}`] : []
}

/** In the words of the API server. */
function unlike(rule: string, pattern: string, ...examples: string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ')
  return `${rule} (e.g. ${shown}regex used for validation is '${pattern}')`
}

function label(text: string): string[] {
  const faults = tooLong(text, 63, 'characters')
  if (matches(text, LABEL)) return faults
  if (matches(text, SUBDOMAIN)) return [...faults, 'must not contain dots']
  return [...faults, unlike(RULES.label, LABEL, 'my-name', '123-abc')]
}

function subdomain(text: string, unit: 'bytes' | 'characters' = 'characters'): string[] {
  const faults = tooLong(text, 253, unit)
  return matches(text, SUBDOMAIN) ? faults : [...faults, unlike(RULES.subdomain, SUBDOMAIN, 'example.com')]
}

function dns1035(text: string): string[] {
  const faults = tooLong(text, 63, 'characters')
  return matches(text, DNS1035) ? faults : [...faults, unlike(RULES.dns1035, DNS1035, 'my-name', 'abc-123')]
}

function qualifiedName(text: string): string[] {
  const parts = text.split('/')
  const rule = unlike(RULES.key, KEY, 'MyName', 'my.name', '123-abc')
  if (parts.length > 2) {
    return [`a valid label key ${rule} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  }
  const name = parts.at(-1) ?? ''
  const [prefix] = parts
  const faults: string[] = []
  if (parts.length === 2 && prefix !== undefined) {
    if (prefix === '') faults.push('prefix part must be non-empty')
    else faults.push(...subdomain(prefix, 'bytes').map((fault) => `prefix part ${fault}`))
  }
  if (name === '') faults.push('name part must be non-empty')
  faults.push(...tooLong(name, 63, 'bytes').map((fault) => `name part ${fault}`))
  return matches(name, KEY) ? faults : [...faults, `name part ${rule}`]
}

function labelValue(text: string): string[] {
  const faults = tooLong(text, 63, 'bytes')
  return matches(text, VALUE) ? faults : [...faults, unlike(RULES.value, VALUE, 'MyValue', 'my_value', '12345')]
}

/** Where something will be appended, a dash at the end is fine. The API server drops the character before it, too. */
function prefix(faults: (text: string) => string[]): (text: string) => string[] {
  return (text) => faults(text.length > 1 && text.endsWith('-') ? `${text.slice(0, -2)}a` : text)
}

function uri(text: string): string[] {
  try {
    parseRequestUri(text)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/
const TIME = /^(\d{2}):(\d{2}):(\d{2})(?:.\d+)?(?:z|[+-]\d{2}:\d{2})$/

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

function isDateTime(text: string): boolean {
  const [date = '', time = ''] = text.toLowerCase().split('t')
  const [, hours = '', minutes = '', seconds = ''] = TIME.exec(time) ?? []
  return isDate(date) && hours !== '' && hours <= '23' && minutes <= '59' && seconds <= '59'
}

function unless(test: (text: string) => boolean, fault: string): (text: string) => string[] {
  return (text) => (test(text) ? [] : [fault])
}

const FORMATS: Readonly<Record<string, NamedFormat['faults']>> = {
  dns1123Label: label,
  dns1123LabelPrefix: prefix(label),
  dns1123Subdomain: subdomain,
  dns1123SubdomainPrefix: prefix(subdomain),
  dns1035Label: dns1035,
  dns1035LabelPrefix: prefix(dns1035),
  qualifiedName,
  labelValue,
  uri,
  uuid: unless((text) => UUID.test(text), 'does not match the UUID format'),
  byte: unless((text) => BASE64.test(text), 'invalid base64'),
  date: unless(isDate, 'invalid date'),
  datetime: unless(isDateTime, 'invalid datetime'),
}

export function registerFormats(env: Environment): void {
  const sync = { async: false }
  env.registerType('kubernetes.NamedFormat', NamedFormat)
  env.registerType('FormatNamespace', FormatNamespace)
  env.registerConstant('format', 'FormatNamespace', new FormatNamespace())
  const formats = new Map(Object.entries(FORMATS).map(([name, faults]) => [name, new NamedFormat(name, faults)]))
  for (const [name, format] of formats)
    env.registerFunction(`FormatNamespace.${name}(): kubernetes.NamedFormat`, () => format, sync)
  env.registerFunction(
    'FormatNamespace.named(string): optional<kubernetes.NamedFormat>',
    (_: unknown, name: string) => {
      const format = formats.get(name)
      return format === undefined ? none() : optionalOf(format)
    },
    sync,
  )
  env.registerFunction(
    'kubernetes.NamedFormat.validate(string): optional<list<string>>',
    ({ faults }: NamedFormat, text: string) => {
      const found = faults(text)
      return found.length === 0 ? none() : optionalOf(found)
    },
    sync,
  )
  env.registerOperator(
    'kubernetes.NamedFormat == kubernetes.NamedFormat',
    (a: NamedFormat, b: NamedFormat) => a.name === b.name,
  )
}
