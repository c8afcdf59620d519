/** The numbers that algorithms, usages and curves have in Go's certificates. */
import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { oid, parts, readElement, type Element } from './der.ts'

const SIGNATURES: ReadonlyMap<string, number> = new Map([
  ['1.2.840.113549.1.1.4', 2],
  ['1.2.840.113549.1.1.5', 3],
  ['1.3.14.3.2.29', 3],
  ['1.2.840.113549.1.1.11', 4],
  ['1.2.840.113549.1.1.12', 5],
  ['1.2.840.113549.1.1.13', 6],
  ['1.2.840.10040.4.3', 7],
  ['2.16.840.1.101.3.4.3.2', 8],
  ['1.2.840.10045.4.1', 9],
  ['1.2.840.10045.4.3.2', 10],
  ['1.2.840.10045.4.3.3', 11],
  ['1.2.840.10045.4.3.4', 12],
  ['1.3.101.112', 16],
])

/** Of the digest in the parameters of RSA-PSS. */
const PSS: ReadonlyMap<string, number> = new Map([
  ['2.16.840.1.101.3.4.2.1', 13],
  ['2.16.840.1.101.3.4.2.2', 14],
  ['2.16.840.1.101.3.4.2.3', 15],
])

const KEYS: ReadonlyMap<string, number> = new Map([
  ['1.2.840.113549.1.1.1', 1],
  ['1.2.840.10040.4.1', 2],
  ['1.2.840.10045.2.1', 3],
  ['1.3.101.112', 4],
])

/** Extended key usages by their object identifier. */
export const USAGES: ReadonlyMap<string, number> = new Map([
  ['2.5.29.37.0', 0],
  ...Array.from({ length: 9 }, (_, index): [string, number] => [`1.3.6.1.5.5.7.3.${index + 1}`, index + 1]),
  ['1.3.6.1.4.1.311.10.3.3', 10],
  ['2.16.840.1.113730.4.1', 11],
  ['1.3.6.1.4.1.311.2.1.22', 12],
  ['1.3.6.1.4.1.311.61.1.1', 13],
])

export function signatureAlgorithm(identifier: Element): number {
  const [name, parameters] = parts(identifier)
  const id = name === undefined ? '' : oid(name).join('.')
  if (id !== '1.2.840.113549.1.1.10') return SIGNATURES.get(id) ?? 0
  const hash = parameters === undefined ? undefined : parts(parameters).find(({ tag }) => tag === 0xa0)
  const digest = hash === undefined ? undefined : parts(readElement(hash.content))[0]
  return digest === undefined ? 0 : (PSS.get(oid(digest).join('.')) ?? 0)
}

export function keyAlgorithm(info: Element): number {
  const [identifier] = parts(info)
  const [name] = identifier === undefined ? [] : parts(identifier)
  return name === undefined ? 0 : (KEYS.get(oid(name).join('.')) ?? 0)
}

function number(encoded: string | undefined): bigint {
  const hex = Buffer.from(encoded ?? '', 'base64url').toString('hex')
  return hex === '' ? 0n : BigInt(`0x${hex}`)
}

function base64(encoded: string | undefined): string {
  return Buffer.from(encoded ?? '', 'base64url').toString('base64')
}

/** The key as Go writes it; null for a kind that it does not know. */
export function publicKeyFields(info: Buffer): unknown {
  let key: KeyObject
  try {
    key = createPublicKey({ key: info, format: 'der', type: 'spki' })
  } catch {
    return null
  }
  return keyFields(key)
}

export function keyFields(key: KeyObject): unknown {
  const jwk = key.export({ format: 'jwk' })
  if (jwk.kty === 'RSA') return key.type === 'private' ? rsaFields(jwk) : { N: number(jwk.n), E: number(jwk.e) }
  if (jwk.kty === 'EC') {
    const point = { Curve: {}, X: number(jwk.x), Y: number(jwk.y) }
    return key.type === 'private' ? { ...point, D: number(jwk.d) } : point
  }
  if (key.type === 'private') {
    const both = Buffer.concat([Buffer.from(jwk.d ?? '', 'base64url'), Buffer.from(jwk.x ?? '', 'base64url')])
    return both.toString('base64')
  }
  return base64(jwk.x)
}

function rsaFields(jwk: JsonWebKey): unknown {
  return {
    N: number(jwk.n),
    E: number(jwk.e),
    D: number(jwk.d),
    Primes: [number(jwk.p), number(jwk.q)],
    Precomputed: { Dp: number(jwk.dp), Dq: number(jwk.dq), Qinv: number(jwk.qi), CRTValues: [] },
  }
}
