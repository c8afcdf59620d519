// node bench/fix/pairs.mjs [--approve B] ESTATE...: every fixer twice, and every pair of fixers in both orders. See ../README.md.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, relative, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleOurs } from '../lib/judges.mjs'

const { values: options, positionals: estates } = parseArgs({
  allowPositionals: true,
  options: { approve: { type: 'string', default: 'B' } },
})
if (estates.length === 0) {
  process.stderr.write('usage: pairs.mjs [--approve none|C|B] ESTATE...\n')
  process.exit(2)
}
const bundle = await bundleOurs()
const approval = options.approve === 'none' ? [] : ['--approve', options.approve]
const print = (text = '') => process.stdout.write(`${text}\n`)

for (const path of estates) {
  const estate = resolve(path)
  const name = basename(estate)
  const fixers = fixersOf(estate, name)
  print(`\n# ${name}, approve ${options.approve}: ${fixers.length} fixers\n`)
  /** One fixer applied: folder and hash. */
  const once = new Map()
  for (const fixer of fixers) {
    const folder = copyOf(estate, name)
    fix(folder, fixer)
    const left = fix(folder, fixer)
    if (left > 0) print(`- ${fixer}: a second run applies ${left}`)
    once.set(fixer, folder)
  }
  let same = 0
  const pairs = fixers.flatMap((a, i) => fixers.slice(i + 1).map((b) => [a, b]))
  for (const [a, b] of pairs) {
    const [first, second] = [copyOf(once.get(a), name), copyOf(once.get(b), name)]
    fix(first, b)
    fix(second, a)
    const [one, two] = [hashes(first), hashes(second)]
    const differing = [...new Set([...one.keys(), ...two.keys()])].filter((file) => one.get(file) !== two.get(file))
    if (differing.length === 0) same += 1
    else print(`- ${a} and ${b}: ${differing.map((file) => `${file}${kindOf(first, second, file)}`).join(', ')}`)
    for (const [folder, fixer] of [
      [first, a],
      [second, b],
    ]) {
      const left = fix(folder, fixer)
      if (left > 0) print(`- ${a} and ${b}: ${fixer} again applies ${left}`)
    }
    for (const folder of [first, second]) rmSync(folder, { recursive: true, force: true })
  }
  print(`\n${pairs.length} pairs, ${same} with the same bytes in either order`)
  for (const folder of once.values()) rmSync(folder, { recursive: true, force: true })
}

/** Whether two versions hold the same lines in another order. */
function kindOf(first, second, file) {
  const sorted = (folder) =>
    existsSync(join(folder, file)) ? readFileSync(join(folder, file), 'utf8').split('\n').toSorted().join('\n') : ''
  return sorted(first) === sorted(second) ? ' (order of lines)' : ''
}

function fixersOf(estate, name) {
  const folder = copyOf(estate, name)
  const { applied } = run(folder, ['--dry-run'])
  rmSync(folder, { recursive: true, force: true })
  return [...new Set(applied.map(({ fixer }) => fixer))].toSorted()
}

/** @returns {number} how many findings were applied */
function fix(folder, fixer) {
  return run(folder, ['--fixer', fixer]).applied.length
}

function run(folder, more) {
  const args = [bundle, 'fix', folder, ...more, ...approval, '--format', 'json', '--quiet', '--as-of', '2026-01-01']
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (!stdout.startsWith('{')) throw new Error(`fix printed no JSON: ${stderr}`)
  return JSON.parse(stdout)
}

function copyOf(source, name) {
  const folder = join(mkdtempSync(join(tmpdir(), 'secops-pairs-')), name)
  cpSync(source, folder, { recursive: true, filter: (path) => !/\/(?:\.git|\.secops|node_modules)$/.test(path) })
  const values = new URL(`values/${name}.yaml`, import.meta.url)
  if (existsSync(values)) cpSync(values, join(folder, 'secops.yaml'))
  return folder
}

/** @returns {Map<string, string>} path -> hash */
function hashes(folder) {
  const found = new Map()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (!entry.isFile() || path.includes('/.secops/')) continue
    found.set(relative(folder, path), createHash('sha256').update(readFileSync(path)).digest('hex'))
  }
  return found
}
