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
  for (const one of cases) {
    const samples = samplesOf(policy, one, mask)
    if (samples !== undefined) return { samples, origin: PROJECT_SAMPLES, notes: [] }
  }
  const tried = [...new Set(cases.map(({ address }) => address))]
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

/** With as few other blocks as it takes for the policy to tell the two apart; undefined if it does not. */
function samplesOf(
  policy: TerraformPolicy,
  { address, before, after }: TerraformCase,
  mask: (text: string) => string,
): TerraformSamples | undefined {
  const names = namesIn(policy)
  const [old, now] = [before, after].map((files) => groupOf(policy, address, declaredIn(files)))
  if (old === undefined || now === undefined) return undefined
  const print = (group: readonly Declared[], without: ReadonlySet<string>): string =>
    mask(
      group
        .filter((one) => !without.has(one.address))
        .map((one) => printReduced(one, names))
        .join('\n'),
    )
  const attempt = (without: ReadonlySet<string>): TerraformSamples | undefined => {
    const samples = { failing: print(old, without), passing: print(now, without) }
    return isDenied(policy, samples.failing) && !isDenied(policy, samples.passing) ? samples : undefined
  }
  let found = attempt(new Set())
  if (found === undefined) return undefined
  const without = new Set<string>()
  for (const other of new Set([...old, ...now].map((one) => one.address))) {
    const fewer = other === address ? undefined : attempt(new Set([...without, other]))
    if (fewer === undefined) continue
    without.add(other)
    found = fewer
  }
  return found
}

function isDenied(policy: TerraformPolicy, text: string): boolean {
  return judgeTerraform(policy, new Map([['main.tf', text]])).length > 0
}

/**
 * The resource, and the others of the types that the policy asks about which refer to it or to which it refers; documents also
 * through one of those. Undefined if it is not there.
 */
function groupOf(policy: TerraformPolicy, address: string, all: readonly Declared[]): readonly Declared[] | undefined {
  const subject = all.find((one) => one.address === address)
  if (subject === undefined) return undefined
  const others = all.filter((one) => one !== subject && policy.rego.includes(`"${one.type}"`))
  const related = others.filter((one) => mentions(one, address) || mentions(subject, one.address))
  const documents = others.filter(
    (one) =>
      one.block.type === 'data' && !related.includes(one) && related.some((other) => mentions(other, one.address)),
  )
  return [subject, ...related, ...documents]
}

/** Names of attributes and blocks that the policy reads: what stands behind a dot, or in quotes. */
function namesIn({ rego }: TerraformPolicy): ReadonlySet<string> {
  return new Set([...rego.matchAll(/[."]([A-Za-z_]\w*)/g)].map(([, name = '']) => name))
}
