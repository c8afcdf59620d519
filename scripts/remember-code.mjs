// node remember-code.mjs SCRIPT: runs the bundled program on the demo, and keeps the code that V8 made of it; see src/cli/compiled.ts.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { cachedDataVersionTag } from 'node:v8'
import { constants, Script } from 'node:vm'

const [path = ''] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'secops-build-'))
try {
  // The user's own cache folder is none of the build's business.
  process.env['XDG_CACHE_HOME'] = join(folder, 'home')
  const demo = join(folder, 'demo')
  cpSync(fileURLToPath(new URL('../examples/securebank', import.meta.url)), demo, { recursive: true })
  const script = new Script(readFileSync(path, 'latin1'), {
    filename: path,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })
  const program = {}
  script.runInThisContext()(program, (id) => process.getBuiltinModule(id), pathToFileURL(path).href)
  for (const format of ['json', 'text', 'json', 'text']) {
    const code = await program.runCli(['audit', demo, '--format', format, '--output', join(folder, 'out')])
    if (code > 1) throw new Error(`the audit of the demo ended with ${code}`)
  }
  const code = `${path.replace(/\.cjs$/, '')}-${process.platform}-${process.arch}-${cachedDataVersionTag()}.code`
  writeFileSync(code, script.createCachedData())
} finally {
  rmSync(folder, { recursive: true, force: true })
}
