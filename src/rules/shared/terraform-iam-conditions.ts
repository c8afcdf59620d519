import type { Place, Tri } from '../../resources/place.ts'
import { type PolicyCondition, PolicyElement, type PolicyStatement } from '../../resources/terraform/policy.ts'

/** Conditions on how, when or from what region a request is made say nothing of what it may do. */
const NOT_NARROWING = new Set([
  'aws:securetransport',
  'aws:multifactorauthpresent',
  'aws:multifactorauthage',
  'aws:currenttime',
  'aws:epochtime',
  'aws:useragent',
  'aws:requestedregion',
  'ec2:region',
  's3:tlsversion',
])

/** Whether all conditions together limit what a statement allows, leaving out those that are judged elsewhere. */
export function limits(
  conditions: PolicyStatement['conditions'],
  elsewhere: (condition: PolicyCondition) => boolean = () => false,
): Tri {
  if (conditions === 'unknown') return 'unknown'
  return anyOf(conditions.filter((condition) => !elsewhere(condition)).map(limitsAlone))
}

function limitsAlone({ key, operator, place }: PolicyCondition): Tri {
  // Leaving something out leaves everything else; and ForAllValues holds for a request that lacks the key.
  if (NOT_NARROWING.has(key.toLowerCase()) || /Not(?:Equals|Like|IpAddress)|^ForAllValues/i.test(operator)) return 'no'
  return /like/i.test(operator) ? hasNames(place) : 'yes'
}

/** Whether none of the values of a condition is just wildcards; what a resource is called after creation is none. */
export function hasNames(place: Place): Tri {
  const values = new PolicyElement(place, false)
  if (values.known.some((text) => /^(?:https?:\/\/)?[*?]*$/.test(text))) return 'no'
  const wide = values.contains('*')
  return wide === 'no' ? 'yes' : wide === 'yes' ? 'no' : 'unknown'
}

/** `yes` if any is, `no` if all are. */
export function anyOf(verdicts: readonly Tri[]): Tri {
  if (verdicts.includes('yes')) return 'yes'
  return verdicts.includes('unknown') ? 'unknown' : 'no'
}

/** `yes` if all are, `no` if any is. */
export function allOf(verdicts: readonly Tri[]): Tri {
  if (verdicts.includes('no')) return 'no'
  return verdicts.includes('unknown') ? 'unknown' : 'yes'
}
