import { createHash } from 'node:crypto'
import { define, Fault, type FunctionTable, integer, NotKnown, text, type TerraformFunction } from './definition.ts'

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'

/** https://developer.hashicorp.com/terraform/language/functions, "Hash and Crypto Functions"; those of files are apart. */
export const hashFunctions: FunctionTable = {
  base64sha256: hash('sha256', 'base64'),
  base64sha512: hash('sha512', 'base64'),
  bcrypt: define({
    parameters: [text('str')],
    variadic: integer('cost'),
    most: 2,
    returns: 'string',
    call: () => differs('bcrypt'),
  }),
  md5: hash('md5', 'hex'),
  rsadecrypt: define({
    parameters: [text('ciphertext'), text('privatekey')],
    returns: 'string',
    call() {
      throw new NotKnown({ kind: 'unknown', reason: 'rsadecrypt() is not carried out' })
    },
  }),
  sha1: hash('sha1', 'hex'),
  sha256: hash('sha256', 'hex'),
  sha512: hash('sha512', 'hex'),
  uuid: define({ parameters: [], returns: 'string', call: () => differs('uuid') }),
  uuidv5: define({
    parameters: [text('namespace'), text('name')],
    returns: 'string',
    call: ([namespace, name]) => uuidv5(namespace, name),
  }),
}

function hash(algorithm: Algorithm, encoding: 'hex' | 'base64'): TerraformFunction {
  return define({ parameters: [text('str')], returns: 'string', call: ([value]) => digest(value, algorithm, encoding) })
}

/** The hash of the text's UTF-8 bytes. */
export function digest(value: string, algorithm: Algorithm, encoding: 'hex' | 'base64'): string {
  return createHash(algorithm).update(value).digest(encoding)
}

function differs(name: string): never {
  throw new NotKnown({ kind: 'unknown', reason: `${name}() differs on every run` })
}

/** The namespaces that RFC 4122 names; they differ in one digit. */
const namespaces: ReadonlyMap<string, string> = new Map([
  ['dns', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
  ['url', '6ba7b811-9dad-11d1-80b4-00c04fd430c8'],
  ['oid', '6ba7b812-9dad-11d1-80b4-00c04fd430c8'],
  ['x500', '6ba7b814-9dad-11d1-80b4-00c04fd430c8'],
])

function uuidv5(namespace: string, name: string): string {
  const id = (namespaces.get(namespace) ?? namespace).replace(/^urn:uuid:/i, '').replace(/^\{(.*)\}$/, '$1')
  if (!/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^[0-9a-f]{32}$/i.test(id))
    throw new Fault('namespace: not a UUID')
  const bytes = createHash('sha1')
    .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16)
  // Version 5, variant 1.
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
