import { describeCause } from '../apply/errors.ts'
import { atomicWrite } from '../apply/atomic-write.ts'
import { resolve } from 'node:path'
import { UsageError } from '../app/project/root.ts'
import { visible } from '../report/escape.ts'
import type { CommonOptions } from './options.ts'

/** Writes a result to standard output, or to `--output`. */
export async function writeResult(text: string, options: Pick<CommonOptions, 'output'>): Promise<void> {
  if (options.output === undefined || options.output === '-') {
    await writeAll(process.stdout, text)
    return
  }
  try {
    await atomicWrite(resolve(options.output), text, { followLinks: true })
  } catch (error) {
    throw new UsageError(`cannot write ${options.output}: ${describeCause(error)}`)
  }
}

/** Resolves when the text has left the process: a pipe that is slow to read must not lose the end of it. */
async function writeAll(stream: NodeJS.WriteStream, text: string): Promise<void> {
  await new Promise<void>((done, fail) => {
    stream.write(text, (error) => {
      // The reader went away (`| head`): nobody is left to tell.
      if (error === null || error === undefined || ('code' in error && error.code === 'EPIPE')) done()
      else fail(error)
    })
  })
}

/** One line on standard error, whatever names from the repository it quotes. */
export function warn(text: string): void {
  process.stderr.write(`secops: ${visible(text)}\n`)
}

export function useColour(options: Pick<CommonOptions, 'color' | 'output'> & { readonly format: string }): boolean {
  if (!options.color || options.output !== undefined || options.format !== 'text') return false
  const { NO_COLOR, FORCE_COLOR } = process.env
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false
  return process.stdout.isTTY || (FORCE_COLOR !== undefined && FORCE_COLOR !== '0')
}

/** One line on a terminal's standard error that says what is going on; taken back by the returned function. */
export function progress(text: string, options: Pick<CommonOptions, 'quiet'>): () => void {
  if (options.quiet === true || !process.stderr.isTTY) return () => {}
  process.stderr.write(`\r\u001B[K${text} ...`)
  return () => {
    process.stderr.write('\r\u001B[K')
  }
}
