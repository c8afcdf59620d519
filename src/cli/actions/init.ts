import { createInterface } from 'node:readline/promises'
import { initFiles, missingFiles, writeInitFiles } from '../../app/init.ts'
import { findRoot } from '../../app/project/root.ts'
import type { InitOptions } from '../commands/init.ts'
import { EXIT } from '../exit.ts'
import { warn } from '../output.ts'

export async function runInit(options: InitOptions): Promise<number> {
  const { root } = findRoot(options.path)
  const wanted = initFiles({ ci: options.ci === true, hook: options.hook === true })
  const files = missingFiles(root, wanted)
  for (const { path } of wanted.filter((file) => !files.includes(file))) warn(`${path} exists already: left alone`)
  if (files.length === 0) return EXIT.ok
  for (const { path, text } of files) process.stdout.write(`--- ${path}\n${text}\n`)
  if (!(await agreed(options))) {
    warn('nothing was written; with --yes the files are written without asking')
    return EXIT.ok
  }
  writeInitFiles(root, files)
  process.stdout.write(`Wrote ${files.map(({ path }) => path).join(', ')}.\nNext: secops audit ${options.path}\n`)
  return EXIT.ok
}

/** secops.yaml alone is harmless; files that make other programs run are written only after a yes. */
async function agreed(options: InitOptions): Promise<boolean> {
  if (options.yes === true) return true
  if (!process.stdin.isTTY || !process.stderr.isTTY) return options.ci !== true && options.hook !== true
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(?:es)?$/i.test((await terminal.question('Write these files? [y/N] ')).trim())
  } finally {
    terminal.close()
  }
}
