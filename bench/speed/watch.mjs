// node bench/speed/watch.mjs [--edits N] FOLDER...: how long `audit --watch` takes to answer an edit, from the write to the line on
// standard output, measured from outside on a copy. See ../README.md.
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { markdownTable } from '../accuracy/matrix.mjs'
import { bundleOurs } from '../lib/judges.mjs'
import { median } from './measure.mjs'

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: { edits: { type: 'string', default: '20' } },
})
if (folders.length === 0) {
  process.stderr.write('usage: watch.mjs [--edits N] FOLDER...\n')
  process.exit(2)
}
const TERRAFORM = '\nresource "aws_s3_bucket" "watched" {\n  acl = "public-read"\n}\n'
const MANIFEST = `---
apiVersion: v1
kind: Pod
metadata:
  name: watched
spec:
  containers:
    - name: watched
      image: nginx
      securityContext:
        privileged: true
`
const program = await bundleOurs()
const rows = []
for (const folder of folders) {
  const seconds = await measureEdits(resolve(folder), Number(options.edits))
  const sorted = seconds.toSorted((a, b) => a - b)
  const shown = [sorted[0], median(sorted), sorted[Math.floor(sorted.length * 0.9)], sorted.at(-1)]
  rows.push([basename(folder), String(sorted.length), ...shown.map((value) => (value ?? Number.NaN).toFixed(0))])
}
process.stdout.write(`${markdownTable(['folder', 'edits', 'best ms', 'median ms', '9 of 10 ms', 'worst ms'], rows)}\n`)

/** Terraform files, or manifests where there are none. */
function editedFiles(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const terraform = files.filter((name) => name.endsWith('.tf'))
  if (terraform.length > 0) return terraform
  const manifests = files.filter(
    (name) => /\.ya?ml$/.test(name) && isManifest(readFileSync(join(folder, name), 'utf8')),
  )
  if (manifests.length === 0) throw new Error(`neither Terraform files nor manifests in ${folder}`)
  return manifests
}

function isManifest(text) {
  return /^kind:/m.test(text) && !text.includes('{{') && text.endsWith('\n')
}

/** Adds a resource that gives findings to one file after another, and takes it away again. */
async function measureEdits(folder, edits) {
  const copy = mkdtempSync(join(tmpdir(), 'secops-watch-'))
  const child = { kill: () => {} }
  try {
    cpSync(folder, copy, { recursive: true, filter: (path) => !/\/(?:\.git|\.secops|node_modules)$/.test(path) })
    const files = editedFiles(copy)
    const watched = spawn(process.execPath, [program, 'audit', copy, '--watch'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    child.kill = () => watched.kill('SIGINT')
    let answered = () => {}
    watched.stdout.on('data', (data) => {
      // The last line of each answer counts the findings.
      if (/\d+ findings?, /.test(String(data))) answered()
    })
    const answer = () =>
      new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error(`no answer in ${copy}`)), 30_000)
        answered = () => {
          clearTimeout(late)
          done(undefined)
        }
      })
    await answer()
    const milliseconds = []
    for (let edit = 0; edit < edits; edit++) {
      await new Promise((done) => setTimeout(done, 300))
      const path = join(copy, files[(edit >> 1) % files.length] ?? '')
      const text = readFileSync(path, 'utf8')
      const added = path.endsWith('.tf') ? TERRAFORM : MANIFEST
      const next = text.endsWith(added) ? text.slice(0, -added.length) : text + added
      const done = answer()
      const start = performance.now()
      writeFileSync(path, next)
      await done
      milliseconds.push(performance.now() - start)
    }
    return milliseconds
  } finally {
    child.kill()
    rmSync(copy, { recursive: true, force: true, maxRetries: 3 })
  }
}
