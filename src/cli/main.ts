#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8'
import type { Answer } from '../app/audit-cache.ts'
import { VERSION } from '../version.ts'
import { loadCompiled } from './compiled.ts'

// The version is asked for by scripts and editors on every start: answered before anything else is loaded.
const [first, second] = process.argv.slice(2)
if (second === undefined && (first === '--version' || first === '-V')) {
  process.stdout.write(`${VERSION}\n`)
} else {
  const argv = process.argv.slice(2)
  // Whoever read the output went away (`| head`): nobody is left to tell.
  process.stdout.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error
  })
  const answer = first === 'audit' && !argv.includes('--no-cache') ? await answerKnown(argv) : undefined
  if (answer === undefined) await runProgram(argv)
  else {
    process.stdout.write(answer.output)
    process.exitCode = answer.exitCode
  }
}

/** A module of its own, as only audits need it: it loads what hashes files. */
async function answerKnown(argv: readonly string[]): Promise<Answer | undefined> {
  const { knownAnswer, terminal } = await import('../app/answers.ts')
  return knownAnswer(argv, terminal())
}

async function runProgram(argv: readonly string[]): Promise<void> {
  if (!argv.includes('--watch')) tuneForOneAudit(Number.parseInt(process.versions.v8, 10))
  // Rules of the user's own import the modules of this package, and must meet the same ones as the program. And some
  // commands are left out of the script, and so are the names that a stack would show: see scripts/bundle.mjs.
  const apart = /^(?:enforce|report|verify-pack)$/.test(argv[0] ?? '')
  const isDebugged = process.env['SECOPS_DEBUG'] !== undefined
  const byModules = apart || isDebugged || argv.some((argument) => /^--rules(?:=|$)/.test(argument))
  const compiled = byModules ? undefined : loadCompiled()
  const { runCli } = compiled ?? (await import('./program.ts'))
  process.exitCode = await runCli(argv)
  // For the next start, where the build has not done it: installed by another version of Node, or run with other flags.
  if (compiled !== undefined && !compiled.remembered && /^(?:audit|run)$/.test(argv[0] ?? '')) compiled.remember()
}

/** Flags that a version of V8 does not know, it complains of on standard error: they are set where they were tried. */
function tuneForOneAudit(v8: number): void {
  // Most audits end before what V8 would optimise for them has paid for itself.
  if (v8 === 11) setFlagsFromString('--interrupt-budget=600000')
  // And before collecting in small steps beside the program's work is worth its while.
  if (v8 >= 11 && v8 <= 13) setFlagsFromString('--no-incremental-marking')
}
