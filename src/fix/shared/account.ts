import { addTopBlocks, block, moduleDocuments } from '../../edit/hcl/index.ts'
import type { FixSession } from './session.ts'

/** The account's root as a Terraform string, which stands for whatever IAM of the account allows. */
export function accountRoot(session: FixSession, dir: string): string {
  return `arn:aws:iam::\${data.aws_caller_identity.${callerIdentity(session, dir)}.account_id}:root`
}

/** The name of the `aws_caller_identity` of a folder, which is declared if it is not there. */
export function callerIdentity(session: FixSession, dir: string): string {
  const { edits, estate } = session
  for (const document of moduleDocuments(estate, dir)) {
    for (const item of document.body.items) {
      if (item.kind === 'block' && item.type === 'data' && item.labels[0]?.value === 'aws_caller_identity') {
        return item.labels[1]?.value ?? 'current'
      }
    }
  }
  if (!session.done.has(`caller identity of ${dir}`)) {
    session.done.add(`caller identity of ${dir}`)
    addTopBlocks(edits, estate, dir, 'data.tf', [block('data', [], ['aws_caller_identity', 'current'])])
  }
  return 'current'
}
