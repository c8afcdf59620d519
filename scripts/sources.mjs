// What scripts and benches take from the sources of the program.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/** Some bundled packages are CommonJS and call require for Node's own modules. */
export const REQUIRE_BANNER = {
  js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
}

/**
 * @param {readonly string[]} exports statements with paths from the root of this repository
 * @returns {Promise<Record<string, any>>} what they export
 */
export async function importSources(exports) {
  const folder = mkdtempSync(join(tmpdir(), 'secops-sources-'))
  try {
    const outfile = join(folder, 'sources.mjs')
    await build({
      stdin: { contents: exports.join('\n'), resolveDir: fileURLToPath(new URL('..', import.meta.url)) },
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'warning',
      banner: REQUIRE_BANNER,
    })
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
