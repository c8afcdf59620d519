// Bundles the program: as modules, and as one script with the code that V8 makes of it, so that a start compiles nothing.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { REQUIRE_BANNER } from './sources.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Packages that most runs never call: what of them is imported, and a stand-in that loads them at the first call. */
const LATE = {
  '@babel/parser': "export const parse = (...given) => require('@babel/parser').parse(...given)",
  graphql: ['buildASTSchema', 'parse', 'validate']
    .map((name) => `export const ${name} = (...given) => require('graphql').${name}(...given)`)
    .join('\n'),
  'dockerfile-ast':
    "export const DockerfileParser = { parse: (...given) => require('dockerfile-ast').DockerfileParser.parse(...given) }",
}

const LATE_PACKAGES = {
  name: 'late-packages',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: new RegExp(`^(?:${Object.keys(LATE).join('|')})$`) }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'late' } : undefined,
    )
    onLoad({ filter: /./, namespace: 'late' }, ({ path }) => ({ contents: LATE[path], resolveDir: root }))
  },
}

/** Commands that run from the modules: what only they need would make every other start read a longer script. */
const APART = {
  name: 'commands-apart',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /\/actions\/(?:enforce-[\w-]+|report|verify-pack)\.ts$/ }, ({ path }) => ({
      path,
      namespace: 'apart',
    }))
    onLoad({ filter: /./, namespace: 'apart' }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get() { throw new Error(${JSON.stringify(`${path} runs from the modules: see main.ts`)}) } })`,
    }))
  },
}

const SHARED = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: 'warning',
  plugins: [LATE_PACKAGES],
}

/**
 * @param {string} folder absolute; is made
 * @param {Record<string, string>} [more] further entry points by name
 * @returns {Promise<string>} the path of `secops.js`
 */
export async function bundleProgram(folder, more = {}) {
  mkdirSync(folder, { recursive: true })
  // A folder outside of the package does not see its package.json.
  if (!folder.startsWith(root)) writeFileSync(join(folder, 'package.json'), '{"type":"module"}\n')
  await bundleModules(folder, more)
  const script = await bundleScript(folder)
  await bundleStart(folder, script)
  // Names this very program: what it remembers is not believed by another build of the same version.
  const hash = createHash('sha256')
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (/\.c?js$/.test(file)) hash.update(file).update(readFileSync(join(folder, file)))
  }
  writeFileSync(join(folder, 'build-id'), hash.digest('hex'))
  chmodSync(join(folder, 'secops.js'), 0o755)
  rememberCode(join(folder, 'secops.js'))
  return join(folder, 'secops.js')
}

/** The public entry points, and the program for whoever brings rules that import those. */
async function bundleModules(folder, more) {
  await build({
    ...SHARED,
    entryPoints: { program: 'src/cli/program.ts', ...more },
    outdir: folder,
    // Commands are loaded when they are called: the start-up pays for one of them only.
    splitting: true,
    format: 'esm',
    chunkNames: 'chunks/[name]-[hash]',
    legalComments: 'linked',
    banner: REQUIRE_BANNER,
  })
}

/**
 * One function expression around the whole program; see src/cli/compiled.ts.
 * @returns {Promise<string>} its file name, which holds a hash of its content
 */
async function bundleScript(folder) {
  const { outputFiles } = await build({
    ...SHARED,
    entryPoints: ['src/cli/program.ts'],
    plugins: [LATE_PACKAGES, APART],
    write: false,
    format: 'cjs',
    // V8 takes back fewer and shorter names sooner.
    minifyIdentifiers: true,
    // The licences lie beside the modules.
    legalComments: 'none',
    define: { 'import.meta.url': '__programUrl' },
    banner: { js: '(function(exports,require,__programUrl){const module={exports};' },
    footer: { js: 'Object.assign(exports,module.exports)})' },
  })
  const text = asAscii(outputFiles[0].text)
  const name = `program-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.cjs`
  writeFileSync(join(folder, name), text)
  return name
}

/** esbuild escapes everywhere but in regular expressions, where an escape means the same, and in raw templates. */
function asAscii(text) {
  // oxlint-disable-next-line no-control-regex
  if (/String\.raw`[^`]*[^\0-\x7F]/.test(text)) throw new Error('a String.raw template holds characters beyond ASCII')
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[^\0-\x7F]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** The start, and beside it what the start may load: each a file of its own, so that no start reads what it does not need. */
async function bundleStart(folder, script) {
  await build({
    ...SHARED,
    entryPoints: { secops: 'src/cli/main.ts' },
    outdir: folder,
    format: 'esm',
    define: { PROGRAM_SCRIPT: JSON.stringify(script) },
    plugins: [
      {
        name: 'files-beside',
        setup: ({ onResolve }) => {
          onResolve({ filter: /\/(?:program|answers)\.ts$/ }, ({ path, kind }) =>
            kind === 'dynamic-import' ? { path: `./${basename(path, '.ts')}.js`, external: true } : undefined,
          )
        },
      },
    ],
  })
  await build({ ...SHARED, entryPoints: { answers: 'src/app/answers.ts' }, outdir: folder, format: 'esm' })
}

/**
 * The first audit of a program leaves the code that V8 made of it for the next start; see src/cli/compiled.ts. Without that
 * the program starts all the same.
 * @param {string} program
 */
function rememberCode(program) {
  const folder = mkdtempSync(join(tmpdir(), 'secops-build-'))
  try {
    const demo = join(folder, 'demo')
    cpSync(join(root, 'examples/securebank'), demo, { recursive: true })
    spawnSync(process.execPath, [program, 'audit', demo], {
      stdio: 'ignore',
      // The user's own cache folder is none of the build's business.
      env: { ...process.env, XDG_CACHE_HOME: join(folder, 'home') },
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  if (!readdirSync(dirname(program)).some((file) => file.endsWith('.code'))) {
    process.stderr.write('build: the compiled code was not kept; the program will start slower\n')
  }
}
