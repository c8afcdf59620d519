// The main job on examples/securebank, on a temporary copy: audit, fix, held list, approval, proof, rollback, report.
// Pauses for nothing, exits 0 if every step did what it should. SECOPS_DEMO_DIR keeps the copy in a folder of your choice.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const program = join(root, 'dist/secops.js')
const asOf = ['--as-of', '2026-11-21']

const folder = process.env.SECOPS_DEMO_DIR ?? mkdtempSync(join(tmpdir(), 'secops-demo-'))
mkdirSync(folder, { recursive: true })
const project = join(folder, 'securebank')
cpSync(join(root, 'examples/securebank'), project, { recursive: true, filter: (path) => !path.includes('/.secops') })
const original = snapshot()

title('1. Audit: what is wrong with SecureBank')
show(['audit', project, '--fail-on', 'none', ...asOf])

title('2. Fix what needs nobody: first the diff, nothing written')
const diff = run(['fix', project, '--dry-run', '--fail-on', 'none', ...asOf])
const lines = diff.split('\n')
console.log(lines.slice(0, 60).join('\n'))
if (lines.length > 60) console.log(`... ${lines.length - 60} more lines of diff`)
expectSame('a dry run writes nothing')

title('3. Fix what needs nobody: each fix verified in memory, then every file or none; the rest is held')
show(['fix', project, '--fail-on', 'none', ...asOf])

title('4. Undo it')
show(['rollback', '--path', project])
expectSame('after the rollback every file is byte for byte what it was')

title('5. The whole loop, with what a person approves: --approve B and the values of secops.yaml')
show(['run', project, '--yes', '--approve', 'B', '--fail-on', 'none', ...asOf])
const [saved] = readdirSync(join(project, '.secops/reports')).sort()
const report = join(folder, 'securebank-report.html')
check('the HTML report is written', saved !== undefined)
copyFileSync(join(project, '.secops/reports', saved), report)

title('6. A second run changes nothing')
const fixed = snapshot()
run(['fix', project, '--approve', 'B', '--fail-on', 'none', ...asOf])
check('the second run left every file as it was', JSON.stringify(fixed) === JSON.stringify(snapshot()))

title('7. Comply: requirement by requirement')
show(['comply', project, '--framework', 'pci-dss-3.2.1', '--fail-on', 'none', ...asOf])

title('8. Undo that too')
show(['rollback', '--path', project])
expectSame('after the rollback every file is byte for byte what it was')

console.log(`\nThe report of the fixed platform: ${report}`)

function run(args) {
  const result = spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (result.status !== 0) {
    console.error(result.stdout, result.stderr)
    fail(`secops ${args[0]} ended with ${result.status ?? result.signal}`)
  }
  return result.stdout
}

function show(args) {
  console.log(`$ secops ${args.map((arg) => (arg.startsWith(folder) ? relative(folder, arg) : arg)).join(' ')}\n`)
  console.log(run(args).replaceAll(`${folder}/`, ''))
}

function snapshot() {
  return readdirSync(project, { recursive: true, encoding: 'utf8' })
    .filter((path) => !path.startsWith('.secops') && statSync(join(project, path)).isFile())
    .sort()
    .map((path) => [
      path,
      statSync(join(project, path)).mode,
      createHash('sha256')
        .update(readFileSync(join(project, path)))
        .digest('hex'),
    ])
}

function expectSame(what) {
  check(what, JSON.stringify(original) === JSON.stringify(snapshot()))
}

function check(what, holds) {
  console.log(`${holds ? 'PROVEN' : 'FAILED'}: ${what}`)
  if (!holds) fail(what)
}

function title(text) {
  console.log(`\n${'='.repeat(text.length)}\n${text}\n${'='.repeat(text.length)}`)
}

function fail(what) {
  console.error(`demo failed: ${what}`)
  process.exit(1)
}
