import { parseDocument } from 'yaml'
import { Base64Error, decodeBase64 } from '../go/base64.ts'
import { jsonText, parseJson } from '../value/json.ts'
import { isArray, ObjectBuilder, RegoObject, RegoSet, type Value } from '../value/value.ts'
import {
  BuiltinError,
  define,
  objectOperand,
  operand,
  OperandError,
  stringOperand,
  type Declaration,
} from './builtin.ts'
import { parseYaml, printYaml } from './yaml.ts'
import { any, anyOf, arrayOf, boolean, objectOf, record, setOf, string } from './types.ts'

const TEXT = ['x', string, 'a string'] as const

/** As Go writes JSON: safe to put into HTML. */
export function goJsonString(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function guardBase64(decode: () => Buffer): Buffer {
  try {
    return decode()
  } catch (error) {
    if (error instanceof Base64Error) throw new BuiltinError(error.message)
    throw error
  }
}

/** Throws `BuiltinError`. */
export function decodeStandard(text: string): Buffer {
  return guardBase64(() => decodeBase64(text))
}

/** With or without padding. Throws `BuiltinError`. */
export function decodeUrlSafe(text: string): Buffer {
  const rest = text.endsWith('=') ? 0 : Buffer.byteLength(text) % 4
  if (rest === 1) throw new BuiltinError(`illegal base64url string: ${text}`)
  return guardBase64(() => decodeBase64(text + '='.repeat(rest === 0 ? 0 : 4 - rest), { url: true }))
}

function isBase64(value: Value): boolean {
  if (typeof value !== 'string') return false
  try {
    decodeBase64(value)
    return true
  } catch {
    return false
  }
}

export function jsonOf(text: string): Value {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof SyntaxError) throw new BuiltinError(goJsonError(text, error))
    throw error
  }
}

/** The message that Go has for the commonest mistakes. */
function goJsonError(text: string, error: SyntaxError): string {
  const body = text.trim()
  if (body === '') return 'EOF'
  if (/unexpected end|unterminated/i.test(error.message)) return 'unexpected end of JSON input'
  const at = /position (\d+)/.exec(error.message)
  const found = at === null ? undefined : text[Number(at[1])]
  if (found !== undefined) return `invalid character '${found}' looking for beginning of value`
  return error.message
}

function isJson(value: Value): boolean {
  if (typeof value !== 'string') return false
  try {
    parseJson(value)
    return true
  } catch {
    return false
  }
}

function pretty(value: Value, prefix: string, indent: string, level = 0): string {
  const outer = `\n${prefix}${indent.repeat(level)}`
  const inner = outer + indent
  const list = (items: readonly Value[]): string =>
    items.length === 0
      ? '[]'
      : `[${items.map((item) => inner + pretty(item, prefix, indent, level + 1)).join(',')}${outer}]`
  if (value instanceof RegoSet) return list(value.sorted())
  if (value instanceof RegoObject) {
    if (value.size === 0) return '{}'
    const members = Array.from(value, ([key, member]) => {
      const name = typeof key === 'string' ? key : jsonText(key)
      return `${inner}${goJsonString(name)}: ${pretty(member, prefix, indent, level + 1)}`
    })
    return `{${members.join(',')}${outer}}`
  }
  return value !== null && typeof value === 'object' && isArray(value) ? list(value) : jsonText(value, goJsonString)
}

function marshalWithOptions(args: readonly Value[]): Value {
  const value = operand(args, 0)
  let prefix = ''
  let indent = '\t'
  let implied = false
  let asked: boolean | undefined
  for (const [key, option] of objectOperand(args, 1)) {
    if (key === 'prefix' || key === 'indent') {
      if (typeof option !== 'string') throw new OperandError(`operand 2 key ${jsonText(key)} failed cast to string`)
      if (key === 'prefix') prefix = option
      else indent = option
      implied = true
    } else if (key === 'pretty') {
      if (typeof option !== 'boolean') throw new OperandError(`operand 2 key ${jsonText(key)} failed cast to bool`)
      asked = option
    } else throw new OperandError(`operand 2 object contained unknown key ${jsonText(key)}`)
  }
  return (asked ?? implied) ? prefix + pretty(value, prefix, indent) : jsonText(value, goJsonString)
}

function queryEscape(text: string): string {
  const escaped = encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'))
  return escaped.replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+')
}

function queryUnescape(text: string): string {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/s.exec(text)
  if (bad !== null) throw new BuiltinError(`invalid URL escape ${JSON.stringify(bad[0])}`)
  const bytes: Buffer[] = []
  for (const part of text.replaceAll('+', ' ').split(/((?:%[0-9A-Fa-f]{2})+)/)) {
    bytes.push(part.startsWith('%') ? Buffer.from(part.replaceAll('%', ''), 'hex') : Buffer.from(part))
  }
  return Buffer.concat(bytes).toString('utf8')
}

function encodeObject(args: readonly Value[]): Value {
  const parts: string[] = []
  for (const [key, value] of objectOperand(args, 0)) {
    const values = value instanceof RegoSet ? value.sorted() : typeof value === 'string' ? [value] : value
    const wrong = () => new OperandError('operand 1 values must be string, array[string], or set[string]')
    if (values === null || typeof values !== 'object' || !isArray(values)) throw wrong()
    for (const one of values) {
      if (typeof one !== 'string') throw wrong()
      parts.push(`${queryEscape(typeof key === 'string' ? key : jsonText(key))}=${queryEscape(one)}`)
    }
  }
  return parts.join('&')
}

function decodeObject(text: string): Value {
  const values = new Map<string, string[]>()
  for (const part of text.split('&')) {
    if (part.includes(';')) throw new BuiltinError('invalid semicolon separator in query')
    if (part === '') continue
    const at = part.indexOf('=')
    const key = queryUnescape(at < 0 ? part : part.slice(0, at))
    const value = at < 0 ? '' : queryUnescape(part.slice(at + 1))
    const known = values.get(key)
    if (known === undefined) values.set(key, [value])
    else known.push(value)
  }
  const result = new ObjectBuilder()
  for (const [key, list] of values) result.set(key, list)
  return result.build()
}

function decodeHex(text: string): string {
  const bytes = Buffer.from(text)
  for (const byte of bytes) {
    if (!/[0-9A-Fa-f]/.test(String.fromCharCode(byte))) {
      const code = byte.toString(16).toUpperCase().padStart(4, '0')
      throw new BuiltinError(`encoding/hex: invalid byte: U+${code} '${String.fromCharCode(byte)}'`)
    }
  }
  if (bytes.length % 2 === 1) throw new BuiltinError('encoding/hex: odd length hex string')
  return Buffer.from(text, 'hex').toString('utf8')
}

function onText(name: string, description: string, result: string, change: (text: string) => string): Declaration {
  return {
    name,
    args: [TEXT],
    result: [string, result],
    description,
    evaluate: (args) => change(stringOperand(args, 0)),
  }
}

function test(name: string, what: string, accept: (value: Value) => boolean): Declaration {
  return {
    name,
    args: [TEXT],
    result: [boolean, `whether it is ${what}`],
    description: `Whether a string is ${what}.`,
    evaluate: (args) => accept(operand(args, 0)),
  }
}

function isYaml(value: Value): boolean {
  if (typeof value !== 'string') return false
  return parseDocument(value, { version: '1.2', merge: true }).errors.length === 0
}

export const encoding = define('encoding', [
  onText('base64.encode', 'Encodes a string in base64.', 'base64', (text) => Buffer.from(text).toString('base64')),
  onText('base64.decode', 'Decodes base64.', 'the decoded string', (text) => decodeStandard(text).toString('utf8')),
  test('base64.is_valid', 'base64', isBase64),
  onText('base64url.encode', 'Encodes a string in base64 for URLs.', 'base64 with padding', (text) => {
    const encoded = Buffer.from(text).toString('base64url')
    return encoded.padEnd(Math.ceil(encoded.length / 4) * 4, '=')
  }),
  onText('base64url.encode_no_pad', 'Encodes a string in base64 for URLs.', 'base64 without padding', (text) =>
    Buffer.from(text).toString('base64url'),
  ),
  onText('base64url.decode', 'Decodes base64 for URLs, with or without padding.', 'the decoded string', (text) =>
    decodeUrlSafe(text).toString('utf8'),
  ),
  onText('hex.encode', 'Encodes a string in hexadecimal digits.', 'two digits for each byte', (text) =>
    Buffer.from(text).toString('hex'),
  ),
  onText('hex.decode', 'Decodes hexadecimal digits.', 'the decoded string', decodeHex),
  onText('urlquery.encode', 'Escapes a string for the query of a URL.', 'the escaped string', queryEscape),
  onText('urlquery.decode', 'Takes the escapes out of a query.', 'the plain string', queryUnescape),
  {
    name: 'urlquery.encode_object',
    args: [['object', objectOf(string, anyOf(string, arrayOf(string), setOf(string))), 'names and values']],
    result: [string, 'the query of a URL'],
    description: 'Writes the query of a URL.',
    evaluate: encodeObject,
  },
  {
    name: 'urlquery.decode_object',
    args: [['x', string, 'the query of a URL']],
    result: [objectOf(string, arrayOf(string)), 'names, each with its values'],
    description: 'Reads the query of a URL.',
    evaluate: (args) => decodeObject(stringOperand(args, 0)),
  },
  {
    name: 'json.marshal',
    args: [['x', any, 'a value']],
    result: [string, 'JSON'],
    description: 'Writes a value as JSON; sets become arrays.',
    evaluate: (args) => jsonText(operand(args, 0), goJsonString),
  },
  {
    name: 'json.marshal_with_options',
    args: [
      ['x', any, 'a value'],
      ['opts', record({}, string, any), '`pretty`, `indent` and `prefix`'],
    ],
    result: [string, 'JSON'],
    description: 'Writes a value as JSON, perhaps over many lines.',
    evaluate: marshalWithOptions,
  },
  {
    name: 'json.unmarshal',
    args: [['x', string, 'JSON']],
    result: [any, 'the value'],
    description: 'Reads JSON.',
    evaluate: (args) => jsonOf(stringOperand(args, 0)),
  },
  test('json.is_valid', 'JSON', isJson),
  {
    name: 'yaml.marshal',
    args: [['x', any, 'a value']],
    result: [string, 'YAML'],
    description: 'Writes a value as YAML.',
    evaluate: (args) => printYaml(operand(args, 0)),
  },
  {
    name: 'yaml.unmarshal',
    args: [['x', string, 'YAML']],
    result: [any, 'the value'],
    description: 'Reads the first document of a YAML stream.',
    evaluate: (args) => parseYaml(stringOperand(args, 0)),
  },
  test('yaml.is_valid', 'YAML', isYaml),
])
