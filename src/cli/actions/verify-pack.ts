import { readFile } from 'node:fs/promises'
import { UsageError } from '../../app/project/root.ts'
import { verifyPack } from '../../app/verify-pack.ts'
import { visible } from '../../report/escape.ts'
import { count } from '../../report/words.ts'
import type { VerifyPackOptions } from '../commands/verify-pack.ts'
import { EXIT } from '../exit.ts'
import { writeResult } from '../output.ts'

export async function runVerifyPack(file: string, options: VerifyPackOptions): Promise<number> {
  let archive: Uint8Array
  try {
    archive = await readFile(file)
  } catch {
    throw new UsageError(`cannot read ${file}`)
  }
  const verdict = verifyPack(archive)
  const { valid, project, asOf, frameworks, files, manifestSha256, problems } = verdict
  const lines = [
    visible(`${project}, as of ${asOf}: ${frameworks.join(', ')}`),
    valid
      ? `${count(files, 'file')}, all as the manifest states.`
      : `${count(problems.length, 'problem')} in ${count(files, 'file')}:`,
    ...problems.map((problem) => `  ${visible(problem)}`),
    `SHA-256 of the manifest: ${manifestSha256}`,
    valid ? 'Compare it with the one that was written down when the pack was made.' : 'Do not rely on this pack.',
  ]
  const text = options.format === 'json' ? JSON.stringify(verdict, undefined, 2) : lines.join('\n')
  await writeResult(`${text}\n`, {})
  return valid ? EXIT.ok : EXIT.findings
}
