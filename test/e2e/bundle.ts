import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync, version } from 'esbuild'

/** The checkout, ending in `/`. */
export const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))

const CACHE = join(CHECKOUT, 'node_modules/.cache/secops-e2e')

/** Bundles of other states of the sources are kept so long: a run beside this one may still use them. */
const KEPT_MS = 60 * 60 * 1000

let built: string | undefined

/**
 * The program as users get it: bundled from the sources of this moment, into a folder named after their content, so that
 * test files that run beside each other build once. It leaves `dist/` alone.
 * @returns the path of `secops.js`
 */
export function bundledProgram(): string {
  built ??= bundle()
  return built
}

function bundle(): string {
  const folder = join(CACHE, contentHash())
  if (!existsSync(folder)) build(folder)
  removeOld(folder)
  return join(folder, 'secops.js')
}

/** Same options as scripts/build.mjs, for the program alone. */
function build(folder: string): void {
  const half = `${folder}.${process.pid}`
  buildSync({
    absWorkingDir: CHECKOUT,
    entryPoints: { secops: 'src/cli/main.ts' },
    outdir: half,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'none',
    minifySyntax: true,
    minifyWhitespace: true,
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
    },
    logLevel: 'error',
  })
  // A folder below node_modules does not see the package.json of the checkout.
  writeFileSync(join(half, 'package.json'), '{"type":"module"}\n')
  try {
    renameSync(half, folder)
  } catch {
    // Another worker was first with the same content.
    rmSync(half, { recursive: true, force: true })
  }
}

function contentHash(): string {
  const hash = createHash('sha256')
    .update(version)
    .update(readFileSync(join(CHECKOUT, 'package-lock.json')))
  const sources = readdirSync(join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' })
  for (const path of sources.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).sort()) {
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(CHECKOUT, 'src', path)))
      .update('\0')
  }
  return hash.digest('hex').slice(0, 16)
}

function removeOld(current: string): void {
  mkdirSync(CACHE, { recursive: true })
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name)
    const age = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (path !== current && age > KEPT_MS) rmSync(path, { recursive: true, force: true })
  }
}
