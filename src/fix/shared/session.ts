import type { EditRefusal, HclEdits } from '../../edit/hcl/index.ts'
import type { Estate } from '../../resources/estate.ts'
import type { FixValues } from '../fixer.ts'

/** One building of edits to Terraform files. */
export interface FixSession {
  readonly estate: Estate
  readonly values: FixValues
  readonly edits: HclEdits
  /** Keys of what was done already: instances of one block share what is added for it. */
  readonly done: Set<string>
}

/** Runs a piece of work once for each key. */
export function once(
  { done }: Pick<FixSession, 'done'>,
  key: string,
  work: () => EditRefusal | undefined,
): EditRefusal | undefined {
  if (done.has(key)) return undefined
  done.add(key)
  return work()
}
