/** What the extensions of certificates say. */
import { parseUrl } from '../go/url.ts'
import { USAGES } from './algorithms.ts'
import { bits, integer, isTrue, oid, parts, readElement, text, type Element } from './der.ts'

export interface Extension {
  readonly id: readonly number[]
  readonly critical: boolean
  readonly value: Buffer
}

export function readExtension(element: Element): Extension {
  const [id, second, third] = parts(element)
  const critical = second?.tag === 1
  const value = critical ? third : second
  return {
    id: id === undefined ? [] : oid(id),
    critical: critical && isTrue(second),
    value: value?.content ?? Buffer.alloc(0),
  }
}

type Fields = Record<string, unknown>

const NONE: Fields = {
  KeyUsage: 0,
  UnhandledCriticalExtensions: null,
  ExtKeyUsage: null,
  UnknownExtKeyUsage: null,
  BasicConstraintsValid: false,
  IsCA: false,
  MaxPathLen: 0,
  MaxPathLenZero: false,
  SubjectKeyId: null,
  AuthorityKeyId: null,
  OCSPServer: null,
  IssuingCertificateURL: null,
  DNSNames: null,
  EmailAddresses: null,
  IPAddresses: null,
  URIs: null,
  PermittedDNSDomainsCritical: false,
  PermittedDNSDomains: null,
  ExcludedDNSDomains: null,
  PermittedIPRanges: null,
  ExcludedIPRanges: null,
  PermittedEmailAddresses: null,
  ExcludedEmailAddresses: null,
  PermittedURIDomains: null,
  ExcludedURIDomains: null,
  CRLDistributionPoints: null,
  PolicyIdentifiers: null,
  Policies: null,
  InhibitAnyPolicy: 0,
  InhibitAnyPolicyZero: false,
  InhibitPolicyMapping: 0,
  InhibitPolicyMappingZero: false,
  RequireExplicitPolicy: 0,
  RequireExplicitPolicyZero: false,
  PolicyMappings: null,
}

/** `URIStrings` stands beside Go's fields. */
export function extensionFields(extensions: readonly Extension[]): Fields {
  const fields: Fields = { ...NONE, URIStrings: null }
  const unhandled: (readonly number[])[] = []
  for (const extension of extensions) {
    const read = READERS.get(extension.id.join('.'))
    if (read === undefined) {
      if (extension.critical) unhandled.push(extension.id)
    } else Object.assign(fields, read(readElement(extension.value), extension))
  }
  if (unhandled.length > 0) fields['UnhandledCriticalExtensions'] = unhandled
  return fields
}

/** Of a request, which has names only. */
export function requestNames(extensions: readonly Extension[]): Fields {
  const fields: Fields = { DNSNames: null, EmailAddresses: null, IPAddresses: null, URIs: null }
  const names = extensions.find(({ id }) => id.join('.') === '2.5.29.17')
  if (names === undefined) return fields
  const { URIStrings: _, ...found } = alternativeNames(readElement(names.value))
  return { ...fields, ...found }
}

function address(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.')
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16))
  const runs = [...groups.join(':').matchAll(/(?:^|:)0(?::0)+(?=:|$)/g)].sort((a, b) => b[0].length - a[0].length)
  const [longest] = runs
  const joined = groups.join(':')
  if (longest === undefined) return joined
  const before = joined.slice(0, longest.index)
  const after = joined.slice(longest.index + longest[0].length).replace(/^:/, '')
  return `${before}::${after}`
}

function list(values: readonly unknown[]): unknown {
  return values.length === 0 ? null : values
}

function ofTag(elements: readonly Element[], tag: number): string[] {
  return elements.filter((one) => one.tag === tag).map(({ content }) => content.toString('latin1'))
}

function uriFields(uri: string): unknown {
  const url = parseUrl(uri)
  return {
    Scheme: url.scheme,
    Opaque: '',
    User: null,
    Host: url.host,
    Path: url.path,
    Fragment: url.fragment,
    RawQuery: url.rawQuery,
    RawPath: url.rawPath,
    RawFragment: '',
    ForceQuery: false,
    OmitHost: false,
  }
}

function alternativeNames(element: Element): Fields {
  const names = parts(element)
  const uris = ofTag(names, 0x86)
  return {
    DNSNames: list(ofTag(names, 0x82)),
    EmailAddresses: list(ofTag(names, 0x81)),
    IPAddresses: list(names.filter(({ tag }) => tag === 0x87).map(({ content }) => address(content))),
    URIs: list(uris.map(uriFields)),
    URIStrings: list(uris),
  }
}

function keyUsage(element: Element): Fields {
  const bytes = bits(element)
  let usage = 0
  for (let bit = 0; bit < Math.min(9, bytes.length * 8); bit++) {
    if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) usage |= 1 << bit
  }
  return { KeyUsage: usage }
}

function basicConstraints(element: Element): Fields {
  const [authority, length] = parts(element)
  const given = length ?? (authority?.tag === 2 ? authority : undefined)
  const max = given === undefined ? -1 : Number(integer(given))
  return { BasicConstraintsValid: true, IsCA: isTrue(authority), MaxPathLen: max, MaxPathLenZero: max === 0 }
}

function extendedUsage(element: Element): Fields {
  const ids = parts(element).map(oid)
  const known = ids.flatMap((id) => USAGES.get(id.join('.')) ?? [])
  return { ExtKeyUsage: list(known), UnknownExtKeyUsage: list(ids.filter((id) => !USAGES.has(id.join('.')))) }
}

function accessInformation(element: Element): Fields {
  const found = { OCSPServer: [] as string[], IssuingCertificateURL: [] as string[] }
  for (const description of parts(element)) {
    const [method, location] = parts(description)
    if (method === undefined || location?.tag !== 0x86) continue
    const id = oid(method).join('.')
    if (id === '1.3.6.1.5.5.7.48.1') found.OCSPServer.push(location.content.toString('latin1'))
    if (id === '1.3.6.1.5.5.7.48.2') found.IssuingCertificateURL.push(location.content.toString('latin1'))
  }
  return { OCSPServer: list(found.OCSPServer), IssuingCertificateURL: list(found.IssuingCertificateURL) }
}

function distributionPoints(element: Element): Fields {
  const urls: string[] = []
  for (const point of parts(element)) {
    const name = parts(point).find(({ tag }) => tag === 0xa0)
    const full = name === undefined ? undefined : parts(name).find(({ tag }) => tag === 0xa0)
    if (full !== undefined) urls.push(...ofTag(parts(full), 0x86))
  }
  return { CRLDistributionPoints: list(urls) }
}

function policies(element: Element): Fields {
  const ids = parts(element).flatMap((policy) => {
    const [id] = parts(policy)
    return id === undefined ? [] : [oid(id)]
  })
  return { PolicyIdentifiers: list(ids), Policies: list(ids.map((id) => id.join('.'))) }
}

function nameConstraints(element: Element, { critical }: Extension): Fields {
  const fields: Fields = { PermittedDNSDomainsCritical: critical }
  for (const side of parts(element)) {
    const which = side.tag === 0xa0 ? 'Permitted' : 'Excluded'
    const names = parts(side).flatMap((subtree) => parts(subtree).slice(0, 1))
    fields[`${which}DNSDomains`] = list(ofTag(names, 0x82))
    fields[`${which}EmailAddresses`] = list(ofTag(names, 0x81))
    fields[`${which}URIDomains`] = list(ofTag(names, 0x86))
    fields[`${which}IPRanges`] = list(
      names
        .filter(({ tag }) => tag === 0x87)
        .map(({ content }) => {
          const half = content.length / 2
          return { IP: address(content.subarray(0, half)), Mask: content.subarray(half).toString('base64') }
        }),
    )
  }
  return fields
}

const READERS: ReadonlyMap<string, (element: Element, extension: Extension) => Fields> = new Map([
  ['2.5.29.14', (element: Element) => ({ SubjectKeyId: element.content.toString('base64') })],
  ['2.5.29.15', keyUsage],
  ['2.5.29.17', alternativeNames],
  ['2.5.29.19', basicConstraints],
  ['2.5.29.30', nameConstraints],
  ['2.5.29.31', distributionPoints],
  ['2.5.29.32', policies],
  [
    '2.5.29.35',
    (element: Element) => ({
      AuthorityKeyId:
        parts(element)
          .find(({ tag }) => tag === 0x80)
          ?.content.toString('base64') ?? null,
    }),
  ],
  ['2.5.29.37', extendedUsage],
  ['1.3.6.1.5.5.7.1.1', accessInformation],
])

const NAME_FIELDS: Readonly<Record<string, string>> = {
  '2.5.4.6': 'Country',
  '2.5.4.10': 'Organization',
  '2.5.4.11': 'OrganizationalUnit',
  '2.5.4.7': 'Locality',
  '2.5.4.8': 'Province',
  '2.5.4.9': 'StreetAddress',
  '2.5.4.17': 'PostalCode',
}

/** A distinguished name. */
export function nameFields(element: Element): unknown {
  const lists = new Map<string, string[]>()
  const single = { SerialNumber: '', CommonName: '' }
  const names: unknown[] = []
  for (const set of parts(element)) {
    for (const attribute of parts(set)) {
      const [type, value] = parts(attribute)
      if (type === undefined || value === undefined) continue
      const id = oid(type)
      const words = text(value)
      names.push({ Type: id, Value: words })
      const field = NAME_FIELDS[id.join('.')]
      if (field !== undefined) lists.set(field, [...(lists.get(field) ?? []), words])
      else if (id.join('.') === '2.5.4.3') single.CommonName = words
      else if (id.join('.') === '2.5.4.5') single.SerialNumber = words
    }
  }
  const fields = Object.values(NAME_FIELDS).map((field): [string, unknown] => [field, lists.get(field) ?? null])
  return { ...Object.fromEntries(fields), ...single, Names: list(names), ExtraNames: null }
}
