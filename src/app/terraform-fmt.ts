import { spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { FileChange } from '../text/diff.ts'
import { UsageError } from './project/root.ts'

/**
 * Changed Terraform files that `terraform fmt` would write otherwise, and would have left alone before. Only by
 * `--terraform-fmt`: the program is found on the path, reads the texts from its standard input, and runs outside of the
 * project.
 * @throws UsageError if there is no terraform, or if it fails
 */
export function unformatted(changes: readonly FileChange[]): readonly string[] {
  return changes
    .filter(({ path, after }) => /\.(?:tf|tofu|tfvars)$/.test(path) && after !== undefined)
    .filter(({ before, after }) => (before === undefined || isFormatted(before)) && !isFormatted(after ?? ''))
    .map(({ path }) => path)
}

function isFormatted(text: string): boolean {
  const { status, error } = spawnSync('terraform', ['fmt', '-check', '-'], {
    cwd: tmpdir(),
    input: text,
    encoding: 'utf8',
    timeout: 30_000,
    env: { ...process.env, CHECKPOINT_DISABLE: '1', TF_IN_AUTOMATION: '1' },
  })
  if (error !== undefined) throw new UsageError(`--terraform-fmt: terraform cannot be run (${error.message})`)
  // 3: it would be written otherwise. 2: it cannot be parsed, which the verification has said already.
  if (status === 0) return true
  if (status === 3) return false
  throw new UsageError(`--terraform-fmt: terraform fmt ended with ${status ?? 'a signal'}`)
}
