import type { Command } from 'commander'
import type { SetExit } from '../program.ts'
import { registerEnforceConftest } from './enforce-conftest.ts'
import { registerEnforceGenerate } from './enforce-generate.ts'
import { registerEnforceLint } from './enforce-lint.ts'
import { registerEnforceTest } from './enforce-test.ts'
import { registerEnforceVerify } from './enforce-verify.ts'

/** One file and one line here for each subcommand. */
const SUBCOMMANDS = [
  registerEnforceVerify,
  registerEnforceTest,
  registerEnforceConftest,
  registerEnforceLint,
  registerEnforceGenerate,
]

export function registerEnforce(program: Command, setExit: SetExit): void {
  const group = program
    .command('enforce')
    .description('Policy as code: run suites, test manifests, find faults in policies, generate policies')
    .showSuggestionAfterError()
  for (const register of SUBCOMMANDS) register(group, setExit)
  for (const command of group.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
}
