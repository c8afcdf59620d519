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
const all = [
  ['ours', (estate) => commands.ours(bundle, estate)],
  ['Checkov', commands.checkov],
  ['Trivy', commands.trivy],
]
const programs = all.filter(([name]) => options.only === undefined || options.only.includes(name))
const rows = []
for (const path of estates) {
  const estate = resolve(path)
  /** @type {Map<string, { seconds: number, cpu: number, megabytes: number }[]>} */
  const samples = new Map(programs.map(([name]) => [name, []]))
  // Interleaved, so that what else the machine does touches each of them; the first round warms the disk cache and is not counted.
  for (let round = 0; round <= Number(options.runs); round += 1) {
    for (const [name, command] of programs) {
      const sample = leavingNothing(estate, () => measure(command(estate)))
      if (round > 0 && sample !== undefined) samples.get(name)?.push(sample)
    }
  }
  /** @param {string} name @param {'seconds' | 'cpu' | 'megabytes'} figure */
  const typical = (name, figure) => median((samples.get(name) ?? []).map((sample) => sample[figure]))
  for (const [name] of programs) {
    if (samples.get(name)?.length === 0) continue
    const beside = (figure) => `${(typical(name, figure) / typical('ours', figure)).toFixed(1)}x`
    rows.push([
      basename(estate),
      name,
      typical(name, 'seconds').toFixed(2),
      beside('seconds'),
      typical(name, 'cpu').toFixed(2),
      beside('cpu'),
      typical(name, 'megabytes').toFixed(0),
    ])
  }
}
process.stdout.write(`ours ${versionOf(process.execPath, [bundle, '--version'])}, ${versionOf('node')}\n\n`)
process.stdout.write(
  `${markdownTable(['estate', 'program', 'wall s', 'beside ours', 'processor s', 'beside ours', 'peak MB'], rows)}\n`,
)
