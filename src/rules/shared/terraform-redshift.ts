import type { Exemption } from './terraform-settings.ts'
import { notApplicable, undecided } from '../rule.ts'
import { awsProviderFrom } from './terraform-provider-versions.ts'

/** Version 6 of the provider turned the defaults of Redshift clusters into the safe ones. */
const SAFE_DEFAULTS = 6

/** What an attribute that is left out means depends on the version of the provider. */
export function safeByDefault(attribute: string): Exemption {
  return (cluster, { estate }) => {
    if (!cluster.get(attribute).absent) return undefined
    const safe = awsProviderFrom(cluster, estate, SAFE_DEFAULTS)
    if (safe === 'no') return undefined
    return safe === 'yes'
      ? notApplicable(`${attribute} is safe by default from version ${SAFE_DEFAULTS} of the AWS provider on`)
      : undecided(cluster, `what a ${attribute} that is left out means depends on the version of the AWS provider`)
  }
}
