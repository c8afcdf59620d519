import type { RuleDefinition } from '../rule.ts'
import { type Exemption, flagRule, type RuleHead } from './terraform-settings.ts'

export interface StorageRule extends Pick<RuleHead, 'id' | 'title' | 'sameAs' | 'resources'> {
  readonly severityReason: string
  /** The attribute that switches encryption on; it is off unless it is set. */
  readonly path: string
  /** `this file system`. */
  readonly what: string
  readonly fixer: string
  readonly exempt?: Exemption
}

/** Storage that is encrypted when it is made or never: a person moves what is in it. */
export function storageEncryptionRule({ what, fixer, ...rule }: StorageRule): RuleDefinition<'wrong'> {
  return flagRule({
    ...rule,
    severity: 'high',
    controls: ['SC-28', 'SC-13'],
    wanted: true,
    message: `The storage of ${what} is not encrypted (\`${rule.path}\`).`,
    remediation: `Set \`${rule.path} = true\` when it is made; to encrypt what exists, copy the data into a new one.`,
    fix: {
      fixer,
      rank: 'B',
      title: `Encrypt the storage of ${what}`,
      minutes: 120,
      reason: 'Terraform replaces it, so the data has to be moved first',
      value: true,
    },
  })
}
