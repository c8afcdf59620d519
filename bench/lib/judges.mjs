// Finds and runs the programs that are compared. Peers are looked up on PATH unless CHECKOV, TRIVY or SECOPS name them.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../..', import.meta.url))
const MEGABYTE = 1024 * 1024

/** @returns {string} the program bundled from src into a temporary folder, so that a running build of dist/ does not matter */
export function bundleOurs() {
  const given = process.env['SECOPS']
  if (given !== undefined) return given
  const folder = mkdtempSync(join(tmpdir(), 'secops-bench-'))
  const banner =
    "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);"
  execFileSync(
    join(repository, 'node_modules/.bin/esbuild'),
    [
      'src/cli/main.ts',
      '--bundle',
      '--splitting',
      '--platform=node',
      '--format=esm',
      '--target=node20.19',
      '--minify-syntax',
      '--minify-whitespace',
      '--log-level=warning',
      '--out-extension:.js=.mjs',
      `--banner:js=${banner}`,
      `--outdir=${folder}`,
    ],
    { cwd: repository, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  return join(folder, 'main.mjs')
}

/** The command line of each program, for a whole-process run over one folder. */
export const commands = {
  /** @param {string} bundle @param {string} estate */
  ours: (bundle, estate) => [
    process.execPath,
    [bundle, 'audit', estate, '--format', 'json', '--include-passed', '--fail-on', 'none', '--no-cache', '--quiet'],
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
