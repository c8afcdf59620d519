import type { KeyObject } from 'node:crypto'
import { compareNumbers, fromBigInt, fromDouble, toDouble, type Numeric } from '../number/decimal.ts'
import { jsonText, parseJson } from '../value/json.ts'
import { isArray, isNumber, RegoObject, type Value } from '../value/value.ts'
import { BuiltinError, define, objectOperand, stringOperand, type BuiltinContext, type Declaration } from './builtin.ts'
import { decodeUrlSafe, goJsonString, jsonOf } from './encoding.ts'
import {
  ALGORITHMS,
  createSignature,
  publicPart,
  secretKey,
  signingKey,
  verificationKeys,
  verifySignature,
  type Algorithm,
  type TokenKey,
} from './jwt-keys.ts'
import { any, anyObject, boolean, objectOf, string, tuple } from './types.ts'

interface Token {
  readonly header: string
  readonly payload: string
  readonly signature: string
}

function splitToken(text: string): Token {
  if (!text.includes('.')) throw new BuiltinError('encoded JWT had no period separators')
  const [header = '', payload = '', signature = '', ...rest] = text.split('.')
  const sections = text.split('.').length
  if (sections !== 3 || rest.length > 0) throw new BuiltinError(`encoded JWT must have 3 sections, found ${sections}`)
  return { header, payload, signature }
}

function decodePart(part: string, what: string): Buffer {
  try {
    return decodeUrlSafe(part)
  } catch (error) {
    throw new BuiltinError(`JWT ${what} had invalid encoding: ${messageOf(error)}`)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function objectOfJson(text: string): RegoObject {
  let value: Value
  try {
    value = jsonOf(text)
  } catch (error) {
    throw new BuiltinError(`invalid JSON: ${messageOf(error)}`)
  }
  if (!(value instanceof RegoObject)) throw new BuiltinError('decoded JSON type was not an Object')
  return value
}

function decodeHeader(token: Token): RegoObject {
  const text = decodePart(token.header, 'header').toString('utf8')
  let header: RegoObject
  try {
    header = objectOfJson(text)
  } catch (error) {
    throw new BuiltinError(`bad JWT header: ${messageOf(error)}`)
  }
  if (header.has('enc')) throw new BuiltinError('JWT is a JWE object, which is not supported')
  return header
}

/** A token in a token is decoded instead of its wrapping. */
function decode(text: string): Value {
  const token = splitToken(text)
  const header = decodeHeader(token)
  const payload = decodePart(token.payload, 'payload').toString('utf8')
  if (header.getString('cty') === 'JWT') return decode(payload.replace(/^["']+|["']+$/g, ''))
  const body = objectOfJson(payload)
  return [header, body, decodePart(token.signature, 'signature').toString('hex')]
}

interface Header {
  readonly algorithm: string
  readonly keyId: string
  readonly contentType: string
  /** False if the token must not be trusted whatever its signature. */
  readonly valid: boolean
}

const KNOWN = new Set(['alg', 'kid', 'typ', 'cty', 'crit'])

function readHeader(header: RegoObject): Header {
  const text = (name: string): string => {
    const value = header.getString(name)
    if (value !== undefined && typeof value !== 'string') throw new BuiltinError(`${name}: must be a string`)
    return value ?? ''
  }
  text('typ')
  const critical = header.getString('crit')
  const names: Value[] = []
  if (critical !== undefined) {
    if (!isArray(critical)) throw new BuiltinError('crit: must be a list')
    if (critical.length === 0) throw new BuiltinError('crit: must be a nonempty list')
    names.push(...critical)
  }
  const unknown = names.some((name) => typeof name === 'string' && !KNOWN.has(name) && header.has(name))
  return { algorithm: text('alg'), keyId: text('kid'), contentType: text('cty'), valid: text('alg') !== '' && !unknown }
}

/** The key that the token names if it is there, or else any that fits. */
function verifiesWith(
  keys: readonly TokenKey[],
  { keyId, algorithm }: Header,
  check: (key: KeyObject) => boolean,
): boolean {
  const named = keyId === '' ? undefined : keys.find(({ id }) => id === keyId)
  if (named !== undefined) return check(named.key)
  return keys.some((key) => (key.algorithm === '' || key.algorithm === algorithm) && check(key.key))
}

function verifyAsymmetric(args: readonly Value[], algorithm: Algorithm): Value {
  const token = splitToken(stringOperand(args, 0))
  const keys = verificationKeys(stringOperand(args, 1))
  const signature = decodeUrlSafe(token.signature)
  const header = readHeader(decodeHeader(token))
  const input = `${token.header}.${token.payload}`
  return verifiesWith(keys, header, (key) => verifySignature(algorithm, publicPart(key), input, signature))
}

function verifySymmetric(args: readonly Value[], algorithm: Algorithm): Value {
  const text = stringOperand(args, 0)
  const secret = stringOperand(args, 1)
  const token = splitToken(text)
  const signature = decodeUrlSafe(token.signature)
  return verifySignature(algorithm, secretKey(secret), `${token.header}.${token.payload}`, signature)
}

interface Constraints {
  readonly keys: readonly TokenKey[] | undefined
  readonly secret: string
  readonly algorithm: string
  readonly issuer: string
  readonly audience: string
  /** Seconds since 1970. */
  readonly time: Numeric
}

function readConstraints(object: RegoObject, context: BuiltinContext): Constraints {
  const texts = new Map<string, string>()
  let time = fromBigInt(context.now)
  for (const [key, value] of object) {
    const name = typeof key === 'string' ? key : jsonText(key)
    if (name === 'time') {
      if (!isNumber(value)) throw new BuiltinError('token time constraint: must be a number')
      if (compareNumbers(value, 0) < 0) throw new BuiltinError('token time constraint: must not be negative')
      time = value
    } else if (['cert', 'secret', 'alg', 'iss', 'aud'].includes(name)) {
      if (typeof value !== 'string') throw new BuiltinError(`${name} constraint: must be a string`)
      texts.set(name, value)
    } else throw new BuiltinError(`unknown token validation constraint: ${name}`)
  }
  const certificate = texts.get('cert')
  const keys = certificate === undefined ? undefined : verificationKeys(certificate)
  const secret = texts.get('secret') ?? ''
  if (keys !== undefined && secret !== '') throw new BuiltinError('duplicate key constraints')
  if (keys === undefined && secret === '') throw new BuiltinError('no key constraint')
  return {
    keys,
    secret,
    algorithm: texts.get('alg') ?? '',
    issuer: texts.get('iss') ?? '',
    audience: texts.get('aud') ?? '',
    time: fromDouble(toDouble(time) / 1e9),
  }
}

const UNVERIFIED: Value = [false, RegoObject.empty, RegoObject.empty]

function decodeVerify(args: readonly Value[], context: BuiltinContext): Value {
  let text = stringOperand(args, 0)
  const constraints = readConstraints(objectOperand(args, 1), context)
  for (;;) {
    context.budget.step(text.length >> 6)
    const token = splitToken(text)
    const object = decodeHeader(token)
    const header = readHeader(object)
    if (!header.valid || (constraints.algorithm !== '' && constraints.algorithm !== header.algorithm)) return UNVERIFIED
    const signature = decodeUrlSafe(token.signature)
    const algorithm = ALGORITHMS.get(header.algorithm)
    const input = `${token.header}.${token.payload}`
    const check = (key: KeyObject) => algorithm !== undefined && verifySignature(algorithm, key, input, signature)
    const trusted =
      constraints.keys === undefined
        ? check(secretKey(constraints.secret))
        : verifiesWith(constraints.keys, header, (key) => check(publicPart(key)))
    if (!trusted) return UNVERIFIED
    const payload = decodePart(token.payload, 'payload').toString('utf8')
    if (header.contentType.toUpperCase() === 'JWT') {
      text = payload
      continue
    }
    const claims = objectOfJson(payload)
    return claimsHold(claims, constraints) ? [true, object, claims] : UNVERIFIED
  }
}

function claimsHold(claims: RegoObject, { issuer, audience, time }: Constraints): boolean {
  if (issuer !== '' && claims.getString('iss') !== issuer) return false
  const aud = claims.getString('aud')
  if (aud === undefined ? audience !== '' : !(isArray(aud) ? aud.includes(audience) : aud === audience)) return false
  const bound = (name: string): Numeric | undefined => {
    const value = claims.getString(name)
    if (value === undefined || isNumber(value)) return value
    throw new BuiltinError(`${name} value must be a number`)
  }
  const expires = bound('exp')
  if (expires !== undefined && compareNumbers(time, expires) >= 0) return false
  const notBefore = bound('nbf')
  return notBefore === undefined || compareNumbers(time, notBefore) >= 0
}

function encode(headers: string, payload: string, jwk: string): Value {
  const key = signingKey(jwk)
  const header = signingHeader(headers)
  const name = header.getString('alg')
  if (name === undefined) throw new BuiltinError(`missing or invalid 'alg' header: jwsbb: header "alg" not found`)
  const algorithm = typeof name === 'string' ? ALGORITHMS.get(name) : undefined
  if (algorithm === undefined) throw new BuiltinError(`unknown JWS algorithm: ${String(name)}`)
  const type = header.getString('typ')
  if ((type === undefined || type === 'JWT') && !isJson(payload)) {
    throw new BuiltinError('type is JWT but payload is not JSON')
  }
  const input = `${Buffer.from(headers).toString('base64url')}.${Buffer.from(payload).toString('base64url')}`
  return `${input}.${createSignature(algorithm, key, input).toString('base64url')}`
}

function signingHeader(text: string): RegoObject {
  const problem = (why: string) => new BuiltinError(`missing or invalid 'alg' header: cannot parse JSON: ${why}`)
  if (text === '') throw problem('cannot parse empty string')
  try {
    return objectOfJson(text)
  } catch (error) {
    throw problem(`invalid character: ${messageOf(error)}`)
  }
}

function isJson(text: string): boolean {
  try {
    parseJson(text)
    return true
  } catch {
    return false
  }
}

const TOKEN = ['jwt', string, 'a token'] as const

function verifier(name: string, algorithm: Algorithm): Declaration {
  const symmetric = algorithm.kind === 'HS'
  return {
    name: `io.jwt.verify_${name.toLowerCase()}`,
    args: [
      TOKEN,
      symmetric
        ? ['secret', string, 'the shared secret']
        : ['certificate', string, 'a PEM certificate or public key, a JWK or a set of them'],
    ],
    result: [boolean, 'whether the signature is right'],
    description: `Verifies the ${name} signature of a token. Dates and other claims are not looked at.`,
    evaluate: (args) => (symmetric ? verifySymmetric(args, algorithm) : verifyAsymmetric(args, algorithm)),
  }
}

const OPTIONS = objectOf(string, any)

export const jwt = define('tokens', [
  ...Array.from(ALGORITHMS, ([name, algorithm]) => verifier(name, algorithm)),
  {
    name: 'io.jwt.decode',
    args: [TOKEN],
    result: [tuple(anyObject, anyObject, string), 'header, payload, and the signature in hexadecimal digits'],
    description: 'Decodes a token without verifying it.',
    evaluate: (args) => decode(stringOperand(args, 0)),
  },
  {
    name: 'io.jwt.decode_verify',
    args: [TOKEN, ['constraints', OPTIONS, '`cert` or `secret`, and `alg`, `iss`, `aud`, `time` where they matter']],
    result: [tuple(boolean, anyObject, anyObject), 'whether it is valid, header and payload; both empty if it is not'],
    description: 'Verifies a token and its claims, and decodes it.',
    nondeterministic: true,
    evaluate: decodeVerify,
  },
  {
    name: 'io.jwt.encode_sign',
    args: [
      ['headers', OPTIONS, 'the header'],
      ['payload', OPTIONS, 'the payload'],
      ['key', OPTIONS, 'a JWK'],
    ],
    result: [string, 'a token'],
    description: 'Makes and signs a token.',
    nondeterministic: true,
    evaluate: (args) => {
      const [headers = '', payload = '', key = ''] = [0, 1, 2].map((at) =>
        jsonText(objectOperand(args, at), goJsonString),
      )
      return encode(headers, payload, key)
    },
  },
  {
    name: 'io.jwt.encode_sign_raw',
    args: [
      ['headers', string, 'the header as JSON'],
      ['payload', string, 'the payload as JSON'],
      ['key', string, 'a JWK as JSON'],
    ],
    result: [string, 'a token'],
    description: 'Makes and signs a token from texts, which it takes as they are.',
    nondeterministic: true,
    evaluate: (args) => {
      const key = stringOperand(args, 2)
      return encode(stringOperand(args, 0), stringOperand(args, 1), key)
    },
  },
])
