import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { buildSync } from 'esbuild'
import { expect, test } from 'vitest'
import { withProject } from './project.ts'
import { rollback } from './rollback.ts'
import { makeProject, snapshot } from './test-project.ts'

const CHILD = `
import { applyChanges } from ${JSON.stringify(join(import.meta.dirname, 'apply-changes.ts'))}
import { withProject } from ${JSON.stringify(join(import.meta.dirname, 'project.ts'))}
import { rollback } from ${JSON.stringify(join(import.meta.dirname, 'rollback.ts'))}
const root = process.argv[2]
const changes = Array.from({ length: 8 }, (_, n) => ({ path: 'd' + n + '/a.tf', before: 'old ' + n, after: 'new ' + n }))
changes.push({ path: 'made/b.tf', before: undefined, after: 'b' })
for (let n = 0; ; n++) {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, n))
  await withProject(root, () => applyChanges(root, changes, { createdAt: at, toolVersion: '0' }))
  await withProject(root, () => rollback(root, 'last', at))
  process.stdout.write('.')
}
`

test('a process that is really killed leaves nothing mixed and no lock', async () => {
  const bundle = join(makeProject({}), 'child.mjs')
  const options = { resolveDir: import.meta.dirname, contents: CHILD, sourcefile: 'child.ts' }
  buildSync({ stdin: options, bundle: true, platform: 'node', format: 'esm', outfile: bundle })
  const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`d${n}/a.tf`, `old ${n}`]))
  const root = makeProject(files)
  const before = snapshot(root)
  for (let kill = 0; kill < 15; kill++) {
    const child = spawn(process.execPath, [bundle, root], { stdio: ['ignore', 'pipe', 'inherit'] })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, kill * 3))
    child.kill('SIGKILL')
    await once(child, 'close')
    const now = await withProject(root, async () => snapshot(root))
    const fresh = now.some((line) => line.startsWith('made/'))
    expect(now.filter((line) => line.endsWith(Buffer.from('new 3').toString('base64')))).toHaveLength(fresh ? 1 : 0)
    if (!fresh) expect(now).toEqual(before)
    else {
      for (const n of [0, 1, 2, 3, 4, 5, 6, 7])
        expect(fs.readFileSync(join(root, `d${n}/a.tf`), 'utf8')).toBe(`new ${n}`)
      await withProject(root, () => rollback(root, 'last', new Date(0)))
      expect(snapshot(root)).toEqual(before)
    }
  }
})
