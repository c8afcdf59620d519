// node bench/fix/judge.mjs [--approve none|C|B] [--left] ESTATE...: what other scanners say before and after our fixes. See ../README.md.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleOurs, commands, runForJson, versionOf } from '../lib/judges.mjs'
import { markdownTable } from '../accuracy/matrix.mjs'
import { changesOf, failuresOf } from './failures.mjs'

const { values: options, positionals: estates } = parseArgs({
  allowPositionals: true,
  options: {
    approve: { type: 'string', default: 'B' },
    left: { type: 'boolean' },
    keep: { type: 'string' },
  },
})
if (estates.length === 0) {
  process.stderr.write('usage: judge.mjs [--approve none|C|B] [--left] [--keep FOLDER] ESTATE...\n')
  process.exit(2)
}

const tier1 = JSON.parse(readFileSync(new URL('../accuracy/tier1.json', import.meta.url), 'utf8'))
const bundle = await bundleOurs()
const print = (text = '') => process.stdout.write(`${text}\n`)
print(`ours ${versionOf(process.execPath, [bundle, '--version'])}`)
print(`Checkov ${versionOf(process.env['CHECKOV'] ?? 'checkov')}`)
print(`Trivy ${versionOf(process.env['TRIVY'] ?? 'trivy')}`)

for (const path of estates) {
  const source = resolve(path)
  const name = basename(source)
  const before = copyOf(source, name)
  const after = copyOf(source, name)
  const approval = options.approve === 'none' ? [] : ['--approve', options.approve]
  const ours = runForJson([process.execPath, [bundle, 'audit', before, '--format', 'json', '--no-cache', '--quiet']])
  const fix = runForJson([process.execPath, [bundle, 'fix', after, ...approval, '--format', 'json', '--quiet']])
  const again = runForJson([process.execPath, [bundle, 'fix', after, ...approval, '--format', 'json', '--quiet']])
  for (const folder of [before, after]) rmSync(join(folder, '.secops'), { recursive: true, force: true })
  const sum = fix.applied.length + fix.held.length + fix.refused.length
  print(`\n# ${name}, approve ${options.approve}\n`)
  print(
    `${ours.summary.total} findings: ${fix.applied.length} applied, ${fix.held.length} held, ${fix.refused.length} refused ` +
      `(${fix.refused.filter(({ code }) => code === 'verification-failed').length} of them by verification); ` +
      `the sum is ${sum === ours.summary.total ? 'complete' : `${sum}, NOT COMPLETE`}; ` +
      `a second run applies ${again.applied.length}`,
  )
  for (const peer of ['checkov', 'trivy']) {
    const reports = [before, after].map((folder) => runForJson(commands[peer](folder)))
    if (reports.includes(undefined)) continue
    const ids = new Set(tier1.flatMap((row) => (peer === 'checkov' ? row.checkov : row.trivy.map((id) => `AVD-${id}`))))
    const [old, now] = [before, after].map((folder, i) => failuresOf(peer, reports[i], folder))
    const { gone, left, fresh, created } = changesOf(old, now, ids)
    const total = gone.length + left.length
    print(`\n## ${peer}, tier-1 ids\n`)
    print(
      `${total} fail before, ${gone.length} gone (${total === 0 ? 100 : Math.floor((100 * gone.length) / total)}%), ${left.length} left; ` +
        `${fresh.length} newly fail on what was there, ${created.length} on what was created`,
    )
    const rows = [...ids]
      .map((id) => [id, ...[gone, left, fresh, created].map((list) => list.filter((one) => one.id === id).length)])
      .filter(([, ...counts]) => counts.some((count) => count > 0))
    print(`\n${markdownTable(['id', 'gone', 'left', 'newly failing', 'created failing'], rows)}`)
    for (const [title, list] of [
      ['Newly failing', fresh],
      ['Created and failing', created],
      ...(options.left ? [['Left', left]] : []),
    ]) {
      if (list.length === 0) continue
      print(`\n### ${title}\n`)
      for (const one of list) print(`- ${one.id} ${one.name} ${one.file}: ${reasonFor(one)}`)
    }
  }
  if (options.keep === undefined) rmSync(after, { recursive: true, force: true })
  else cpSync(after, join(options.keep, name), { recursive: true })
  rmSync(before, { recursive: true, force: true })

  /** Why what a peer still reports was not fixed: what we said of the same id in the same place. */
  function reasonFor({ id, file, name: resource }) {
    const mine = ours.findings.filter(
      (finding) =>
        finding.aliases.includes(id) && (finding.location.file === file || finding.resource.address.endsWith(resource)),
    )
    const same = mine.filter(({ resource: { address } }) => address === resource)
    const reasons = (same.length > 0 ? same : mine).map(({ fingerprint, ruleId }) => {
      const held = fix.held.find((one) => one.fingerprint === fingerprint)
      const refused = fix.refused.find((one) => one.fingerprint === fingerprint)
      const applied = fix.applied.some((one) => one.fingerprint === fingerprint)
      if (applied) return `${ruleId} applied`
      if (held !== undefined) return `${ruleId} held: ${held.reason}`
      return `${ruleId} ${refused === undefined ? 'not open' : `refused (${refused.code}): ${refused.reason}`}`
    })
    return [...new Set(reasons)].join('; ') || 'no finding of ours'
  }
}

/** A copy to work on, with the values that a person of the project wrote beforehand. */
function copyOf(source, name) {
  const folder = join(mkdtempSync(join(tmpdir(), 'secops-judge-')), name)
  cpSync(source, folder, { recursive: true, filter: (path) => !/\/(?:\.git|\.secops|node_modules)$/.test(path) })
  const values = new URL(`values/${name}.yaml`, import.meta.url)
  if (existsSync(values)) cpSync(values, join(folder, 'secops.yaml'))
  return folder
}
