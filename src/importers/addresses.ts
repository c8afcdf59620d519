/** Addresses as scanners write them, brought to ours. */

/** Checkov's `Kind.namespace.name` as `Kind/namespace/name`; anything else is left as it is. */
export function kubernetesAddress(dotted: string): string {
  const [, kind, namespace, name] = /^([A-Z]\w*)\.([^.]+)\.(.+)$/.exec(dotted) ?? []
  return kind === undefined || namespace === undefined || name === undefined ? dotted : `${kind}/${namespace}/${name}`
}

/** True for `aws_s3_bucket.logs`, also in modules and with instance indexes. */
export function isTerraformAddress(address: string): boolean {
  return /^(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*(?:data\.)?[a-z][a-z0-9]*_[\w-]*\.[\w-]+(?:\[[^\]]*\])?$/.test(address)
}

/** `aws_s3_bucket`, `Deployment`, or the empty string. */
export function typeOf(address: string): string {
  const bare = withoutIndexes(address)
  if (isTerraformAddress(bare)) return bare.split('.').slice(-2, -1).join('')
  return /^([A-Z]\w*)\/[^/]*\/[^/]+$/.exec(address)?.[1] ?? ''
}

/** `module.a[0].aws_x.y["k"]` as `module.a.aws_x.y`. */
function withoutIndexes(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]]*)\]/g, '')
}

/**
 * What all spellings of one address share: no index, no `data.`, which Checkov leaves out, and no namespace `default`,
 * which a manifest may leave out.
 */
export function addressFamily(address: string): string {
  return withoutIndexes(address)
    .replace(/^([A-Z]\w*)\/default\//, '$1//')
    .replace(/(^|\.)data\.(?=\w+\.[\w-]+$)/, '$1')
}

/** True if two addresses can mean one resource: one of them may leave out its indexes. */
export function sameAddress(a: string, b: string): boolean {
  if (a === b) return true
  if (addressFamily(a) !== addressFamily(b)) return false
  return !hasIndex(a) || !hasIndex(b)
}

function hasIndex(address: string): boolean {
  return withoutIndexes(address) !== address
}

/**
 * True for a resource and its companion of the same name, such as `aws_s3_bucket.logs` and `aws_s3_bucket_acl.logs`: some
 * scanners report on the one what others report on the other.
 */
export function areCompanions(a: string, b: string): boolean {
  if (nameOf(a) === undefined || nameOf(a) !== nameOf(b)) return false
  const [left, right] = [typeOf(a), typeOf(b)]
  return left.startsWith(`${right}_`) || right.startsWith(`${left}_`)
}

/** A Terraform address without its type and indexes: what companions of one name share. */
export function nameOf(address: string): string | undefined {
  if (!isTerraformAddress(address)) return undefined
  const segments = addressFamily(address).split('.')
  return [...segments.slice(0, -2), ...segments.slice(-1)].join('.')
}
