/** YAML for the builtins: the core schema of YAML 1.2, in which `yes` and `no` are strings. */
import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, Scalar, stringify, type Document } from 'yaml'
import { fromBigInt, fromDouble, numberText, canonicalNumber } from '../number/decimal.ts'
import { jsonText } from '../value/json.ts'
import { isNumber, ObjectBuilder, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { BuiltinError } from './builtin.ts'

/** Aliases of aliases may not unfold to more than this. */
const MAX_NODES = 100_000

export function parseYaml(text: string): Value {
  const documents = parseAllDocuments(text, { version: '1.2', merge: true, intAsBigInt: true })
  const document: Document.Parsed | undefined = Array.isArray(documents) ? documents[0] : undefined
  if (document === undefined) return null
  const [problem] = document.errors
  if (problem !== undefined) throw new BuiltinError(goMessage(problem.message, problem.linePos?.[0].line))
  let nodes = 0
  const convert = (node: unknown, depth: number): Value => {
    if (++nodes > MAX_NODES || depth > 1000) throw new BuiltinError('yaml: document contains excessive aliasing')
    if (isAlias(node)) {
      const target = node.resolve(document)
      if (target === undefined) throw new BuiltinError(`yaml: unknown anchor '${node.source}' referenced`)
      return convert(target, depth + 1)
    }
    if (isScalar(node)) return scalar(node)
    if (isSeq(node)) return node.items.map((item) => convert(item, depth + 1))
    if (!isMap(node)) return null
    const members = new ObjectBuilder()
    for (const pair of node.items) {
      if (!isPair(pair)) continue
      if (isMerge(pair.key)) merge(members, convert(pair.value, depth + 1))
    }
    for (const pair of node.items) {
      if (isMerge(pair.key)) continue
      const key = convert(pair.key, depth + 1)
      members.set(typeof key === 'string' ? key : jsonText(key), convert(pair.value, depth + 1))
    }
    return members.build()
  }
  return convert(document.contents, 0)
}

function merge(members: ObjectBuilder, source: Value): void {
  const sources = source instanceof RegoObject ? [source] : Array.isArray(source) ? source : []
  for (const one of sources) {
    if (!(one instanceof RegoObject)) continue
    for (const [key, value] of one) if (!members.has(key)) members.set(key, value)
  }
}

function isMerge(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN'
}

function scalar({ value, source, type }: Scalar): Value {
  // Go reads a leading zero as octal, and underscores between digits.
  if (type === 'PLAIN' && source !== undefined) {
    if (/^[-+]?0[0-7]+$/.test(source)) return parseInt(source, 8)
    if (/^[-+]?\d[\d_]*\d$/.test(source) && source.includes('_'))
      return fromBigInt(BigInt(source.replaceAll('_', '').replace('+', '')))
  }
  switch (typeof value) {
    case 'bigint':
      return fromBigInt(value)
    case 'number':
      if (!Number.isFinite(value)) return String(source)
      return (source === undefined ? undefined : canonicalNumber(source)) ?? fromDouble(value)
    case 'string':
    case 'boolean':
      return value
    default:
      return null
  }
}

/** Go's parser says `did not find expected ...` for what is not closed or not at its place. */
function goMessage(message: string, line: number | undefined): string {
  return `yaml: line ${line ?? 1}: did not find expected node content: ${message.split('\n')[0] ?? ''}`
}

export function printYaml(value: Value): string {
  return stringify(plain(value), { sortMapEntries: false, lineWidth: 0, version: '1.2', singleQuote: true })
}

/** Read without quotes, these were something else than a string, in YAML 1.1 or in 1.2. */
const AMBIGUOUS =
  /^(?:y|n|yes|no|on|off|true|false|null|~|<<|=|[-+]?\.(?:inf|nan)|[-+]?[\d_]*\.?[\d_]+(?:e[-+]?\d+)?|[-+]?[\d_]+\.|0[xob][\da-f_]+|\d{4}-\d\d?-\d\d?(?:[Tt ].*)?|)$/i

/** For the printer: exact integers, keys in order. */
function plain(value: Value): unknown {
  if (typeof value === 'string') return words(value)
  if (value === null || typeof value !== 'object') return value
  if (isNumber(value)) return /^-?\d+$/.test(numberText(value)) ? BigInt(numberText(value)) : Number(numberText(value))
  if (value instanceof RegoSet) return value.sorted().map(plain)
  if (value instanceof RegoObject) {
    return new Map(
      Array.from(value, ([key, member]) => [words(typeof key === 'string' ? key : jsonText(key)), plain(member)]),
    )
  }
  return value.map(plain)
}

function words(text: string): unknown {
  if (!AMBIGUOUS.test(text)) return text
  const scalar = new Scalar(text)
  scalar.type = 'QUOTE_DOUBLE'
  return scalar
}
