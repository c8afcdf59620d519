import { type Estate, refersTo, withoutIndex } from '../../resources/estate.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { Reference, Value } from '../../resources/value.ts'

interface Mention {
  readonly by: string
  readonly reference: Reference
}

/** A bucket's own settings, and the calls that only pass it on. */
const OWN = /^(?:aws_s3_bucket(?:_.*)?|module)$/

const known = new WeakMap<Estate, ReadonlyMap<string, readonly Mention[]>>()

/** Every mention of a bucket in other resources, by root and address without index; collected once for each reading. */
function mentions(estate: Estate): ReadonlyMap<string, readonly Mention[]> {
  const there = known.get(estate)
  if (there !== undefined) return there
  const found = new Map<string, Mention[]>()
  for (const resource of estate.resources) {
    if (resource.kind !== 'terraform' || resource.dormant || OWN.test(resource.type)) continue
    for (const mention of mentionsIn(resource)) {
      const key = keyOf(mention.reference.root, mention.reference.address)
      const list = found.get(key)
      if (list) list.push(mention)
      else found.set(key, [mention])
    }
  }
  known.set(estate, found)
  return found
}

function keyOf(root: string, address: string): string {
  return `${root}\u0000${withoutIndex(address)}`
}

function mentionsIn(resource: Resource): readonly Mention[] {
  const references = new Map<string, Reference>()
  const waiting: Value[] = [resource.value]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const reference of next.refs ?? []) {
      if (reference.address.includes('aws_s3_bucket.')) references.set(reference.address, reference)
    }
    if (next.kind === 'list') waiting.push(...next.items)
    if (next.kind === 'map') waiting.push(...next.entries.values())
    if ((next.kind === 'string' || next.kind === 'unknown') && next.encodes !== undefined) waiting.push(next.encodes)
  }
  return [...references.values()].map((reference) => ({ by: resource.address, reference }))
}

/** Addresses of what refers to the bucket, in order. */
export function dependents(estate: Estate, bucket: TerraformResource): readonly string[] {
  const users = (mentions(estate).get(keyOf(bucket.root, bucket.baseAddress)) ?? [])
    .filter(({ reference }) => refersTo(reference, bucket))
    .map(({ by }) => by)
  return [...new Set(users)].toSorted()
}

/** Those of the dependents that carry permissions: who reads the bucket from inside the account. */
export function readers(estate: Estate, bucket: TerraformResource): readonly string[] {
  return dependents(estate, bucket).filter((address) => /aws_iam_|aws_kms_/.test(address) && !address.includes('data.'))
}
