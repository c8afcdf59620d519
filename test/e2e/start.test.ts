import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import { bundledProgram, CHECKOUT } from './bundle.ts'
import { AS_OF, copySecurebank, environment, temporaryFolder } from './harness.ts'

/** The program as `npm ci` leaves it. */
let folder = ''

beforeAll(() => {
  folder = join(temporaryFolder(), 'dist')
  const bundle = pathToFileURL(join(CHECKOUT, 'scripts/bundle.mjs')).href
  const script = `import { bundleProgram } from ${JSON.stringify(bundle)}; await bundleProgram(${JSON.stringify(folder)}, {index: 'src/index.ts'})`
  execFileSync(process.execPath, ['--input-type=module', '--eval', script], { timeout: 100_000 })
}, 120_000)

const codeFiles = (): string[] => readdirSync(folder).filter((name) => name.endsWith('.code'))

function audit(
  program: string,
  root: string,
  ...more: readonly string[]
): { stdout: string; stderr: string; status: number | null } {
  const args = [program, 'audit', root, '--no-cache', '--format', 'json', ...AS_OF, ...more]
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: environment({}), maxBuffer: 256 * 1024 * 1024 })
}

describe('starting from compiled code', () => {
  test('gives the bytes of the program without it, and does not compile again', () => {
    const root = copySecurebank()
    const [code = ''] = codeFiles()
    expect(codeFiles()).toHaveLength(1)
    const { mtimeMs } = statSync(join(folder, code))
    const fast = audit(join(folder, 'secops.js'), root)
    expect(fast).toMatchObject({ status: 1, stderr: '' })
    expect(fast.stdout).toBe(audit(bundledProgram(), root).stdout)
    expect(codeFiles()).toEqual([code])
    expect(statSync(join(folder, code)).mtimeMs).toBe(mtimeMs)
  })

  test('code that is missing or of no use is made anew, and nothing else changes', () => {
    const root = copySecurebank()
    const program = join(folder, 'secops.js')
    const { stdout } = audit(program, root)
    const [code = ''] = codeFiles()
    const path = join(folder, code)
    const size = statSync(path).size
    for (const content of [undefined, '', 'garbage', readFileSync(path).subarray(0, 5000)]) {
      rmSync(path)
      if (content !== undefined) writeFileSync(path, content)
      expect(audit(program, root)).toMatchObject({ status: 1, stderr: '', stdout })
      expect(statSync(path).size).toBeGreaterThan(size / 2)
    }
  })

  test('rules of the user see the modules of the same package', () => {
    const root = copySecurebank()
    const rules = join(temporaryFolder(), 'rules')
    mkdirSync(rules)
    const api = pathToFileURL(join(folder, 'index.js')).href
    writeFileSync(
      join(rules, 'own.mjs'),
      `import { defineRule } from ${JSON.stringify(api)}
export default defineRule({
  id: 'own-rule', title: 'Own', severity: 'low', severityReason: 'x', controls: ['AC-3'], sameAs: [], kind: 'terraform',
  resources: ['aws_s3_bucket'], messages: { own: 'seen' }, remediation: 'x',
  *check(bucket) { yield { at: bucket.get('bucket'), message: 'own' } },
})
`,
    )
    const { stdout, stderr } = audit(join(folder, 'secops.js'), root, '--rules', rules, '--rule', 'own-rule')
    expect(stderr).toBe('')
    expect(stdout).toContain('"ruleId": "own-rule"')
  })
})
