import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { type Generated, generateFor, generateFromFixes, newFiles, writeNew } from '../../app/enforce/generate.ts'
import { UsageError } from '../../app/project/root.ts'
import { openSession } from '../../app/session.ts'
import type { EnforceGenerateOptions } from '../commands/enforce-generate.ts'
import { EXIT } from '../exit.ts'
import { nowOf } from '../options.ts'
import { progress, warn, writeResult } from '../output.ts'
import { recoverForReading } from '../session.ts'

export async function runEnforceGenerate(
  subject: string | undefined,
  path: string,
  options: EnforceGenerateOptions,
): Promise<number> {
  const fromFixes = options.fromFixes === true
  if (!fromFixes && subject === undefined) {
    throw new UsageError('enforce generate: name a rule, a policy or a finding, or give --from-fixes')
  }
  if (fromFixes && subject !== undefined && path !== '.') {
    throw new UsageError(`enforce generate: --from-fixes takes a project only, not ${subject} and ${path}`)
  }
  const project = fromFixes ? (subject ?? '.') : path
  await recoverForReading(project)
  const { generated, root } = await generate(fromFixes ? undefined : subject, project, options)
  if (options.quiet !== true) for (const note of generated.notes) warn(note)
  const folder = options.output === undefined ? join(root, 'policies') : resolve(options.output)
  const shownFolder = options.output ?? 'policies'
  const files = newFiles(folder, generated.files)
  for (const file of generated.files) {
    if (!files.includes(file)) warn(`${shownFolder}/${file.path} exists already: left alone`)
  }
  if (files.length === 0) return EXIT.ok
  if (options.output === undefined && options.yes !== true) {
    await writeResult(files.map((file) => `--- ${shownFolder}/${file.path}\n${file.text}\n`).join(''), {})
    if (!(await agreed())) {
      warn('nothing was written; with --yes or --output the files are written without asking')
      return EXIT.ok
    }
  }
  writeNew(folder, files)
  const list = files.map(({ path: file }) => `  ${shownFolder}/${file}\n`).join('')
  await writeResult(`Wrote ${files.length} ${files.length === 1 ? 'file' : 'files'}:\n${list}`, {})
  return EXIT.ok
}

async function generate(
  subject: string | undefined,
  path: string,
  options: EnforceGenerateOptions,
): Promise<{ generated: Generated; root: string }> {
  const done = progress('Reading and auditing', options)
  try {
    const session = openSession({ path, configFile: options.config, now: nowOf(options) })
    const generated =
      subject === undefined
        ? await generateFromFixes(session, options.kind)
        : await generateFor(session, subject, options.kind)
    return { generated, root: session.project.root }
  } finally {
    done()
  }
}

async function agreed(): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await terminal.question('Write these files? [y/N] ')).trim())
  } finally {
    terminal.close()
  }
}
