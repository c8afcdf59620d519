import type { Estate } from '../estate.ts'
import { Place } from '../place.ts'
import type { TerraformResource } from '../resource.ts'
import { readPolicy } from '../terraform/policy.ts'
import { readAcl } from './s3-acl.ts'
import { ACL, bucketPolicies, quietly, settingsOf, WEBSITE } from './s3-bucket.ts'
import { isPublicStatement } from './s3-policy.ts'

/** Why people outside the account may be reading a bucket today; undefined if nothing in the code lets them. */
export function exposureOf(estate: Estate, bucket: TerraformResource): string | undefined {
  const find = quietly(estate, bucket)
  const place = Place.of(bucket)
  for (const website of settingsOf(place, WEBSITE, find).certain)
    return `${website.resource.address} publishes it as a website`
  for (const acl of [place, ...settingsOf(place, ACL, find).certain.filter(({ path }) => path.length === 0)]) {
    const { grants, unknown } = readAcl(acl)
    if (grants[0] !== undefined) return `its ACL ${grants[0].acl} is public`
    if (unknown[0] !== undefined) return 'its ACL is not known'
  }
  const policies = bucketPolicies(place, find)
  for (const policy of policies.certain) {
    const reading = readPolicy(policy)
    if (reading.kind === 'unknown') return `its policy is not known (${reading.reason})`
    if (reading.kind !== 'known') continue
    const verdicts = reading.statements.map((statement) => isPublicStatement(statement, reading.statements))
    if (verdicts.includes('yes')) return 'its policy lets everybody in'
    if (verdicts.includes('unknown') || !reading.complete) return 'its policy is not fully known'
  }
  return undefined
}
