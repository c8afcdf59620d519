// node bench/accuracy/compare.mjs ESTATE...: our verdicts beside Checkov's and Trivy's, for each tier-1 id. See ../README.md.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { bundleOurs, commands, leavingNothing, runForJson, versionOf } from '../lib/judges.mjs'
import { cellsOf, countsOf, HEADINGS, isDisagreement, markdownTable } from './matrix.mjs'
import { Blocks, Documents } from './places.mjs'
import { loadReadings, readingOf, scoreOf } from './readings.mjs'
import { readCheckov, readOurs, readTrivy } from './verdicts.mjs'

const { values: options, positionals: estates } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, id: { type: 'string', multiple: true }, unread: { type: 'boolean' } },
})
if (estates.length === 0) {
  process.stderr.write('usage: compare.mjs [--json FILE] [--id CKV_AWS_20] [--unread] ESTATE...\n')
  process.exit(2)
}

const tier1 = JSON.parse(readFileSync(new URL('tier1.json', import.meta.url), 'utf8'))
const bundle = await bundleOurs()
const catalogue = runForJson([process.execPath, [bundle, 'rules', '--format', 'json']])
const carried = new Set(catalogue.flatMap((rule) => rule.aliases))
const readings = loadReadings()
const print = (text = '') => process.stdout.write(`${text}\n`)

print(`ours ${versionOf(process.execPath, [bundle, '--version'])}`)
print(`Checkov ${versionOf(process.env['CHECKOV'] ?? 'checkov')}`)
print(`Trivy ${versionOf(process.env['TRIVY'] ?? 'trivy')}`)

/** @type {{ kind: string, cell: import('./matrix.mjs').Cell, estate: string, reading: import('./readings.mjs').Reading | undefined }[]} */
const all = []
for (const path of estates) {
  const folder = resolve(path)
  const estate = basename(folder)
  const documents = new Documents(folder)
  const blocks = new Blocks(folder)
  const ourReport = leavingNothing(folder, () => runForJson(commands.ours(bundle, folder)))
  const ours = readOurs(ourReport, documents, blocks)
  const checkovReport = runForJson(commands.checkov(folder))
  const trivyReport = runForJson(commands.trivy(folder))
  const peers = [
    ...(checkovReport === undefined ? [] : [['Checkov', readCheckov(checkovReport, documents)]]),
    ...(trivyReport === undefined ? [] : [['Trivy', readTrivy(trivyReport, documents, blocks)]]),
  ]
  for (const [peer, theirs] of peers) {
    const mine = peer === 'Trivy' ? { ...ours, verdicts: ours.verdicts.outer() } : ours
    const seen = new Set()
    for (const row of tier1) {
      for (const id of peer === 'Checkov' ? row.checkov : row.trivy.map((name) => `AVD-${name}`)) {
        if (seen.has(id) || !carried.has(id)) continue
        seen.add(id)
        for (const cell of cellsOf(id, mine, theirs, peer)) {
          all.push({ kind: row.kind, estate, cell, reading: readingOf(readings, estate, cell) })
        }
      }
    }
  }
}

const wanted = options.id === undefined ? all : all.filter(({ cell }) => options.id?.includes(cell.id))
for (const peer of ['Checkov', 'Trivy']) {
  for (const kind of ['terraform', 'kubernetes']) {
    const part = wanted.filter((entry) => entry.kind === kind && entry.cell.peer === peer)
    if (part.length === 0) continue
    const cells = part.map(({ cell }) => cell)
    const ids = [...new Set(cells.map(({ id }) => id))]
    print(`\n## ${kind} beside ${peer}\n`)
    const rows = ids.map((id) => [id, ...countsOf(cells.filter((cell) => cell.id === id))])
    print(markdownTable(['id', ...HEADINGS], [...rows, ['**all**', ...countsOf(cells)]]))
    const score = scoreOf(part)
    const open = part.filter(({ cell, reading }) => isDisagreement(cell) && reading === undefined).length
    print(
      `\nprecision ${score.precision.toFixed(3)}, recall ${score.recall.toFixed(3)}, F1 ${score.f1.toFixed(3)} ` +
        `(${score.truePositives} right, ${score.falsePositives} false, ${score.falseNegatives} missed; ${open} not read)`,
    )
  }
}

print('\n## Disagreements\n')
for (const { cell, estate, reading } of wanted) {
  if (!isDisagreement(cell) || (options.unread === true && reading !== undefined)) continue
  const at = cell.their ?? cell.our
  const note = cell.our === undefined || cell.our.note === '' ? '' : ` | ${cell.our.rule}: ${cell.our.note}`
  const said = reading === undefined ? '' : ` | ${reading.class}: ${reading.why}`
  print(
    `${estate} ${cell.peer} ${cell.id} we ${cell.ours}, they ${cell.theirs}: ${at?.file}:${at?.line} ${at?.address}${note}${said}`,
  )
}

const notYet = tier1.filter(
  (row) => ![...row.checkov, ...row.trivy.map((id) => `AVD-${id}`)].some((id) => carried.has(id)),
)
print(
  `\n## Not yet\n\n${notYet.length} of ${tier1.length} rows: ${notYet.map((row) => row.checkov.join(' ')).join(', ')}`,
)
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(wanted, null, 1)}\n`)
