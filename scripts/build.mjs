// Bundles the program and the public entry points into dist/, and writes their declarations.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { bundleProgram } from './bundle.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
rmSync(`${root}dist`, { recursive: true, force: true })
await bundleProgram(`${root}dist`, {
  index: 'src/index.ts',
  testing: 'src/testing/index.ts',
  rego: 'src/rego/index.ts',
})

// npm links the bins of dependencies only; in a checkout `npx secops` and node_modules/.bin/secops are to work too.
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
