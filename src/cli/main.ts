#!/usr/bin/env node
import { VERSION } from '../version.ts'

// The version is asked for by scripts and editors on every start: answered before anything else is loaded.
const [first, second] = process.argv.slice(2)
if (second === undefined && (first === '--version' || first === '-V')) {
  process.stdout.write(`${VERSION}\n`)
} else {
  const { runCli } = await import('./program.ts')
  process.exitCode = await runCli(process.argv.slice(2))
}
