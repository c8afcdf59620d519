// node bench/fix/parse.mjs ESTATE...: every file that our fixes change, read by other parsers. See ../README.md.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parse } from '@cdktf/hcl2json'
import { loadAll } from 'js-yaml'
import { bundleOurs } from '../lib/judges.mjs'

const estates = process.argv.slice(2)
if (estates.length === 0) {
  process.stderr.write('usage: parse.mjs ESTATE...\n')
  process.exit(2)
}
const bundle = await bundleOurs()
const totals = { fixes: 0, files: 0, errors: 0, again: 0 }
for (const path of estates) {
  const source = resolve(path)
  const name = basename(source)
  const folder = join(mkdtempSync(join(tmpdir(), 'secops-parse-')), name)
  cpSync(source, folder, { recursive: true, filter: (at) => !/\/(?:\.git|\.secops|node_modules)$/.test(at) })
  const values = new URL(`values/${name}.yaml`, import.meta.url)
  if (existsSync(values)) cpSync(values, join(folder, 'secops.yaml'))
  const first = run(folder)
  const again = run(folder)
  let errors = 0
  for (const { path: file, created } of first.files) {
    // What no other parser read before, it need not read now.
    const problem = await problemOf(join(folder, file))
    if (problem === undefined || (!created && (await problemOf(join(source, file))) !== undefined)) continue
    errors += 1
    process.stdout.write(`${name}/${file}: ${problem}\n`)
  }
  const refused = first.refused.filter(({ code }) => code === 'verification-failed').length
  process.stdout.write(
    `${name}: ${first.applied.length} fixes in ${first.files.length} files, ${errors} parse errors, ${refused} refused by verification, ${again.applied.length} in a second run\n`,
  )
  totals.fixes += first.applied.length
  totals.files += first.files.length
  totals.errors += errors
  totals.again += again.applied.length
  rmSync(folder, { recursive: true, force: true })
}
process.stdout.write(
  `\n${totals.fixes} fixes in ${totals.files} files: ${totals.errors} parse errors; ${totals.again} in second runs\n`,
)

async function problemOf(file) {
  const text = readFileSync(file, 'utf8')
  try {
    if (/\.(?:tf|tofu)$/.test(file)) await parse(file, text)
    else if (/\.ya?ml$/.test(file)) loadAll(text)
    else if (file.endsWith('.json')) JSON.parse(text)
    return undefined
  } catch (error) {
    return String(error).split('\n')[0]
  }
}

function run(folder) {
  const args = [bundle, 'fix', folder, '--approve', 'B', '--format', 'json', '--quiet']
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (!stdout.startsWith('{')) throw new Error(`fix printed no JSON: ${stderr}`)
  return JSON.parse(stdout)
}
