import { Command, CommanderError } from 'commander'
import { ApplyError } from '../apply/errors.ts'
import { UsageError } from '../app/project/root.ts'
import { VERSION } from '../version.ts'
import { registerAudit } from './commands/audit.ts'
import { registerCompletion } from './commands/completion.ts'
import { registerComply } from './commands/comply.ts'
import { registerEnforce } from './commands/enforce.ts'
import { registerFix } from './commands/fix.ts'
import { registerHistory } from './commands/history.ts'
import { registerInit } from './commands/init.ts'
import { registerReport } from './commands/report.ts'
import { registerRollback } from './commands/rollback.ts'
import { registerRules } from './commands/rules.ts'
import { registerRun } from './commands/run.ts'
import { registerValidate } from './commands/validate.ts'
import { registerVerifyPack } from './commands/verify-pack.ts'
import { EXIT } from './exit.ts'
import { warn } from './output.ts'

/** A command says with it how the process is to end. */
export type SetExit = (code: number) => void

/** Runs the command line; the result is the exit code. Usage errors are one line on standard error. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let code: number = EXIT.ok
  const program = createProgram((next) => {
    code = Math.max(code, next)
  })
  try {
    if (argv.length === 0) {
      program.outputHelp()
      return EXIT.ok
    }
    await program.parseAsync([...argv], { from: 'user' })
    return code
  } catch (error) {
    return report(error, argv)
  }
}

function createProgram(setExit: SetExit): Command {
  const program = new Command('secops')
    .description('From audit findings to verified fixes, and to evidence an auditor accepts.')
    .version(VERSION, '-V, --version')
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .addHelpText(
      'after',
      `
Start here:
  $ secops audit .            find what is wrong; changes nothing
  $ secops fix . --dry-run    see what would be fixed, as one diff
  $ secops run .              the whole loop: audit, fix, validate, comply, report
  $ secops rollback           undo the last run (secops history lists them)

Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 a failure inside.`,
    )
  for (const register of [
    registerRun,
    registerAudit,
    registerFix,
    registerEnforce,
    registerRollback,
    registerHistory,
    registerValidate,
    registerComply,
    registerReport,
    registerVerifyPack,
    registerRules,
    registerInit,
    registerCompletion,
  ]) {
    register(program, setExit)
  }
  for (const command of program.commands) command.exitOverride().configureOutput({ writeErr: () => {} })
  return program
}

function report(error: unknown, argv: readonly string[]): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok
    // Asked for help on a command that is not there, commander would print the whole help instead of a message.
    const message = error.code === 'commander.help' ? `no such command: ${argv.join(' ')}` : error.message
    warn(`${message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')} (see secops --help)`)
    return EXIT.usage
  }
  if (error instanceof UsageError || error instanceof ApplyError) {
    warn(error.message)
    return EXIT.usage
  }
  const message = error instanceof Error ? error.message : String(error)
  warn(`failed inside: ${message} (please report this)`)
  if (process.env['SECOPS_DEBUG'] !== undefined && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return EXIT.internal
}
