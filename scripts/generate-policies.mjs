// Writes policies/ from src/enforce/policies/. `--check` writes nothing and fails if anything would change.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { importSources } from './sources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = join(root, 'policies')
const check = process.argv.includes('--check')
const { libraryFiles, libraryTable } = await importSources([
  "export { libraryFiles, libraryTable } from './src/enforce/generate/library.ts'",
])

const wanted = new Map(libraryFiles().map(({ path, text }) => [path, text]))
const readme = join(folder, 'README.md')
const prose = existsSync(readme) ? readFileSync(readme, 'utf8') : '<!-- generated -->\n<!-- /generated -->\n'
wanted.set(
  'README.md',
  prose.replace(
    /<!-- generated -->[^]*<!-- \/generated -->/,
    () => `<!-- generated -->\n${libraryTable()}<!-- /generated -->`,
  ),
)
const stale = []
for (const [path, text] of wanted) {
  const absolute = join(folder, path)
  if (existsSync(absolute) && readFileSync(absolute, 'utf8') === text) continue
  stale.push(path)
  if (check) continue
  mkdirSync(dirname(absolute), { recursive: true })
  writeFileSync(absolute, text)
}
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name)
    .slice(folder.length + 1)
    .replaceAll('\\', '/')
  if (!entry.isFile() || wanted.has(path)) continue
  stale.push(path)
  if (!check) rmSync(join(folder, path))
}
if (stale.length > 0)
  console.error(`${check ? 'not up to date' : 'wrote or removed'}: ${stale.length} files of policies/`)
if (check && stale.length > 0) process.exit(1)
