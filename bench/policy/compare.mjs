// node bench/policy/compare.mjs [--seconds N] [--only NAME] [--ours]: prepared queries in process, ours beside `opa bench`. See ../README.md.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildSync } from 'esbuild'
import { markdownTable } from '../accuracy/matrix.mjs'
import { cases } from './cases.mjs'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', multiple: true },
    ours: { type: 'boolean', default: false },
  },
})
const opa = options.ours ? undefined : (process.env['OPA'] ?? 'opa')
const folder = mkdtempSync(join(tmpdir(), 'secops-policy-bench-'))
const root = join(import.meta.dirname, '..', '..')
const bundle = join(folder, 'rego.mjs')
buildSync({
  entryPoints: [join(root, 'src/rego/index.ts')],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outfile: bundle,
  banner: {
    js: `import { createRequire as benchRequire } from 'node:module';const require = benchRequire(${JSON.stringify(import.meta.url)});`,
  },
})

const median = (values) => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** A process of its own for each policy, as `opa bench` is one. @param {(typeof cases)[number]} one @returns {{ ns: number, result: unknown }} */
function measureOurs({ name }) {
  const worker = join(import.meta.dirname, 'ours.mjs')
  const samples = []
  let result
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const measured = spawnSync(process.execPath, [worker, bundle, name, options.seconds], { encoding: 'utf8' })
    if (measured.status !== 0) throw new Error(`${name}: ${measured.stderr}`)
    const sample = JSON.parse(measured.stdout)
    samples.push(sample.ns)
    result = sample.result
  }
  return { ns: median(samples), result }
}

/** @returns {{ ns: number, result: unknown } | undefined} */
function measureOpa({ name, version, query, input, data = {} }) {
  const policy = join(import.meta.dirname, 'policies', `${name}.${version}.rego`)
  const inputFile = join(folder, 'input.json')
  const dataFile = join(folder, 'data.json')
  writeFileSync(inputFile, JSON.stringify(input))
  writeFileSync(dataFile, JSON.stringify(data))
  const common = [
    '-d',
    policy,
    '-d',
    dataFile,
    '-i',
    inputFile,
    ...(version === 'v0' ? ['--v0-compatible'] : []),
    '--format',
    'json',
  ]
  const evaluated = spawnSync(opa, ['eval', ...common, query], { encoding: 'utf8' })
  if (evaluated.status !== 0) throw new Error(`${name}: ${evaluated.stderr || evaluated.stdout}`)
  const result = JSON.parse(evaluated.stdout).result?.[0]?.expressions[0].value
  const samples = []
  for (let round = 0; round < Number(options.rounds); round += 1) {
    // The fastest that OPA offers: no metrics, no allocations counted, the store laid out for reading.
    const flags = ['--metrics=false', '--benchmem=false', '--optimize-store-for-read-speed']
    const measured = spawnSync(opa, ['bench', ...common, ...flags, query], { encoding: 'utf8' })
    if (measured.status !== 0) throw new Error(`${name}: ${measured.stderr || measured.stdout}`)
    const { N, T } = JSON.parse(measured.stdout)
    samples.push(T / N)
  }
  return { ns: median(samples), result }
}

/** Sets are lists in OPA's output, in an order of their own. @param {unknown} value @returns {string} */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined'
  return `{${Object.entries(value)
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`)
    .sort()
    .join()}}`
}

const rows = []
const ratios = []
let failed = false
for (const one of cases) {
  if (options.only !== undefined && !options.only.includes(one.name)) continue
  const ours = measureOurs(one)
  const theirs = opa === undefined ? undefined : measureOpa(one)
  if (theirs !== undefined && canonical(theirs.result) !== canonical(ours.result)) {
    process.stderr.write(
      `${one.name}: results differ\n  ours ${canonical(ours.result)}\n  OPA  ${canonical(theirs.result)}\n`,
    )
    failed = true
  }
  const ratio = theirs === undefined ? Number.NaN : theirs.ns / ours.ns
  ratios.push(ratio)
  rows.push([
    one.name,
    one.version,
    ours.ns.toFixed(0),
    theirs?.ns.toFixed(0) ?? '',
    Number.isNaN(ratio) ? '' : `${ratio.toFixed(1)}x`,
  ])
}
rmSync(folder, { recursive: true })
process.stdout.write(`${markdownTable(['policy', 'syntax', 'ours ns/op', 'OPA ns/op', 'OPA / ours'], rows)}\n`)
if (opa !== undefined) process.stdout.write(`\nMedian: ${median(ratios).toFixed(1)}x\n`)
if (failed) process.exitCode = 1
