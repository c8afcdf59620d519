import { isAlias, isCollection, parseAllDocuments, visit } from 'yaml'
import type { ListValue, MapValue, Value } from '../../value.ts'
import { formatNumber, nullValue } from './convert.ts'
import { Fault, NotKnown } from './definition.ts'
import { fromPlain, sortedKeys } from './json.ts'

/** Terraform reads YAML 1.2 but keeps the booleans of YAML 1.1. */
const booleans: ReadonlyMap<string, boolean> = new Map(
  [
    ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
    ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ].flat(),
)

/** Dates with and without a time; without a zone they are UTC. */
const timestamp =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.\d*)?[ \t]*(Z|[+-]\d\d?(?::\d\d)?)?)?$/

/** The value of a YAML text with one document. Throws Fault as Terraform would, NotKnown for what it cannot judge. */
export function decodeYaml(text: string): Value {
  const documents = parseAllDocuments(text, { schema: 'core', merge: true, uniqueKeys: false, logLevel: 'silent' })
  const [document, second] = Array.isArray(documents) ? documents : []
  if (document === undefined) throw new Fault('the YAML text has no document')
  if (second !== undefined) throw new Fault('only one YAML document is allowed')
  const unresolved = document.warnings.some((warning) => warning.code === 'TAG_RESOLVE_FAILED')
  if (document.errors.length > 0 || unresolved) throw new Fault('not valid YAML')
  let keyFault = false
  let unusual = false
  visit(document, {
    Scalar(_, node) {
      if (node.type === 'PLAIN' && node.tag === undefined && typeof node.value === 'string') {
        node.value = booleans.get(node.value) ?? rfc3339(node.value)
      }
      if (typeof node.value === 'number' && !Number.isFinite(node.value)) unusual = true
    },
    Pair(_, pair) {
      if (isCollection(pair.key) || isAlias(pair.key)) keyFault = true
    },
    Node(_, node) {
      // Tags of one's own are refused by Terraform; binary and set tags are not worth telling apart.
      if (node.tag !== undefined && !/^tag:yaml\.org,2002:(?:str|int|float|bool|null|map|seq)$/.test(node.tag))
        unusual = true
    },
  })
  if (keyFault) throw new Fault('a YAML key must be a primitive')
  if (unusual)
    throw new NotKnown({ kind: 'unknown', reason: 'this YAML uses tags or numbers that are not interpreted' })
  const plain: unknown = document.toJS({ mapAsMap: true, maxAliasCount: 1000 })
  return fromPlain(plain)
}

function rfc3339(text: string): string {
  const match = timestamp.exec(text)
  if (match === null) return text
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', zone = 'Z'] = match
  const [, sign, hours = '', minutes = '00'] = /^([+-])(\d\d?)(?::(\d\d))?$/.exec(zone) ?? []
  const offset = sign === undefined ? 'Z' : `${sign}${hours.padStart(2, '0')}:${minutes}`
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`
}

/** A value as Terraform's `yamlencode` prints it. Throws NotKnown if any of it is unknown or awkward to print. */
export function encodeYaml(value: Value): string {
  if (isFilled(value)) return `${block(value).join('\n')}\n`
  const text = scalar(value, 0).join('\n  ')
  const bare = value.kind === 'number' || value.kind === 'bool' || value.kind === 'null'
  // The writer ends a bare document so that no more digits can follow.
  return bare ? `${text}\n...\n` : `${text}\n`
}

function isFilled(value: Value): value is ListValue | MapValue {
  if ((value.kind === 'list' || value.kind === 'map') && value.rest !== undefined) throw new NotKnown(value.rest)
  return (value.kind === 'list' && value.items.length > 0) || (value.kind === 'map' && value.entries.size > 0)
}

function block(value: ListValue | MapValue): string[] {
  if (value.kind === 'list') {
    return value.items.flatMap((item) => {
      const lines = isFilled(item) ? block(item) : scalar(item, 2)
      return lines.map((line, i) => (i === 0 ? `- ${line}` : line === '' ? '' : `  ${line}`))
    })
  }
  return sortedKeys(value.entries).flatMap((key) => {
    const item = value.entries.get(key) ?? nullValue
    const name = `${quoted(key)}:`
    if (!isFilled(item)) {
      const [first = '', ...more] = scalar(item, name.length + 1)
      return [`${name} ${first}`, ...more.map((line) => (line === '' ? '' : `  ${line}`))]
    }
    // Lists stand under their key without an indent.
    return [name, ...block(item).map((line) => (item.kind === 'list' || line === '' ? line : `  ${line}`))]
  })
}

/** The lines of a value without children; those after the first are relative to the parent's indent. */
function scalar(value: Value, column: number): string[] {
  switch (value.kind) {
    case 'unknown':
      throw new NotKnown(value)
    case 'null':
      return ['null']
    case 'bool':
      return [String(value.value)]
    case 'number':
      return [formatNumber(value.value)]
    case 'list':
      return ['[]']
    case 'map':
      return ['{}']
    case 'string':
      return value.value.includes('\n') ? literal(value.value) : [quoted(value.value, column)]
  }
}

function literal(text: string): string[] {
  if (!/^[!-~][ -~\n\t\u00a1-\ud7ff]*$/.test(text) || /[ \t](?:\n|$)|\n\n$/.test(text)) throw awkward()
  const ended = text.endsWith('\n')
  return [ended ? '|' : '|-', ...(ended ? text.slice(0, -1) : text).split('\n')]
}

function quoted(text: string, column = 0): string {
  // The writer folds long lines at spaces; where exactly depends on more than is modelled here.
  if (!/^[\t -~\u00a1-\ud7ff]*$/.test(text) || (/ /.test(text) && column + text.length > 60)) throw awkward()
  if (/[\u2028\u2029]/.test(text)) throw awkward()
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\t', '\\t')}"`
}

function awkward(): NotKnown {
  return new NotKnown({ kind: 'unknown', reason: 'yamlencode() of this string is not predicted' })
}
