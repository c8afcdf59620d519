import { type Command, Option } from 'commander'
import type { Kind } from '../../enforce/generate/files.ts'
import { parseDate } from '../options.ts'
import type { SetExit } from '../program.ts'

export interface EnforceGenerateOptions {
  readonly fromFixes?: boolean
  readonly kind: Kind
  readonly output?: string
  readonly yes?: boolean
  readonly config?: string
  readonly asOf?: Date
  readonly quiet?: boolean
}

export function registerEnforceGenerate(group: Command, setExit: SetExit): void {
  group
    .command('generate')
    .description('Write the policies that keep a fault out: template, constraint, samples, suite, twins')
    .argument('[subject]', 'a rule by id or alias, a policy of the library, or the fingerprint of a finding')
    .argument('[path]', 'the project', '.')
    .option('--from-fixes', 'for everything that the last run fixed (then the first argument is the project)')
    .addOption(
      new Option('--kind <kind>', 'what to write').choices(['gatekeeper', 'conftest', 'vap', 'all']).default('all'),
    )
    .option('-o, --output <dir>', 'write below this folder, without asking (default: policies/ of the project)')
    .option('-y, --yes', 'write without asking')
    .option('--config <file>', 'configuration instead of the secops.yaml of the project')
    .option('--as-of <date>', 'the day that stands for today', parseDate)
    .option('-q, --quiet', 'print no progress and no notes')
    .addHelpText(
      'after',
      `
The files are shown first. Nothing that exists is overwritten.

Examples:
  $ secops enforce generate k8s-no-privileged
  $ secops enforce generate CKV_K8S_16 --kind conftest --output policy
  $ secops enforce generate 3f9a1c07 .
  $ secops enforce generate --from-fixes . --yes`,
    )
    .action(async (subject: string | undefined, path: string, options: EnforceGenerateOptions) => {
      const { runEnforceGenerate } = await import('../actions/enforce-generate.ts')
      setExit(await runEnforceGenerate(subject, path, options))
    })
}
