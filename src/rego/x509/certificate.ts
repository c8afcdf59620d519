/** Certificates and requests with the fields that Go gives them. */
import { keyAlgorithm, publicKeyFields, signatureAlgorithm } from './algorithms.ts'
import { bits, DerError, integer, oid, parts, readAll, readElement, time, type Element } from './der.ts'
import { extensionFields, nameFields, readExtension, requestNames, type Extension } from './extensions.ts'

export type Fields = Readonly<Record<string, unknown>>

export interface Certificate {
  readonly der: Buffer
  readonly fields: Fields
  readonly notBefore: string
  readonly notAfter: string
}

function need(element: Element | undefined): Element {
  if (element === undefined) throw new DerError('malformed')
  return element
}

function base64({ raw }: Element): string {
  return raw.toString('base64')
}

function extensionList(extensions: readonly Extension[]): unknown {
  if (extensions.length === 0) return null
  return extensions.map(({ id, critical, value }) => ({ Id: id, Critical: critical, Value: value.toString('base64') }))
}

/** Throws `DerError`. */
function parseCertificate(der: Buffer): Certificate {
  const whole = readElement(der)
  const [body, algorithm, signature] = parts(whole)
  const fields = parts(need(body))
  const version = fields[0]?.tag === 0xa0 ? Number(integer(readElement(need(fields.shift()).content))) + 1 : 1
  const [serial, , issuer, validity, subject, key, ...rest] = fields
  const [from, to] = parts(need(validity))
  const extensions = rest
    .filter(({ tag }) => tag === 0xa3)
    .flatMap(({ content }) => parts(readElement(content)).map(readExtension))
  const notBefore = time(need(from))
  const notAfter = time(need(to))
  return {
    der: whole.raw,
    notBefore,
    notAfter,
    fields: {
      Raw: base64(whole),
      RawTBSCertificate: base64(need(body)),
      RawSubjectPublicKeyInfo: base64(need(key)),
      RawSubject: base64(need(subject)),
      RawIssuer: base64(need(issuer)),
      Signature: bits(need(signature)).toString('base64'),
      SignatureAlgorithm: signatureAlgorithm(need(algorithm)),
      PublicKeyAlgorithm: keyAlgorithm(need(key)),
      PublicKey: publicKeyFields(need(key).raw),
      Version: version,
      SerialNumber: integer(need(serial)),
      Issuer: nameFields(need(issuer)),
      Subject: nameFields(need(subject)),
      NotBefore: notBefore,
      NotAfter: notAfter,
      Extensions: extensionList(extensions),
      ExtraExtensions: null,
      ...extensionFields(extensions),
    },
  }
}

/** Certificates one behind the other. Throws `DerError`. */
export function parseCertificates(data: Buffer): Certificate[] {
  return readAll(data).map(({ raw }) => parseCertificate(raw))
}

/** Throws `DerError`. */
export function parseRequest(der: Buffer): Fields {
  const whole = readElement(der)
  const [body, algorithm, signature] = parts(whole)
  const [version, subject, key, attributes] = parts(need(body))
  const extensions = attributes === undefined ? [] : requestedExtensions(attributes)
  return {
    Raw: base64(whole),
    RawTBSCertificateRequest: base64(need(body)),
    RawSubjectPublicKeyInfo: base64(need(key)),
    RawSubject: base64(need(subject)),
    Version: Number(integer(need(version))),
    Signature: bits(need(signature)).toString('base64'),
    SignatureAlgorithm: signatureAlgorithm(need(algorithm)),
    PublicKeyAlgorithm: keyAlgorithm(need(key)),
    PublicKey: publicKeyFields(need(key).raw),
    Subject: nameFields(need(subject)),
    Attributes: attributeList(extensions),
    Extensions: extensionList(extensions),
    ExtraExtensions: null,
    ...requestNames(extensions),
  }
}

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14'

function requestedExtensions(attributes: Element): Extension[] {
  return parts(attributes).flatMap((attribute) => {
    const [type, values] = parts(attribute)
    if (type === undefined || values === undefined || oid(type).join('.') !== EXTENSION_REQUEST) return []
    return parts(values).flatMap((value) => parts(value).map(readExtension))
  })
}

/** Go's old form of the same; of critical ones it shows the flag in place of the value. */
function attributeList(extensions: readonly Extension[]): unknown {
  if (extensions.length === 0) return null
  const values = extensions.map(({ id, critical, value }) => ({
    Type: id,
    Value: critical ? true : value.toString('base64'),
  }))
  return [{ Type: EXTENSION_REQUEST.split('.').map(Number), Value: [values] }]
}
