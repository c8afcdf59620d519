import { define, Fault, type FunctionTable, NotKnown, raw, readText, text } from './definition.ts'
import { decodeCsv } from './csv.ts'
import { encodeJson, fromPlain } from './json.ts'
import { decodeYaml, encodeYaml } from './yaml.ts'

/** https://developer.hashicorp.com/terraform/language/functions, "Encoding Functions". */
export const encodingFunctions: FunctionTable = {
  base64decode: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => decodeText(decodeBase64(value), 'utf-8'),
  }),
  base64encode: define({
    parameters: [text('str')],
    returns: 'string',
    call: ([value]) => Buffer.from(value).toString('base64'),
  }),
  base64gzip: define({
    parameters: [text('str')],
    returns: 'string',
    call() {
      // Node's zlib and Go's compress the same text to different bytes.
      throw new NotKnown({ kind: 'unknown', reason: 'base64gzip() is not reproduced' })
    },
  }),
  csvdecode: define({ parameters: [text('str')], returns: 'list', call: ([value]) => decodeCsv(value) }),
  jsondecode: define({
    parameters: [raw('str')],
    nullable: true,
    call([value]) {
      if ((value.kind === 'string' || value.kind === 'unknown') && value.encodes !== undefined) return value.encodes
      return decodeJson(readText(value))
    },
  }),
  jsonencode: define({
    parameters: [raw('val')],
    returns: 'string',
    refine: ([encodes]) => ({ encodes }),
    call: ([value]) => ({ kind: 'string', value: encodeJson(value), encodes: value }),
  }),
  textdecodebase64: define({
    parameters: [text('source'), text('encoding')],
    returns: 'string',
    call: ([source, encoding]) => decodeText(decodeBase64(source), encoding),
  }),
  textencodebase64: define({
    parameters: [text('string'), text('encoding')],
    returns: 'string',
    call: ([value, encoding]) => encodeText(value, encoding).toString('base64'),
  }),
  urlencode: define({ parameters: [text('str')], returns: 'string', call: ([value]) => encodeUrl(value) }),
  yamldecode: define({ parameters: [text('src')], nullable: true, call: ([value]) => decodeYaml(value) }),
  yamlencode: define({
    parameters: [raw('value')],
    returns: 'string',
    call([value]) {
      // Throws if the structure is too large to print.
      encodeJson(value)
      return encodeYaml(value)
    },
  }),
}

function decodeJson(json: string) {
  let plain: unknown
  try {
    plain = JSON.parse(json)
  } catch {
    // The parser's own message quotes the text, which may be secret.
    throw new Fault('not valid JSON')
  }
  return fromPlain(plain)
}

/** Strict as Go's, which ignores line breaks. */
function decodeBase64(value: string): Buffer {
  const data = value.replaceAll(/[\r\n]/g, '')
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) throw new Fault('not valid base64')
  return Buffer.from(data, 'base64')
}

function decodeText(data: Buffer, encoding: string): string {
  const label = encoding.toLowerCase()
  if (label === 'iso-8859-1') return data.toString('latin1')
  // Node's decoders for other encodings differ between its builds.
  if (!/^utf-?8$|^utf-16[lb]e$/.test(label)) throw unfamiliar(encoding)
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(data)
  } catch {
    throw new Fault(`the bytes are not valid ${encoding}`)
  }
}

function unfamiliar(encoding: string): NotKnown {
  return new NotKnown({ kind: 'unknown', reason: `the encoding ${encoding} is not known` })
}

function encodeText(value: string, encoding: string): Buffer {
  const label = encoding.toLowerCase()
  switch (label) {
    case 'utf-8':
    case 'utf8':
      return Buffer.from(value)
    case 'utf-16le':
      return Buffer.from(value, 'utf16le')
    case 'utf-16be':
      return Buffer.from(value, 'utf16le').swap16()
    case 'utf-16':
      return Buffer.from(`\ufeff${value}`, 'utf16le').swap16()
    case 'us-ascii':
    case 'iso-8859-1':
      if ((label === 'us-ascii' ? /[^\u0000-\u007f]/ : /[^\u0000-\u00ff]/).test(value))
        throw new Fault(`the text has characters that ${encoding} lacks`)
      return Buffer.from(value, 'latin1')
    default:
      throw unfamiliar(encoding)
  }
}

function encodeUrl(value: string): string {
  const bytes = Array.from(Buffer.from(value), (byte) => {
    const character = String.fromCharCode(byte)
    if (/[\w.~-]/.test(character)) return character
    return character === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
  })
  return bytes.join('')
}
