/** One object against a set of policies, and with it the resources that it would bring about. */
import type { Inventory } from './inventory.ts'
import { Expander, type Generated } from './expansion.ts'
import type { KubernetesObject } from './objects.ts'
import type { PolicySet, ReviewOptions, Violation } from './policy-set.ts'
import { isAdmissionReview, type Review, reviewOf } from './review.ts'

export interface ReviewedViolation extends Violation {
  readonly review: Review
  /** Set if a generated resource is at fault, not the object itself. */
  readonly generated: Generated | undefined
}

export interface ReviewAllOptions extends ReviewOptions {
  readonly inventory: Inventory
  readonly expander?: Expander
}

const NO_EXPANSION = new Expander([])

/**
 * Violations of the object, then of each generated resource, their messages marked as Gatekeeper does.
 * @throws PolicyError for an AdmissionReview that cannot be one; Error if expansions do not end
 */
export function reviewAll(
  policies: PolicySet,
  object: KubernetesObject,
  { expander = NO_EXPANSION, ...options }: ReviewAllOptions,
): readonly ReviewedViolation[] {
  const namespace = (name: string): KubernetesObject | undefined => options.inventory.namespace(name)
  const review = reviewOf(object, { namespace })
  const found: ReviewedViolation[] = policies
    .review(review, options)
    .map((violation) => ({ ...violation, review, generated: undefined }))
  if (expander.isEmpty) return found
  const base = isAdmissionReview(object) ? review.targets[0]?.object : object
  for (const generated of base === undefined ? [] : expander.expand(base)) {
    const made = reviewOf(generated.object, { namespace, source: 'Generated' })
    const { name, action } = generated.expansion
    for (const violation of policies.review(made, options)) {
      found.push({
        ...violation,
        message: `[Implied by ${name}] ${violation.message}`,
        ...(action !== undefined && { action }),
        review: made,
        generated,
      })
    }
  }
  return found
}
