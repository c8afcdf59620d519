// Finds and runs the programs that are compared. Peers are looked up on PATH unless CHECKOV, TRIVY or SECOPS name them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleProgram } from '../../scripts/bundle.mjs'

const MEGABYTE = 1024 * 1024

/**
 * @returns {Promise<string>} the program as a build leaves it, in a temporary folder, so that a running build of dist/ does not
 *   matter
 */
export async function bundleOurs() {
  return process.env['SECOPS'] ?? bundleProgram(mkdtempSync(join(tmpdir(), 'secops-bench-')))
}

/** The command line of each program, for a whole-process run over one folder. */
export const commands = {
  /** @param {string} bundle @param {string} estate */
  ours: (bundle, estate) => [
    process.execPath,
    [bundle, 'audit', estate, '--format', 'json', '--include-passed', '--fail-on', 'none', '--no-cache', '--quiet'],
  ],
  /** As `ours`, but with what an earlier audit has left. @param {string} bundle @param {string} estate */
  oursAgain: (bundle, estate) => [
    process.execPath,
    [bundle, 'audit', estate, '--format', 'json', '--include-passed', '--fail-on', 'none', '--quiet'],
  ],
  // No --quiet: it leaves out what passed, and a verdict is compared with a verdict.
  /** @param {string} estate */
  checkov: (estate) => [
    process.env['CHECKOV'] ?? 'checkov',
    ['-d', estate, '-o', 'json', '--compact', '--soft-fail', '--framework', 'terraform', 'kubernetes'],
  ],
  /** @param {string} estate */
  trivy: (estate) => [
    process.env['TRIVY'] ?? 'trivy',
    ['config', '--format', 'json', '--quiet', '--skip-check-update', '--skip-version-check', estate],
  ],
}

/**
 * Runs something that may leave our state folder in an estate, and removes the folder if it was not there before: Trivy reads JSON
 * files wherever they lie, and would be slower for ours.
 * @template T @param {string} estate @param {() => T} run @returns {T}
 */
export function leavingNothing(estate, run) {
  const state = join(estate, '.secops')
  const wasThere = existsSync(state)
  try {
    return run()
  } finally {
    if (!wasThere) rmSync(state, { recursive: true, force: true })
  }
}

/**
 * @param {readonly [string, readonly string[]]} command
 * @returns {unknown} what it printed, as JSON; undefined if the program is not installed
 * @throws Error if it printed no JSON
 */
export function runForJson([program, args]) {
  const result = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1024 * MEGABYTE })
  if (result.error !== undefined && 'code' in result.error && result.error.code === 'ENOENT') return undefined
  const start = result.stdout.search(/[[{]/)
  if (start < 0) throw new Error(`${program} printed no JSON: ${result.stderr.slice(-2000)}`)
  return JSON.parse(result.stdout.slice(start))
}

/** @param {string} program @param {readonly string[]} args @returns {string} the first line of its version, or `not installed` */
export function versionOf(program, args = ['--version']) {
  const result = spawnSync(program, args, { encoding: 'utf8' })
  return result.error === undefined ? (result.stdout.trim().split('\n')[0] ?? '') : 'not installed'
}
