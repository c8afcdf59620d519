import type { Check, Condition, Setting, TerraformEntry } from './model.ts'
import { type Attributes, sample } from './samples.ts'

/** A key of one's own, for samples. */
export const KEY = '"arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000"'

/** An entry whose title is that of its first rule, unless it has one of its own. */
export type Draft = Omit<TerraformEntry, 'name' | 'title'> & { readonly name?: string; readonly title?: string }

interface SettingDraft extends Omit<Setting, 'kind' | 'absent'> {
  readonly rules: readonly string[]
  readonly name?: string
  readonly title?: string
  readonly absent?: 'wrong' | 'right'
  /** Values for the samples, as HCL has them; without `bad` the failing one leaves it out. */
  readonly good?: string
  readonly bad?: string
  readonly beside?: Attributes
  readonly within?: Attributes
  /** Lines of other blocks of the samples. */
  readonly inside?: readonly string[]
  /** Judged as well. */
  readonly also?: readonly Check[]
  readonly notes?: readonly string[]
}

/** A policy about one setting, with samples that are made of it. To leave it out is wrong unless it says otherwise. */
export function setting(draft: SettingDraft): Draft {
  const {
    rules,
    name,
    title,
    good,
    bad,
    beside = {},
    within = {},
    inside = [],
    also = [],
    notes,
    absent = 'wrong',
    ...rest
  } = draft
  const check: Setting = { ...rest, kind: 'setting', absent }
  return {
    rules,
    ...(name !== undefined && { name }),
    ...(title !== undefined && { title }),
    ...(notes !== undefined && { notes }),
    checks: [check, ...also],
    failing: sample(check, bad, { beside, within, inside }),
    passing: sample(check, good ?? goodOf(check), { beside, within, inside }),
  }
}

/** A switch that must be on. */
export function on(draft: Omit<SettingDraft, 'must' | 'good' | 'bad'>): Draft {
  return setting({ ...draft, must: { is: true }, good: 'true', bad: 'false' })
}

/** A switch that must not be on. */
export function off(draft: Omit<SettingDraft, 'must' | 'good' | 'bad'>): Draft {
  return setting({ absent: 'right', ...draft, must: { isNot: true }, good: 'false', bad: 'true' })
}

function goodOf({ must }: Setting): string | undefined {
  if ('is' in must) return JSON.stringify(must.is)
  return 'oneOf' in must ? JSON.stringify(must.oneOf[0]) : undefined
}

/** Another setting that the same policy looks at. */
export function also(check: Omit<Setting, 'kind' | 'absent'> & { readonly absent?: 'wrong' | 'right' }): Setting {
  return { absent: 'wrong', ...check, kind: 'setting' }
}

/** A copy is as its source is, unless it says something. */
export function copyOf(...sources: readonly string[]): readonly Condition[] {
  return sources.map((path) => ({ path, is: { set: true }, ifUnset: true }))
}
