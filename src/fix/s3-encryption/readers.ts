import type { Estate } from '../../resources/estate.ts'
import type { TerraformResource } from '../../resources/resource.ts'
import { dependents } from '../shared/references.ts'

/** Addresses of what refers to the bucket, besides its own settings. */
export function usersOf(estate: Estate, bucket: TerraformResource): readonly string[] {
  return dependents(estate, bucket).flatMap(({ type, address }) =>
    /^aws_s3_bucket(?:_.*)?$/.test(type) ? [] : [address],
  )
}

/** Those of them that carry permissions: who reads the bucket from inside the account. */
export function readers(estate: Estate, bucket: TerraformResource): readonly string[] {
  return usersOf(estate, bucket).filter((address) => /aws_iam_|aws_kms_/.test(address) && !address.includes('data.'))
}
