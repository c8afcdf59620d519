/** What an attribute must be. */
export type Test =
  | { readonly is: string | boolean }
  | { readonly isNot: string | boolean }
  | { readonly oneOf: readonly string[] }
  | { readonly noneOf: readonly string[] }
  /** A regular expression (RE2), and what it stands for, after "must". */
  | { readonly matches: string; readonly say?: string }
  | { readonly matchesNot: string; readonly say: string }
  /** `orZero`: where nothing means for ever. */
  | { readonly atLeast: number; readonly orZero?: true }
  | { readonly atMost: number }
  | { readonly from: number; readonly to: number }
  /** Written, and not an empty text, list or object. */
  | { readonly set: true }
  | { readonly unset: true }
  /** A KMS key that is not one of AWS's own. */
  | { readonly customerKey: true }
  | { readonly hasAll: readonly string[] }
  | { readonly hasNone: readonly string[] }
  | { readonly every: string; readonly say: string }
  /** Blocks of addresses that are less than half of the internet. */
  | { readonly narrow: true }

export interface Condition {
  /** Names of blocks and attribute with dots between them, from the resource on, or `beside` what is judged. */
  readonly path: string
  readonly is: Test | 'absent'
  readonly beside?: true
  /** Holds as well if nothing is written there. */
  readonly orAbsent?: true
  /** Counts only while what is judged is not written. */
  readonly ifUnset?: true
}

/** A setting that a configuration can show by itself. */
export interface Setting {
  readonly kind: 'setting'
  /** Resource types; also `provider.aws`, `terraform.backend.s3`. */
  readonly types: readonly string[]
  /** Blocks that are judged one by one, in place of the resource. */
  readonly each?: string
  /** An attribute with a list in JSON, whose items are judged one by one. */
  readonly json?: string
  readonly path: string
  /** Of the first blocks of the path only the one with this attribute counts. */
  readonly where?: readonly [attribute: string, value: string]
  readonly must: Test
  /** What it is to leave it out. */
  readonly absent: 'wrong' | 'right'
  /** What is judged must meet all of these, known. */
  readonly onlyIf?: readonly Condition[]
  /** Not judged if one of these is met, or may be. */
  readonly unless?: readonly Condition[]
  /** Not judged if a resource of such a type is declared, which decides for all. */
  readonly unlessDeclared?: string
}

/** Another resource that must be there for each of a type. */
export interface Companion {
  readonly kind: 'companion'
  readonly of: string
  /** Types of the other resource, and the attribute that names the first. */
  readonly by: readonly (readonly [type: string, via: string])[]
  /** The attribute of the first whose text the other may use for its name. */
  readonly named?: string
  /** A block or attribute of the first that does the same. */
  readonly inline?: string
  readonly unless?: readonly Condition[]
  readonly onlyIf?: readonly Condition[]
  readonly unlessDeclared?: string
  /** Not judged if one of these attributes names the first, or may. */
  readonly unlessUsedBy?: readonly (readonly [type: string, path: string])[]
  /** A module of such a name may do it without being given the resource. */
  readonly module?: string
}

/** Rules of Rego that say it all: `violation contains {"msg": msg, "details": {"address": address}} if ...`. */
export interface Written {
  readonly kind: 'written'
  readonly rego: string
}

export type Check = Setting | Companion | Written

export interface TerraformEntry {
  readonly name: string
  readonly title: string
  readonly rules: readonly string[]
  readonly checks: readonly Check[]
  readonly failing: string
  readonly passing: string
  /** What it leaves undecided, beside what every policy does; for the head of its file. */
  readonly notes?: readonly string[]
}
