import { type Estate, refersTo } from '../../resources/estate.ts'
import type { Resource, TerraformResource } from '../../resources/resource.ts'
import type { Reference, Value } from '../../resources/value.ts'

interface Mention {
  readonly by: string
  readonly type: string
  readonly reference: Reference
}

const known = new WeakMap<Estate, readonly Mention[]>()

/** Every mention of a bucket in the project's resources; collected once for each reading of it. */
function mentions(estate: Estate): readonly Mention[] {
  const there = known.get(estate)
  if (there !== undefined) return there
  const found = estate.resources.flatMap((resource) =>
    resource.kind === 'terraform' && !resource.dormant ? mentionsIn(resource) : [],
  )
  known.set(estate, found)
  return found
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
  return [...references.values()].map((reference) => ({ by: resource.address, type: resource.type, reference }))
}

/** Addresses of what refers to the bucket, other than its own settings and the calls that only pass it on. */
export function dependents(estate: Estate, bucket: TerraformResource): readonly string[] {
  const users = mentions(estate)
    .filter(({ type, reference }) => !/^(?:aws_s3_bucket(?:_.*)?|module)$/.test(type) && refersTo(reference, bucket))
    .map(({ by }) => by)
  return [...new Set(users)].toSorted()
}

/** Those of the dependents that carry permissions: who reads the bucket from inside the account. */
export function readers(estate: Estate, bucket: TerraformResource): readonly string[] {
  return dependents(estate, bucket).filter((address) => /aws_iam_|aws_kms_/.test(address) && !address.includes('data.'))
}
