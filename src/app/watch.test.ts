import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { JudgedFinding } from '../engine/audit.ts'
import { openSession, SessionMemory } from './session.ts'
import { type WatchUpdate, watchProject } from './watch.ts'

const folder = mkdtempSync(join(tmpdir(), 'secops-watch-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('answers each edit: in place, by renaming over the file, in a new folder, and a file that breaks', async () => {
  cpSync(new URL('../../examples/securebank/infrastructure/terraform', import.meta.url), folder, { recursive: true })
  const s3 = join(folder, 's3.tf')
  const stop = new AbortController()
  const problems: string[] = []
  let seen: (update: WatchUpdate) => void = () => {}
  const next = (): Promise<WatchUpdate> =>
    new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error('no answer')), 20_000)
      seen = (update) => {
        clearTimeout(timer)
        done(update)
      }
    })
  const answered = async (edit: () => void): Promise<WatchUpdate> => {
    const update = next()
    edit()
    return update
  }
  const first = next()
  const watching = watchProject(
    { path: folder, now: new Date('2026-01-01') },
    (update) => seen(update),
    (problem) => problems.push(problem),
    stop.signal,
  )
  expect((await first).added).toEqual([])

  const original = readFileSync(s3, 'utf8')
  const mended = await answered(() =>
    writeFileSync(s3, original.replace('acl    = "public-read"', 'acl    = "private"')),
  )
  expect(mended.gone.map(({ ruleId }) => ruleId)).toContain('s3-no-public-acl')

  const renamed = await answered(() => {
    writeFileSync(`${s3}.new`, original)
    renameSync(`${s3}.new`, s3)
  })
  expect(renamed.added.map(({ ruleId }) => ruleId)).toContain('s3-no-public-acl')

  const fresh = await answered(() => {
    mkdirSync(join(folder, 'more'))
    writeFileSync(join(folder, 'more/main.tf'), 'resource "aws_s3_bucket" "fresh" {}\n')
  })
  expect(fresh.added.every(({ resource }) => resource.address === 'aws_s3_bucket.fresh')).toBe(true)

  const broken = await answered(() => writeFileSync(join(folder, 'more/main.tf'), 'resource "aws_s3_bucket" {\n'))
  expect(broken.session.result.diagnostics.length).toBeGreaterThan(0)

  stop.abort()
  await watching
  expect(problems).toEqual([])
})

test('with what is kept from before, each answer is that of a fresh audit', () => {
  const root = mkdtempSync(join(tmpdir(), 'secops-again-'))
  try {
    cpSync(new URL('../../examples/securebank', import.meta.url), root, { recursive: true })
    const options = { path: root, now: new Date('2026-01-01') }
    const memory = new SessionMemory()
    openSession({ ...options, memory })
    const edits: [file: string, from: string, to: string][] = [
      ['infrastructure/k8s/backend-deployment.yaml', 'privileged: true', 'privileged: false'],
      ['infrastructure/k8s/backend-deployment.yaml', 'kind: Deployment', '# moved down\nkind: Deployment'],
      ['infrastructure/terraform/security-groups.tf', '0.0.0.0/0', '10.0.0.0/8'],
      ['infrastructure/terraform/s3.tf', 'resource', '# above\nresource'],
      ['infrastructure/k8s/backend-deployment.yaml', '# moved down\n', ''],
      ['infrastructure/k8s/backend-deployment.yaml', 'privileged: false', 'privileged: true'],
      ['secops.yaml', 'runAsUser: 10001', 'runAsUser: 10002'],
    ]
    for (const [file, from, to] of edits) {
      const path = join(root, file)
      const text = readFileSync(path, 'utf8')
      expect(text, file).toContain(from)
      writeFileSync(path, text.replace(from, to))
      const kept = openSession({ ...options, memory })
      const fresh = openSession(options)
      expect(kept.result, `${file}: ${to}`).toEqual(fresh.result)
      expect(kept.audit().judged.map(({ remedy }) => remedyText(remedy))).toEqual(
        fresh.audit().judged.map(({ remedy }) => remedyText(remedy)),
      )
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}, 60_000)

function remedyText(remedy: JudgedFinding['remedy']): unknown {
  if (remedy.kind === 'fixer') return remedy.assessment
  return remedy.kind === 'local' ? remedy.fix : remedy.reason
}
