/** `self` in the rules of a schema: the value as the schema describes it, and nothing besides. */
import { parseDuration } from '../../rego/go/time.ts'
import { decodeBase64 } from '../../rego/go/base64.ts'
import { Duration } from '@marcbachmann/cel-js/evaluator'
import { fieldsAt, isFields, member, textAt } from '../json.ts'
import { mapOf, toCel } from './values.ts'

/** Names that cannot be written after a dot. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
)

const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
}

/** The name of a property in expressions; undefined if it has none. */
function escapeName(name: string): string | undefined {
  if (KEYWORDS.has(name)) return `__${name}__`
  if (!/^[A-Za-z_./-][A-Za-z0-9_./-]*$/.test(name)) return undefined
  return name.replace(/__|[./-]/g, (part) => ESCAPES[part] ?? part)
}

/** What every resource has, whatever its schema says. */
const RESOURCE = {
  apiVersion: { type: 'string' },
  kind: { type: 'string' },
  metadata: { type: 'object', properties: { name: { type: 'string' }, generateName: { type: 'string' } } },
}

/** What expressions can read of a schema. */
export interface SelfType {
  readonly schema: unknown
  /** By the names in expressions, with the names in manifests. Undefined if it is no object with properties. */
  readonly properties: ReadonlyMap<string, { readonly name: string; readonly type: SelfType }> | undefined
  /** Of lists, and of maps. */
  readonly items: SelfType | undefined
  /** The library's name of the type. */
  readonly cel: string
}

const known = new WeakMap<object, SelfType>()

/** Undefined for what has no type: expressions cannot read it. */
export function selfType(schema: unknown): SelfType | undefined {
  if (!isFields(schema)) return undefined
  const found = known.get(schema) ?? makeType(schema)
  if (found !== undefined) known.set(schema, found)
  return found
}

const SCALARS: Readonly<Record<string, string>> = {
  string: 'string',
  integer: 'int',
  number: 'double',
  boolean: 'bool',
}
const FORMATS: Readonly<Record<string, string>> = {
  byte: 'bytes',
  date: 'google.protobuf.Timestamp',
  'date-time': 'google.protobuf.Timestamp',
  duration: 'google.protobuf.Duration',
}

function makeType(schema: object): SelfType | undefined {
  const plain = { schema, properties: undefined, items: undefined }
  if (member(schema, 'x-kubernetes-int-or-string') === true) return { ...plain, cel: 'dyn' }
  const type = textAt(schema, 'type')
  const scalar = SCALARS[type]
  if (scalar !== undefined)
    return { ...plain, cel: (type === 'string' ? FORMATS[textAt(schema, 'format')] : undefined) ?? scalar }
  if (type === 'array') {
    const items = selfType(member(schema, 'items'))
    return items === undefined ? undefined : { ...plain, items, cel: `list<${items.cel}>` }
  }
  if (type !== 'object') return undefined
  const items = selfType(member(schema, 'additionalProperties'))
  if (items !== undefined) return { ...plain, items, cel: `map<string, ${items.cel}>` }
  const embedded = member(schema, 'x-kubernetes-embedded-resource') === true
  const declared = { ...(embedded && RESOURCE), ...fieldsAt(schema, 'properties') }
  const properties = new Map<string, { readonly name: string; readonly type: SelfType }>()
  for (const [name, inner] of Object.entries(declared)) {
    const escaped = escapeName(name)
    const found = selfType(inner)
    if (escaped !== undefined && found !== undefined) properties.set(escaped, { name, type: found })
  }
  return { ...plain, properties, cel: 'dyn' }
}

/** The value as expressions see it. Fields that are null are not there. */
export function selfValue(value: unknown, type: SelfType): unknown {
  if (value === null || value === undefined) return null
  const { properties, items, cel } = type
  if (properties !== undefined) {
    const entries = [...properties].map(
      ([escaped, { name, type: inner }]) => [escaped, member(value, name), inner] as const,
    )
    return mapOf(
      entries.flatMap(([escaped, found, inner]) =>
        found === undefined || found === null ? [] : [[escaped, selfValue(found, inner)] as const],
      ),
    )
  }
  if (items !== undefined) {
    if (Array.isArray(value)) return value.map((item) => selfValue(item, items))
    return isFields(value)
      ? mapOf(Object.entries(value).map(([key, item]) => [key, selfValue(item, items)]))
      : toCel(value)
  }
  if (typeof value === 'string') return formatted(value, cel)
  const number = toCel(value)
  return cel === 'double' && typeof number === 'bigint' ? Number(number) : number
}

function formatted(text: string, cel: string): unknown {
  if (cel === 'bytes') return Uint8Array.from(decodeBase64(text))
  if (cel === 'google.protobuf.Timestamp') return new Date(text)
  if (cel !== 'google.protobuf.Duration') return text
  const time = parseDuration(text)
  return new Duration(time / 1_000_000_000n, Number(time % 1_000_000_000n))
}
