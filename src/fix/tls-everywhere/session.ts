import type { EditRefusal } from '../../edit/hcl/index.ts'
import type { Complaint, FixContext } from '../fixer.ts'
import type { FixSession } from '../shared/session.ts'
import type { TerraformTarget } from '../shared/target.ts'

/** One building of edits for one resource. */
export interface Session extends FixSession {
  readonly target: TerraformTarget
}

/** Adds the edits that settle one complaint, or says why they cannot be made. */
export type Remedy = (session: Session, complaint: Complaint) => EditRefusal | undefined

export const RECOMMENDED_TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09'

/** The name that clients use, if `secops.yaml` gives one that can be on a certificate. */
export function domainOf({ values }: Pick<FixContext, 'values'>): string | undefined {
  const { domainName } = values
  return domainName !== undefined && DOMAIN.test(domainName) ? domainName : undefined
}

const DOMAIN = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/
