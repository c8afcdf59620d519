import type { TerraformPolicy, TerraformSamples } from '../policies/policy.ts'
import { judgeTerraform } from './judge-terraform.ts'
import { type Declared, declaredIn, mentions, printReduced } from './terraform-reduce.ts'

export const LIBRARY_SAMPLES = 'Its samples are those of the library.'
const PROJECT_SAMPLES = 'Its samples are code of the project, before and after the fix, cut down to what it looks at.'

/** A resource of the project, in the files of its folder as they were and as they are after the fix. */
export interface TerraformCase {
  /** Of the resource, inside its module: `aws_s3_bucket.logs`. */
  readonly address: string
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
}

export interface ChosenSamples {
  readonly samples: TerraformSamples
  /** For the head of the policy. */
  readonly origin: string
  readonly notes: readonly string[]
}

/**
 * The first resource that the policy denies as it was and passes as it is, if there is one; else the library's samples.
 * @param mask takes out what is known to be a secret
 */
export function terraformSamples(
  policy: TerraformPolicy,
  cases: readonly TerraformCase[],
  mask: (text: string) => string,
): ChosenSamples {
  const names = namesIn(policy)
  for (const { address, before, after } of cases) {
    const failing = mask(sampleOf(policy, address, before, names))
    const passing = mask(sampleOf(policy, address, after, names))
    if (isDenied(policy, failing) && passing !== '' && !isDenied(policy, passing)) {
      return { samples: { failing, passing }, origin: PROJECT_SAMPLES, notes: [] }
    }
  }
  const tried = cases.map(({ address }) => address)
  return {
    samples: policy,
    origin: LIBRARY_SAMPLES,
    notes:
      tried.length === 0
        ? []
        : [
            `${policy.name}: ${tried.slice(0, 3).join(', ')}: not denied before and passed after, cut down to what the policy ` +
              'looks at, so its samples are those of the library',
          ],
  }
}

function isDenied(policy: TerraformPolicy, text: string): boolean {
  return judgeTerraform(policy, new Map([['main.tf', text]])).length > 0
}

/** The resource, and the others of the types that the policy asks about which refer to it or to which it refers. */
function sampleOf(
  policy: TerraformPolicy,
  address: string,
  files: ReadonlyMap<string, string>,
  names: ReadonlySet<string>,
): string {
  const all = declaredIn(files)
  const subject = all.find((one) => one.address === address)
  if (subject === undefined) return ''
  const asked = (one: Declared): boolean => policy.rego.includes(`"${one.type}"`)
  const related = all.filter(
    (one) => one !== subject && asked(one) && (mentions(one, address) || mentions(subject, one.address)),
  )
  const further = all.filter(
    (one) =>
      one !== subject && !related.includes(one) && asked(one) && related.some((other) => mentions(other, one.address)),
  )
  return [subject, ...related, ...further.filter(({ address: other }) => other.startsWith('data.'))]
    .map((one) => printReduced(one, names))
    .join('\n')
}

/** Names of attributes and blocks that the policy reads: what stands behind a dot, or in quotes. */
function namesIn({ rego }: TerraformPolicy): ReadonlySet<string> {
  return new Set([...rego.matchAll(/[."]([A-Za-z_]\w*)/g)].map(([, name = '']) => name))
}
