// node bench/speed/compare.mjs [--runs N] ESTATE...: whole-process wall time of ours, Checkov and Trivy, interleaved. See ../README.md.
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { markdownTable } from '../accuracy/matrix.mjs'
import { bundleOurs, commands, leavingNothing, versionOf } from '../lib/judges.mjs'
import { measure, median } from './measure.mjs'

const { values: options, positionals: estates } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '5' }, only: { type: 'string', multiple: true } },
})
if (estates.length === 0) {
  process.stderr.write('usage: compare.mjs [--runs N] [--only ours] ESTATE...\n')
  process.exit(2)
}
const bundle = await bundleOurs()
/** Ours over what it has audited before, unchanged since: answered from its cache. */
const AGAIN = 'ours, again'
const all = [
  ['ours', (estate) => commands.ours(bundle, estate)],
  [AGAIN, (estate) => commands.oursAgain(bundle, estate)],
  ['Checkov', commands.checkov],
  ['Trivy', commands.trivy],
]
const HEAD = ['estate', 'program', 'wall s', 'x ours', 'x again', 'processor s', 'x ours', 'x again', 'peak MB']
const programs = all.filter(([name]) => options.only === undefined || options.only.includes(name))
const rows = []
for (const path of estates) {
  const estate = resolve(path)
  /** @type {Map<string, { seconds: number, cpu: number, megabytes: number }[]>} */
  const samples = new Map(programs.map(([name]) => [name, []]))
  // Interleaved, so that what else the machine does touches each of them; the first round warms the disk cache and is not counted.
  for (let round = 0; round <= Number(options.runs); round += 1) {
    for (const [name, command] of programs) {
      const sample = leavingNothing(estate, () => {
        // The audit that fills the cache is not the one that counts.
        if (name === AGAIN) measure(command(estate))
        return measure(command(estate))
      })
      if (round > 0 && sample !== undefined) samples.get(name)?.push(sample)
    }
  }
  /** @param {string} name @param {'seconds' | 'cpu' | 'megabytes'} figure */
  const typical = (name, figure) => median((samples.get(name) ?? []).map((sample) => sample[figure]))
  for (const [name] of programs) {
    if (samples.get(name)?.length === 0) continue
    const beside = (ours, figure) => {
      const ratio = typical(name, figure) / typical(ours, figure)
      return Number.isNaN(ratio) ? '' : `${ratio.toFixed(1)}x`
    }
    rows.push([
      basename(estate),
      name,
      typical(name, 'seconds').toFixed(3),
      beside('ours', 'seconds'),
      beside(AGAIN, 'seconds'),
      typical(name, 'cpu').toFixed(2),
      beside('ours', 'cpu'),
      beside(AGAIN, 'cpu'),
      typical(name, 'megabytes').toFixed(0),
    ])
  }
}
process.stdout.write(`ours ${versionOf(process.execPath, [bundle, '--version'])}, ${versionOf('node')}\n\n`)
process.stdout.write(`${markdownTable(HEAD, rows)}\n`)
