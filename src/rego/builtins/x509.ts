import { createPrivateKey, type KeyObject } from 'node:crypto'
import { formatTime } from '../go/time.ts'
import { UTC } from '../go/time-zone.ts'
import { fromBigInt, toBigInt } from '../number/decimal.ts'
import { isArray, isNumber, RegoObject, RegoSet, type Value } from '../value/value.ts'
import { keyFields } from '../x509/algorithms.ts'
import { parseCertificates, parseRequest, type Certificate } from '../x509/certificate.ts'
import { DerError } from '../x509/der.ts'
import { verifyChain, type VerifyOptions } from '../x509/verify.ts'
import { BuiltinError, define, objectOperand, stringOperand, type BuiltinContext } from './builtin.ts'
import { decodeStandard } from './encoding.ts'
import { any, arrayOf, boolean, objectOf, string, tuple } from './types.ts'

interface Block {
  readonly type: string
  readonly bytes: Buffer
  readonly pem: string
}

const BLOCK = /-----BEGIN ([^\n-]+)-----[ \t]*\r?\n((?:[\w-]+:[^\n]*\n)*)([A-Za-z0-9+/=\s]*)-----END \1-----/g

function blocks(text: string): Block[] {
  return Array.from(text.matchAll(BLOCK), ([pem, type = '', , body = '']) => ({
    type,
    pem,
    bytes: Buffer.from(body.replace(/\s/g, ''), 'base64'),
  }))
}

/** Bigints and plain data. */
function toValue(raw: unknown): Value {
  if (typeof raw === 'bigint') return fromBigInt(raw)
  if (Array.isArray(raw)) return raw.map(toValue)
  if (typeof raw === 'object' && raw !== null) {
    return RegoObject.of(Object.entries(raw).map(([key, value]) => [key, toValue(value)] as const))
  }
  return typeof raw === 'string' || typeof raw === 'boolean' || typeof raw === 'number' ? raw : null
}

function guarded<T>(what: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof DerError) throw new BuiltinError(`x509: malformed ${what}`)
    throw error
  }
}

/** PEM, or base64 of PEM or DER. */
function certificatesOf(text: string): Certificate[] {
  const decoded = text.startsWith('-----BEGIN') ? undefined : decodeStandard(text)
  const pem = decoded === undefined ? text : decoded.toString('latin1')
  if (!pem.startsWith('-----BEGIN')) return guarded('certificate', () => parseCertificates(decoded ?? Buffer.alloc(0)))
  const found = blocks(pem)
  const wrong = found.find(({ type }) => type !== 'CERTIFICATE')
  if (wrong !== undefined) throw new BuiltinError(`PEM block type is '${wrong.type}', expected CERTIFICATE`)
  return guarded('certificate', () => parseCertificates(Buffer.concat(found.map(({ bytes }) => bytes))))
}

function requestOf(text: string): Value {
  const bytes = text.startsWith('-----BEGIN CERTIFICATE REQUEST-----') ? Buffer.from(text) : decodeStandard(text)
  const [block] = blocks(bytes.toString('latin1'))
  if (block !== undefined && block.type !== 'CERTIFICATE REQUEST') {
    throw new BuiltinError('invalid PEM-encoded certificate signing request')
  }
  return guarded('certificate request', () => toValue(parseRequest(block?.bytes ?? bytes)))
}

const NOT_VERIFIED: Value = [false, []]

function verify(text: string, options: Omit<VerifyOptions, 'now'> & { now: bigint }): Value {
  let certificates: Certificate[]
  try {
    certificates = certificatesOf(text)
  } catch (error) {
    if (error instanceof BuiltinError) return NOT_VERIFIED
    throw error
  }
  const now = formatTime(options.now, UTC, '2006-01-02T15:04:05Z')
  const chain = verifyChain(certificates, { ...options, now })
  return chain === undefined ? NOT_VERIFIED : [true, chain.map(({ fields }) => toValue(fields))]
}

const USAGES = [
  'KeyUsageAny',
  'KeyUsageServerAuth',
  'KeyUsageClientAuth',
  'KeyUsageCodeSigning',
  'KeyUsageEmailProtection',
  'KeyUsageIPSECEndSystem',
  'KeyUsageIPSECTunnel',
  'KeyUsageIPSECUser',
  'KeyUsageTimeStamping',
  'KeyUsageOCSPSigning',
  'KeyUsageMicrosoftServerGatedCrypto',
  'KeyUsageNetscapeServerGatedCrypto',
  'KeyUsageMicrosoftCommercialCodeSigning',
  'KeyUsageMicrosoftKernelCodeSigning',
]

function readUsages(value: Value): number[] {
  const names = isArray(value) ? value : value instanceof RegoSet ? value.sorted() : undefined
  if (names === undefined) throw new BuiltinError("'KeyUsages' should be an Array or Set")
  const texts = names.filter((name): name is string => typeof name === 'string')
  const wrong = texts.filter((name) => !USAGES.includes(name))
  if (wrong.length > 0) throw new BuiltinError(`invalid entries for 'KeyUsages' found: [${wrong.join(' ')}]`)
  return texts.map((name) => USAGES.indexOf(name))
}

function verifyWithOptions(args: readonly Value[], context: BuiltinContext): Value {
  const text = stringOperand(args, 0)
  let host = ''
  let now = context.now
  let usages = [1]
  for (const [key, value] of objectOperand(args, 1)) {
    if (key === 'DNSName') {
      if (typeof value !== 'string') throw new BuiltinError("'DNSName' should be a string")
      host = value
    } else if (key === 'CurrentTime') {
      if (!isNumber(value)) throw new BuiltinError("'CurrentTime' should be a number")
      now = toBigInt(value) ?? now
    } else if (key === 'KeyUsages') {
      const given = readUsages(value)
      if (given.length > 0) usages = given
    } else if (key !== 'MaxConstraintComparisons') throw new BuiltinError('invalid key option')
  }
  return verify(text, { now, host, usages })
}

const PRIVATE = new Set(['RSA PRIVATE KEY', 'PRIVATE KEY', 'EC PRIVATE KEY'])

function privateKeys(text: string): KeyObject[] {
  let pem = text
  try {
    pem = decodeStandard(text).toString('latin1')
  } catch (error) {
    if (!(error instanceof BuiltinError)) throw error
  }
  return blocks(pem).flatMap(({ type, pem: block }) => (PRIVATE.has(type) ? [privateKey(block)] : []))
}

function privateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem)
  } catch {
    throw new BuiltinError('x509: failed to parse private key')
  }
}

function firstJwk(text: string): Value {
  if (text === '') throw new BuiltinError('input PEM data was empty')
  const pem = text.startsWith('-----BEGIN') ? text : decodeStandard(text).toString('latin1')
  const [key] = privateKeys(pem)
  return key === undefined ? null : toValue(key.export({ format: 'jwk' }))
}

function keyPair(certificate: string, key: string): Value {
  const pemOf = (text: string, type: string): string => {
    const pem = text.startsWith('-----BEGIN ') ? text : decodeStandard(text).toString('latin1')
    if (pem.startsWith('-----BEGIN ')) return pem
    const body = Buffer.from(pem, 'latin1').toString('base64')
    return `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`
  }
  const found = blocks(pemOf(certificate, 'CERTIFICATE')).filter(({ type }) => type === 'CERTIFICATE')
  const [leaf] = guarded('certificate', () => found.slice(0, 1).flatMap(({ bytes }) => parseCertificates(bytes)))
  if (leaf === undefined) throw new BuiltinError('tls: failed to find any PEM data in certificate input')
  const [own] = privateKeys(pemOf(key, 'PRIVATE KEY'))
  if (own === undefined) throw new BuiltinError('tls: failed to find any PEM data in key input')
  return RegoObject.of([
    ['Certificate', found.map(({ bytes }) => bytes.toString('base64'))],
    ['PrivateKey', toValue(matching(own, leaf))],
    ['SupportedSignatureAlgorithms', null],
    ['OCSPStaple', null],
    ['SignedCertificateTimestamps', null],
    ['Leaf', toValue(Object.fromEntries(Object.entries(leaf.fields).filter(([name]) => name !== 'URIStrings')))],
  ])
}

function matching(key: KeyObject, { fields }: Certificate): unknown {
  const own = keyFields(key)
  const shown = (value: unknown): string =>
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))
  const jwk = key.export({ format: 'jwk' })
  const wanted = fields['PublicKey']
  const fits =
    typeof wanted === 'string'
      ? Buffer.from(jwk.x ?? '', 'base64url').toString('base64') === wanted
      : typeof own === 'object' &&
        own !== null &&
        Object.entries(wanted ?? {}).every(([name, value]) => shown(Reflect.get(own, name)) === shown(value))
  if (!fits) throw new BuiltinError('tls: private key does not match public key')
  return own
}

const OBJECT = objectOf(string, any)
const CERTS = ['certs', string, 'PEM, or base64 of PEM or DER'] as const

export const x509 = define('crypto', [
  {
    name: 'crypto.x509.parse_certificates',
    args: [CERTS],
    result: [arrayOf(OBJECT), "certificates with the fields of Go's crypto/x509"],
    description: 'Parses certificates. `URIStrings` holds their URIs as text.',
    evaluate: (args) => certificatesOf(stringOperand(args, 0)).map(({ fields }) => toValue(fields)),
  },
  {
    name: 'crypto.x509.parse_and_verify_certificates',
    args: [['certs', string, 'certificates from the root to the leaf']],
    result: [
      tuple(boolean, arrayOf(OBJECT)),
      'whether the chain holds, and its certificates from the leaf to the root',
    ],
    description: 'Parses a chain of certificates and verifies it.',
    evaluate: (args, context) => verify(stringOperand(args, 0), { now: context.now, host: '', usages: [1] }),
  },
  {
    name: 'crypto.x509.parse_and_verify_certificates_with_options',
    args: [
      ['certs', string, 'certificates from the root to the leaf'],
      ['options', OBJECT, '`DNSName`, `CurrentTime` in nanoseconds, `KeyUsages`, `MaxConstraintComparisons`'],
    ],
    result: [
      tuple(boolean, arrayOf(OBJECT)),
      'whether the chain holds, and its certificates from the leaf to the root',
    ],
    description: 'Parses a chain of certificates and verifies it at a time, for a host, for usages.',
    evaluate: verifyWithOptions,
  },
  {
    name: 'crypto.x509.parse_certificate_request',
    args: [['csr', string, 'PEM, or base64 of PEM or DER']],
    result: [OBJECT, "the request with the fields of Go's crypto/x509"],
    description: 'Parses a request for a certificate.',
    evaluate: (args) => requestOf(stringOperand(args, 0)),
  },
  {
    name: 'crypto.x509.parse_keypair',
    args: [
      ['cert', string, 'certificates, PEM or base64'],
      ['pem', string, 'the private key of the first, PEM or base64'],
    ],
    result: [OBJECT, 'the pair'],
    description: 'Parses a certificate and its key; if they do not belong together it is an error.',
    evaluate: (args) => keyPair(stringOperand(args, 0), stringOperand(args, 1)),
  },
  {
    name: 'crypto.x509.parse_rsa_private_key',
    args: [['pem', string, 'PEM, or base64 of it']],
    result: [OBJECT, 'a JWK'],
    description: 'Turns a private key into a JWK.',
    evaluate: (args) => firstJwk(stringOperand(args, 0)),
  },
  {
    name: 'crypto.parse_private_keys',
    args: [['keys', string, 'PEM, or base64 of it']],
    result: [arrayOf(OBJECT), 'the keys with their numbers'],
    description: 'Parses private keys.',
    evaluate: (args) => {
      const text = stringOperand(args, 0)
      return text === '' ? null : privateKeys(text).map((key) => toValue(keyFields(key)))
    },
  },
])
