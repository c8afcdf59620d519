import type { Command } from 'commander'
import type { SetExit } from '../program.ts'
import { registerEnforceConftest } from './enforce-conftest.ts'

export function registerEnforce(program: Command, setExit: SetExit): void {
  const enforce = program.command('enforce').description('Policy as code')
  registerEnforceConftest(enforce, setExit)
  for (const command of enforce.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
}
