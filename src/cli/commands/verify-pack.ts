import { type Command, Option } from 'commander'
import type { SetExit } from '../program.ts'

export interface VerifyPackOptions {
  readonly format: 'text' | 'json'
}

export function registerVerifyPack(program: Command, setExit: SetExit): void {
  program
    .command('verify-pack')
    .description('Check an evidence pack against its manifest, offline')
    .argument('<file>', 'a pack that `secops report --pack` wrote')
    .addOption(new Option('-f, --format <format>', 'how to print the result').choices(['text', 'json']).default('text'))
    .addHelpText(
      'after',
      '\nExit codes: 0 unchanged, 1 changed, 2 no pack.\n\nExample:\n  $ secops verify-pack evidence.zip',
    )
    .action(async (file: string, options: VerifyPackOptions) => {
      const { runVerifyPack } = await import('../actions/verify-pack.ts')
      setExit(await runVerifyPack(file, options))
    })
}
