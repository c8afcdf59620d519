/** Whether a certificate leads to a root. */
import { X509Certificate } from 'node:crypto'
import type { Certificate } from './certificate.ts'

export interface VerifyOptions {
  /** In the form of RFC 3339, to the second. */
  readonly now: string
  readonly host: string
  /** Numbers of extended key usages, one of which is needed; 0 stands for any. */
  readonly usages: readonly number[]
}

const MAX_CHAIN = 20

/** The chain from the leaf (the last) to the root (the first), or undefined. */
export function verifyChain(certificates: readonly Certificate[], options: VerifyOptions): Certificate[] | undefined {
  const root = certificates[0]
  const leaf = certificates.at(-1)
  if (certificates.length < 2 || root === undefined || leaf === undefined) return undefined
  if (options.host !== '' && new X509Certificate(leaf.der).checkHost(options.host) === undefined) return undefined
  const valid = certificates.every((one) => (one === root || one === leaf ? isValid(one, options.now) : true))
  if (!valid) return undefined
  const between = certificates.slice(1, -1).filter((one) => isValid(one, options.now))
  return climb([leaf], root, between, options.usages)
}

function isValid({ notBefore, notAfter, fields }: Certificate, now: string): boolean {
  return notBefore <= now && now <= notAfter && fields['UnhandledCriticalExtensions'] === null
}

function climb(
  chain: readonly Certificate[],
  root: Certificate,
  between: readonly Certificate[],
  usages: readonly number[],
): Certificate[] | undefined {
  const last = chain.at(-1)
  if (last === undefined || chain.length > MAX_CHAIN) return undefined
  if (last.der.equals(root.der) && chain.length > 1) return [...chain]
  for (const issuer of [root, ...between]) {
    if (chain.includes(issuer) || !signs(issuer, last) || !mayIssue(issuer, chain.length - 1)) continue
    const longer = [...chain, issuer]
    if (!longer.every((one) => servesFor(one, usages))) continue
    const found = issuer === root ? longer : climb(longer, root, between, usages)
    if (found !== undefined) return found
  }
  return undefined
}

function signs(issuer: Certificate, subject: Certificate): boolean {
  if (issuer.fields['RawSubject'] !== subject.fields['RawIssuer']) return false
  try {
    return new X509Certificate(subject.der).verify(new X509Certificate(issuer.der).publicKey)
  } catch {
    return false
  }
}

/** `below` authorities stand under it already. */
function mayIssue({ fields }: Certificate, below: number): boolean {
  if (fields['Version'] === 3 && (fields['BasicConstraintsValid'] !== true || fields['IsCA'] !== true)) return false
  const usage = fields['KeyUsage']
  if (typeof usage === 'number' && usage !== 0 && (usage & 32) === 0) return false
  const max = fields['MaxPathLen']
  return fields['BasicConstraintsValid'] !== true || typeof max !== 'number' || max < 0 || below <= max
}

function servesFor({ fields }: Certificate, wanted: readonly number[]): boolean {
  if (wanted.includes(0)) return true
  const own = fields['ExtKeyUsage']
  if (!Array.isArray(own)) return true
  return own.includes(0) || wanted.some((usage) => own.includes(usage))
}
