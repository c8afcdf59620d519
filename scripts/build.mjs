// Bundles the program and the public entry points into dist/, and writes their declarations.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}dist`, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: {
    secops: 'src/cli/main.ts',
    index: 'src/index.ts',
    testing: 'src/testing/index.ts',
    rego: 'src/rego/index.ts',
  },
  outdir: 'dist',
  bundle: true,
  // Commands are loaded when they are called: the start-up pays for one of them only.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  legalComments: 'linked',
  minifySyntax: true,
  minifyWhitespace: true,
  // Some bundled packages are CommonJS and call require for Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
})
// Names this very program: what it remembers is not believed by another build of the same version.
const hash = createHash('sha256')
for (const file of readdirSync(`${root}dist`, { recursive: true }).sort()) {
  if (file.endsWith('.js')) hash.update(file).update(readFileSync(`${root}dist/${file}`))
}
writeFileSync(`${root}dist/build-id`, hash.digest('hex'))

// npm links the bins of dependencies only; in a checkout `npx secops` and node_modules/.bin/secops are to work too.
chmodSync(`${root}dist/secops.js`, 0o755)
const link = `${root}node_modules/.bin/secops`
if (existsSync(`${root}node_modules`) && process.platform !== 'win32') {
  mkdirSync(`${root}node_modules/.bin`, { recursive: true })
  rmSync(link, { force: true })
  symlinkSync('../../dist/secops.js', link)
}

execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
