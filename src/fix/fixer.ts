import type { Rank } from '../edit/rank.ts'
import type { Estate } from '../resources/estate.ts'
import type { Place } from '../resources/place.ts'
import type { WorkspaceEdit } from '../text/workspace-edit.ts'

/** A finding as a fixer sees it. */
export interface Complaint {
  readonly fingerprint: string
  readonly ruleId: string
  /** The problem's place; `at.resource` is the resource. */
  readonly at: Place
  /** The problem's key (by default its message key) and data. */
  readonly key: string
  readonly data: Readonly<Record<string, string | number | boolean>>
}

/** Values that only a person knows, from `secops.yaml`. All optional: a fixer that needs a missing one says so. */
export interface FixValues {
  readonly adminCidrs?: readonly string[]
  /** Id of, or Terraform reference to, the security group of the applications that use the databases. */
  readonly applicationSecurityGroup?: string
  readonly domainName?: string
  readonly hostedZone?: string
  /** Name of, or Terraform reference to, the bucket that access logs go to. */
  readonly logBucket?: string
  readonly kmsKeyArn?: string
  /** Days that logs and backups are kept. */
  readonly retentionDays?: number
  readonly runAsUser?: number
  /** Where the cluster's workloads run, if neither Terraform nor the registry of their images shows it. */
  readonly awsAccountId?: string
  readonly awsRegion?: string
  /** A store of External Secrets that the cluster has; its kind is `ClusterSecretStore` if not given. */
  readonly secretStore?: { readonly name: string; readonly kind?: 'SecretStore' | 'ClusterSecretStore' }
  readonly secrets?: {
    /**
     * Programs that read `NAME` from the file that `NAME_FILE` names: a container's name, an image's name without
     * registry and tag, or `*`; with `variables`, those only.
     */
    readonly files?: readonly (string | { readonly program: string; readonly variables: readonly string[] })[]
  }
  readonly resources?: {
    readonly requests?: { readonly cpu?: string; readonly memory?: string }
    readonly limits?: { readonly cpu?: string; readonly memory?: string }
  }
  /** What identities really need, and who may take roles. */
  readonly iam?: readonly Grant[]
  readonly [key: string]: unknown
}

/** What one policy, attachment or trust is narrowed to. */
export interface Grant {
  /** Address of the resource or policy document that holds it, such as `aws_iam_role_policy.deployer`. */
  readonly target: string
  /** `Sid` of the statement, where the policy has several that are too wide. */
  readonly sid?: string
  readonly actions?: readonly string[]
  /** ARNs, Terraform references such as `aws_s3_bucket.logs.arn/*`, or `*` for actions that take no resource. */
  readonly resources?: readonly string[]
  /** Who may take a role or use a resource: ARNs, or services such as `codebuild.amazonaws.com`. */
  readonly principals?: readonly string[]
  /** A managed policy to attach instead. */
  readonly policyArn?: string
}

export interface FixContext {
  readonly estate: Estate
  readonly values: FixValues
}

/** What a fix would be: its rank, and what a person has to know. */
export interface Assessment {
  readonly rank: Exclude<Rank, 'S'>
  /** Imperative, without full stop: `Encrypt the bucket with a KMS key`. */
  readonly title: string
  /** A person's remaining minutes. */
  readonly minutes: number
  /** Complaints with the same group are built together, as one edit. */
  readonly group: string
  /** Why it has this rank; required for C and B. */
  readonly reason?: string
  /** What depends on it in this repository. */
  readonly blastRadius?: readonly string[]
  /** What to do before and after, in order, as Markdown. */
  readonly runbook?: string
  /** Values still missing; a fix with any stays held. */
  readonly needs?: readonly Need[]
}

export interface Need {
  /** Path in secops.yaml, such as `values.logBucket`. */
  readonly key: string
  readonly question: string
}

export interface FixRefusal {
  readonly code: 'no-fix' | 'undecidable' | 'out-of-scope'
  readonly refused: string
}

/** An edit for a group, less the complaints that it cannot be made for. */
export interface BuiltEdit extends WorkspaceEdit {
  readonly leftOut?: readonly { readonly fingerprint: string; readonly refusal: FixRefusal }[]
  /**
   * Rules that find something in what the edit adds, and which are taken into account knowingly: a lesser evil. Only
   * findings less severe than the worst one that is fixed are accepted; the next steps name them.
   */
  readonly trades?: readonly string[]
}

/** Something that a person does after the fix was applied. */
export interface NextStep {
  readonly kind: 'value' | 'rollout' | 'prove' | 'read'
  readonly text: string
  /** A command to copy, or the line of a `terraform.tfvars` stub for kind `value`. */
  readonly command?: string
}

/** One composed fixer: what to change for a whole concern, over many files. Never touches the disk. */
export interface Fixer {
  /** Kebab-case: `s3-encryption`. */
  readonly name: string
  readonly title: string
  /** Rule ids whose findings it takes; its plan wins over a rule's local fix. */
  readonly covers: readonly string[]
  /** Judges one finding; called at audit time, so it must be cheap. */
  assess(complaint: Complaint, context: FixContext): Assessment | FixRefusal
  /** The edits for all complaints of one group, against the texts of `context.estate`. */
  build(complaints: readonly Complaint[], context: FixContext): BuiltEdit | FixRefusal
  /** What remains to be done for complaints that were applied. */
  nextSteps(complaints: readonly Complaint[], context: FixContext): readonly NextStep[]
}

export function defineFixer(fixer: Fixer): Fixer {
  return fixer
}
