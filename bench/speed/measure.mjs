// One whole process, measured from outside by GNU time.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** With `NODE_EXTRA_CA_CERTS`, Node reads all certificates of the system at each start, before it runs anything: 28 ms here. */
const { NODE_EXTRA_CA_CERTS: _, ...ENVIRONMENT } = process.env

/**
 * @param {readonly [string, readonly string[]]} command
 * @returns {{ seconds: number, cpu: number, megabytes: number } | undefined} wall seconds, processor seconds, peak resident memory;
 *   undefined if the program is not installed
 * @throws Error if it ends with a code above 1 (1 is how scanners say that they found something)
 */
export function measure([program, args]) {
  const folder = mkdtempSync(join(tmpdir(), 'secops-measure-'))
  const figures = join(folder, 'figures')
  const output = openSync(join(folder, 'output'), 'w')
  try {
    const start = process.hrtime.bigint()
    const { status } = spawnSync('/usr/bin/time', ['-q', '-f', '%U %S %M', '-o', figures, program, ...args], {
      stdio: ['ignore', output, 'ignore'],
      env: ENVIRONMENT,
    })
    const seconds = Number(process.hrtime.bigint() - start) / 1e9
    if (status === 127) return undefined
    if (status === null || status > 1) throw new Error(`${program} ended with ${status}`)
    const [user = 0, system = 0, kilobytes = 0] = readFileSync(figures, 'utf8').trim().split(' ').map(Number)
    return { seconds, cpu: user + system, megabytes: kilobytes / 1024 }
  } finally {
    closeSync(output)
    rmSync(folder, { recursive: true })
  }
}

/** @param {readonly number[]} values @returns {number} NaN of none */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}
