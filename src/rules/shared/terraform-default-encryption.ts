import { decide, Place } from '../../resources/place.ts'
import { notApplicable } from '../rule.ts'
import type { Exemption } from './terraform-settings.ts'

/** With encryption by default switched on for the region, EBS encrypts every new volume whatever it says. */
export const encryptedByDefault: Exemption = ({ resource }, { estate }) => {
  if (resource.kind !== 'terraform') return undefined
  const provider = providerOf(Place.of(resource))
  const setting = estate.terraform('aws_ebs_encryption_by_default', resource.root).find((candidate) => {
    const place = Place.of(candidate)
    return (
      !candidate.dormant &&
      candidate.modulePath === resource.modulePath &&
      providerOf(place) === provider &&
      decide(place.get('enabled').bool(), (on) => on !== false) === 'yes'
    )
  })
  return setting === undefined ? undefined : notApplicable(`${setting.address} encrypts every new volume`)
}

function providerOf(place: Place): string {
  const provider = place.get('provider').string()
  return provider.kind === 'known' ? provider.value : ''
}
