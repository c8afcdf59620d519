/** Keys and signatures of tokens. */
import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  sign,
  timingSafeEqual,
  verify,
  X509Certificate,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto'
import { toJson } from '../value/json.ts'
import { isArray, RegoObject, type Value } from '../value/value.ts'
import { BuiltinError } from './builtin.ts'
import { jsonOf } from './encoding.ts'

export interface TokenKey {
  readonly key: KeyObject
  /** Empty where the key does not say. */
  readonly algorithm: string
  readonly id: string
}

/** Signs with: HMAC, RSA in two kinds, elliptic curves, Edwards curves. */
type Kind = 'HS' | 'RS' | 'PS' | 'ES' | 'Ed'

export interface Algorithm {
  readonly kind: Kind
  /** Node's name of the digest; null for Ed25519, which has its own. */
  readonly hash: string | null
}

const NAMES = ['HS', 'RS', 'PS', 'ES'] as const

export const ALGORITHMS: ReadonlyMap<string, Algorithm> = new Map<string, Algorithm>([
  ...NAMES.flatMap((kind) =>
    ['256', '384', '512'].map((bits): [string, Algorithm] => [kind + bits, { kind, hash: `sha${bits}` }]),
  ),
  ['EdDSA', { kind: 'Ed', hash: null }],
])

const TYPES: Readonly<Record<Kind, readonly string[]>> = {
  HS: [],
  RS: ['rsa', 'rsa-pss'],
  PS: ['rsa', 'rsa-pss'],
  ES: ['ec'],
  Ed: ['ed25519'],
}

export function verifySignature({ kind, hash }: Algorithm, key: KeyObject, input: string, signature: Buffer): boolean {
  const data = Buffer.from(input)
  if (kind === 'HS') {
    if (key.type !== 'secret' || hash === null) return false
    const own = createHmac(hash, key).update(data).digest()
    return own.length === signature.length && timingSafeEqual(own, signature)
  }
  if (key.type === 'secret' || !TYPES[kind].includes(key.asymmetricKeyType ?? '')) return false
  try {
    return verify(hash, data, { key, ...options(kind, false) }, signature)
  } catch {
    return false
  }
}

function options(kind: Kind, signing: boolean): object {
  if (kind === 'RS') return { padding: constants.RSA_PKCS1_PADDING }
  if (kind === 'ES') return { dsaEncoding: 'ieee-p1363' }
  if (kind !== 'PS') return {}
  const saltLength = signing ? constants.RSA_PSS_SALTLEN_DIGEST : constants.RSA_PSS_SALTLEN_AUTO
  return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }
}

export function createSignature({ kind, hash }: Algorithm, key: KeyObject, input: string): Buffer {
  const data = Buffer.from(input)
  if (kind === 'HS' && key.type === 'secret' && hash !== null) return createHmac(hash, key).update(data).digest()
  if (key.type !== 'private' || !TYPES[kind].includes(key.asymmetricKeyType ?? '')) {
    throw new BuiltinError('key does not fit the algorithm')
  }
  return sign(hash, data, { key, ...options(kind, true) })
}

export function secretKey(secret: string): KeyObject {
  return createSecretKey(Buffer.from(secret))
}

/** Of a PEM certificate, a PEM public key, a JWK or a set of them. Throws `BuiltinError`. */
export function verificationKeys(text: string): TokenKey[] {
  const block = /^-----BEGIN ([A-Z0-9 ]+)-----\r?\n[\s\S]*?-----END \1-----[ \t]*(?:\r?\n|$)/m.exec(text)
  if (block === null) return keySet(text, 'failed to parse a JWK key (set)')
  const end = block.index + block[0].length
  if (end < text.length) throw new BuiltinError('extra data after a PEM certificate block')
  const key = pemKey(block[1] ?? '', block[0])
  return [{ key, algorithm: '', id: '' }]
}

function pemKey(type: string, pem: string): KeyObject {
  const attempt = (what: string, read: () => KeyObject): KeyObject => {
    try {
      return read()
    } catch (error) {
      throw new BuiltinError(`failed to parse a PEM ${what}: ${error instanceof Error ? error.message : ''}`)
    }
  }
  if (type === 'CERTIFICATE') return attempt('certificate', () => new X509Certificate(pem).publicKey)
  if (type === 'PUBLIC KEY') return attempt('public key', () => createPublicKey(pem))
  throw new BuiltinError('failed to extract a Key from the PEM certificate')
}

function keySet(text: string, problem: string): TokenKey[] {
  let parsed: Value
  try {
    parsed = jsonOf(text)
  } catch (error) {
    throw new BuiltinError(`${problem}: ${error instanceof Error ? error.message : ''}`)
  }
  if (!(parsed instanceof RegoObject)) throw new BuiltinError(`${problem}: not an object`)
  const keys = parsed.getString('keys')
  const found: TokenKey[] = []
  for (const one of keys !== undefined && isArray(keys) ? keys : [parsed]) {
    const key = one instanceof RegoObject ? importJwk(one) : undefined
    if (key === undefined) throw new BuiltinError(`${problem}: no key`)
    // Keys for algorithms that we do not know are left out.
    if (key.algorithm === '' || ALGORITHMS.has(key.algorithm)) found.push(key)
  }
  return found
}

function importJwk(jwk: RegoObject): TokenKey | undefined {
  const text = (name: string): string => {
    const value = jwk.getString(name)
    return typeof value === 'string' ? value : ''
  }
  const found = { algorithm: text('alg'), id: text('kid') }
  if (text('kty') === 'oct') {
    return { ...found, key: createSecretKey(Buffer.from(text('k'), 'base64url')) }
  }
  const raw = toJson(jwk)
  if (!isJwk(raw)) return undefined
  try {
    const source = { key: raw, format: 'jwk' } as const
    return { ...found, key: text('d') === '' ? createPublicKey(source) : createPrivateKey(source) }
  } catch {
    return undefined
  }
}

function isJwk(raw: unknown): raw is JsonWebKey {
  return typeof raw === 'object' && raw !== null && 'kty' in raw
}

/** Public parts of private keys verify as well. */
export function publicPart(key: KeyObject): KeyObject {
  return key.type === 'private' ? createPublicKey(key) : key
}

/** The first key of a JWK or a set of them, to sign with. */
export function signingKey(text: string): KeyObject {
  const [first] = keySet(text, 'failed to parse a JWK key (set)')
  if (first === undefined) throw new BuiltinError('no keys found in JWK set')
  return first.key
}
