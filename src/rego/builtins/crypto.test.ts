import { createSign, generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText, parseJson } from '../value/json.ts'
import { fromJson, isArray, RegoObject, type Value } from '../value/value.ts'
import { BuiltinError, type BuiltinContext } from './builtin.ts'
import { builtins } from './index.ts'

const context: BuiltinContext = {
  now: 1_700_000_000_000_000_000n,
  seed: '',
  budget: { step: () => undefined },
  strict: true,
}

function call(name: string, ...args: Value[]): Value | undefined {
  return builtins.get(name)?.evaluate(args, context)
}

function field(value: Value | undefined, ...path: (string | number)[]): Value | undefined {
  return path.reduce<Value | undefined>((at, key) => {
    if (at instanceof RegoObject) return at.get(key)
    return at !== undefined && isArray(at) && typeof key === 'number' ? at[key] : undefined
  }, value)
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const ed = generateKeyPairSync('ed25519')

function jwk(key: KeyObject): RegoObject {
  const value = fromJson(key.export({ format: 'jwk' }))
  if (!(value instanceof RegoObject)) throw new TypeError('an object')
  return value
}

function pem(key: KeyObject): string {
  return key.export({ type: 'spki', format: 'pem' }).toString()
}

const SECRET = RegoObject.of([
  ['kty', 'oct'],
  ['k', Buffer.from('secret').toString('base64url')],
])

describe('tokens', () => {
  it.each([
    ['RS256', rsa],
    ['PS384', rsa],
    ['ES256', ec],
    ['EdDSA', ed],
  ])('%s: what is signed verifies, what is changed does not', (algorithm, { privateKey, publicKey }) => {
    const header = RegoObject.of([['alg', algorithm]])
    const token = call('io.jwt.encode_sign', header, RegoObject.of([['sub', 'a']]), jwk(privateKey))
    const verify = `io.jwt.verify_${algorithm.toLowerCase()}`
    expect(call(verify, token ?? '', pem(publicKey))).toBe(true)
    expect(call(verify, token ?? '', jsonText(jwk(publicKey)))).toBe(true)
    const other = String(token).replace(/\.[^.]+\./, `.${Buffer.from('{"sub":"b"}').toString('base64url')}.`)
    expect(call(verify, other, pem(publicKey))).toBe(false)
    const [wrong] = [rsa, ec].filter((pair) => pair.publicKey !== publicKey)
    expect(call(verify, token ?? '', pem(wrong?.publicKey ?? publicKey))).toBe(false)
  })

  it('does not take a public key for a shared secret', () => {
    const forged = call('io.jwt.encode_sign', RegoObject.of([['alg', 'HS256']]), RegoObject.of([['sub', 'a']]), SECRET)
    const constraints = RegoObject.of([['cert', pem(rsa.publicKey)]])
    expect(field(call('io.jwt.decode_verify', forged ?? '', constraints), 0)).toBe(false)
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`
    expect(field(call('io.jwt.decode_verify', none, constraints), 0)).toBe(false)
  })

  it.each([
    ['{"exp": 1700000001}', '{}', true],
    ['{"exp": 1700000000}', '{}', false],
    ['{"nbf": 1700000000}', '{}', true],
    ['{"nbf": 1700000001}', '{}', false],
    ['{"nbf": 1700000001}', '{"time": 1700000002000000000}', true],
    ['{"iss": "me"}', '{"iss": "me"}', true],
    ['{}', '{"iss": "me"}', false],
    ['{"aud": ["x", "y"]}', '{"aud": "y"}', true],
    ['{"aud": "x"}', '{}', false],
    ['{}', '{"alg": "RS256"}', false],
  ])('claims %s with %s', (claims, wanted, valid) => {
    const payload = parseJson(claims)
    const token = call('io.jwt.encode_sign', RegoObject.of([['alg', 'HS256']]), payload, SECRET)
    const given = parseJson(wanted)
    const constraints = RegoObject.of([['secret', 'secret'], ...(given instanceof RegoObject ? given : [])])
    const result = call('io.jwt.decode_verify', token ?? '', constraints)
    expect(field(result, 0)).toBe(valid)
    expect(field(result, 2)).toEqual(valid ? payload : RegoObject.empty)
  })
})

/** Enough of a DER writer to make certificates. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const length = body.length < 128 ? [body.length] : [0x82, body.length >> 8, body.length & 255]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}

const ALGORITHM = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'))

function nameOf(common: string): Buffer {
  return der(0x30, der(0x31, der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(common)))))
}

function certificate(subject: string, issuer: string, key: KeyObject, by: KeyObject, authority: boolean): string {
  const constraints = der(
    0x30,
    Buffer.from('0603551d13', 'hex'),
    der(4, der(0x30, ...(authority ? [Buffer.from('0101ff', 'hex')] : []))),
  )
  const alternative = der(0x30, Buffer.from('0603551d11', 'hex'), der(4, der(0x30, der(0x82, Buffer.from(subject)))))
  const body = der(
    0x30,
    Buffer.from('a003020102020101', 'hex'),
    ALGORITHM,
    nameOf(issuer),
    der(0x30, der(0x17, Buffer.from('230101000000Z')), der(0x17, Buffer.from('240101000000Z'))),
    nameOf(subject),
    key.export({ type: 'spki', format: 'der' }),
    der(0xa3, der(0x30, constraints, alternative)),
  )
  const signature = createSign('sha256').update(body).sign(by)
  const whole = der(0x30, body, ALGORITHM, der(3, Buffer.from([0]), signature))
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64')}\n-----END CERTIFICATE-----\n`
}

describe('certificates', () => {
  const root = certificate('root', 'root', rsa.publicKey, rsa.privateKey, true)
  const leaf = certificate('www.example.com', 'root', ec.publicKey, rsa.privateKey, false)
  const stranger = certificate(
    'www.example.com',
    'root',
    ec.publicKey,
    generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey,
    false,
  )
  const verify = (chain: string, options: [string, Value][] = []) =>
    field(call('crypto.x509.parse_and_verify_certificates_with_options', chain, RegoObject.of(options)), 0)

  it('are read', () => {
    const [first] = [call('crypto.x509.parse_certificates', leaf)]
    expect(field(first, 0, 'Subject', 'CommonName')).toBe('www.example.com')
    expect(field(first, 0, 'NotAfter')).toBe('2024-01-01T00:00:00Z')
    expect(field(first, 0, 'DNSNames')).toEqual(['www.example.com'])
    expect(field(first, 0, 'PublicKeyAlgorithm')).toBe(3)
    expect(field(first, 0, 'IsCA')).toBe(false)
  })

  it('verify to their root, in their time, for their host', () => {
    expect(verify(root + leaf)).toBe(true)
    expect(verify(root + stranger)).toBe(false)
    expect(verify(leaf + root)).toBe(false)
    expect(verify(root)).toBe(false)
    expect(verify(root + leaf, [['CurrentTime', 1_800_000_000_000_000]])).toBe(false)
    expect(verify(root + leaf, [['DNSName', 'www.example.com']])).toBe(true)
    expect(verify(root + leaf, [['DNSName', 'evil.example.com']])).toBe(false)
    expect(() => verify(root + leaf, [['Nope', 1]])).toThrow('invalid key option')
  })

  it('an ordinary certificate signs nothing', () => {
    const below = certificate('below', 'www.example.com', ec.publicKey, rsa.privateKey, false)
    expect(verify(root + certificate('www.example.com', 'root', rsa.publicKey, rsa.privateKey, false) + below)).toBe(
      false,
    )
    const between = certificate('www.example.com', 'root', rsa.publicKey, rsa.privateKey, true)
    expect(verify(root + between + below)).toBe(true)
  })

  it('belong to a key', () => {
    const key = ec.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(field(call('crypto.x509.parse_keypair', leaf, key), 'Leaf', 'Subject', 'CommonName')).toBe('www.example.com')
    const wrong = ed.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(() => call('crypto.x509.parse_keypair', leaf, wrong)).toThrow('private key does not match public key')
  })

  it('what is broken is an error', () => {
    const bytes = Buffer.from(leaf.replace(/-----[^-]+-----|\n/g, ''), 'base64')
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.boolean(), (at, byte, cut) => {
        const broken = cut ? bytes.subarray(0, at) : Buffer.from(bytes.map((own, index) => (index === at ? byte : own)))
        try {
          call('crypto.x509.parse_certificates', broken.toString('base64'))
          verify(root + `-----BEGIN CERTIFICATE-----\n${broken.toString('base64')}\n-----END CERTIFICATE-----\n`)
        } catch (error) {
          expect(error).toBeInstanceOf(BuiltinError)
        }
      }),
      { numRuns: 500 },
    )
  })
})

it('signs with Ed25519 as node does', () => {
  const token = String(
    call('io.jwt.encode_sign', RegoObject.of([['alg', 'EdDSA']]), RegoObject.empty, jwk(ed.privateKey)),
  )
  const [head, body, signature] = token.split('.')
  expect(signature).toBe(signBytes(null, Buffer.from(`${head}.${body}`), ed.privateKey).toString('base64url'))
})
