import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import { parseObject, sha256 } from './json.ts'
import { recoverProject } from './recover.ts'
import { rollback } from './rollback.ts'
import { makeProject, quickDisk, snapshot } from './test-project.ts'

const AT = new Date('2026-11-21T20:48:15Z')
const ID = '20261121T204815Z-0123abcd'
const hash = (text: string): string => sha256(Buffer.from(text))

/** What a kill in the midst of a commit leaves, written by hand, as a hostile repository might. */
function interrupted(root: string, step: Record<string, unknown>, more: Record<string, unknown> = {}): string {
  const folder = join(root, '.secops/runs', ID)
  fs.mkdirSync(join(folder, 'backup'), { recursive: true })
  const journal = {
    schemaVersion: '1.0',
    kind: 'apply',
    state: 'committing',
    at: AT.toISOString(),
    steps: [
      {
        path: 'a.tf',
        temp: '.secops-0123abcd-1.tmp',
        sha256Before: hash('old\n'),
        sha256After: hash('new\n'),
        modeBefore: 0o640,
        modeAfter: 0o640,
        ...step,
      },
    ],
    folders: [],
    ...more,
  }
  fs.writeFileSync(join(folder, 'journal.json'), JSON.stringify(journal))
  fs.writeFileSync(join(folder, 'backup/a.tf'), 'old\n', { mode: 0o600 })
  return folder
}

test('an interrupted commit is taken back, mode and all, and its folder goes', async () => {
  const root = makeProject({ 'a.tf': 'new\n', '.secops-0123abcd-1.tmp': 'half' })
  interrupted(root, {})
  expect(await recoverProject(root)).toEqual({
    runs: [{ run: ID, kind: 'apply', restored: ['a.tf'], kept: [] }],
    damaged: [],
  })
  expect(fs.readFileSync(join(root, 'a.tf'), 'utf8')).toBe('old\n')
  expect(fs.statSync(join(root, 'a.tf')).mode & 0o777).toBe(0o640)
  expect(snapshot(root)).toHaveLength(1)
  expect(fs.readdirSync(join(root, '.secops/runs'))).toEqual([])
})

test.each([
  ['a path out of the project', { path: '../a.tf', temp: '../.secops-x.tmp' }],
  ['a path into .git', { path: '.git/hooks/pre-commit', temp: '.git/hooks/.secops-x.tmp' }],
  ['a temporary file that is somebody else’s', { temp: 'precious.txt' }],
  ['a temporary file elsewhere', { temp: 'sub/.secops-x.tmp' }],
  ['a mode with more than permissions', { modeBefore: 0o4755 }],
  ['no hash', { sha256Before: 'x' }],
])('a journal with %s is left alone and named', async (_, step) => {
  const root = makeProject({ 'a.tf': 'new\n', 'precious.txt': 'x', 'sub/.secops-x.tmp': 'x' })
  interrupted(root, step)
  const before = snapshot(root)
  expect(await recoverProject(root)).toEqual({ runs: [], damaged: [ID] })
  expect(snapshot(root)).toEqual(before)
})

test('neither a planted backup nor a link in its place gets into a file', async () => {
  const outside = makeProject({ secret: 'old\n' })
  for (const plant of [
    (backup: string) => fs.writeFileSync(backup, 'evil\n'),
    (backup: string) => fs.rmSync(backup),
    (backup: string) => {
      fs.rmSync(backup)
      fs.symlinkSync(join(outside, 'secret'), backup)
    },
  ]) {
    const root = makeProject({ 'a.tf': 'new\n' })
    plant(join(interrupted(root, {}), 'backup/a.tf'))
    expect((await recoverProject(root)).runs).toMatchObject([{ restored: [], kept: ['a.tf'] }])
    expect(fs.readFileSync(join(root, 'a.tf'), 'utf8')).toBe('new\n')
  }
  expect(fs.readFileSync(join(outside, 'secret'), 'utf8')).toBe('old\n')
})

test('a file that became a link is not written through', async () => {
  const outside = makeProject({ 'x.tf': 'new\n' })
  const root = makeProject({})
  fs.symlinkSync(join(outside, 'x.tf'), join(root, 'a.tf'))
  interrupted(root, {})
  expect((await recoverProject(root)).runs).toMatchObject([{ restored: [], kept: ['a.tf'] }])
  expect(fs.readFileSync(join(outside, 'x.tf'), 'utf8')).toBe('new\n')
})

test('a run folder behind a link, or with a foreign name, is not looked into', async () => {
  const outside = makeProject({ 'keep.txt': 'x' })
  const root = makeProject({ '.secops/runs/notes/keep.txt': 'x' })
  fs.symlinkSync(outside, join(root, '.secops/runs', ID))
  expect(await recoverProject(root)).toEqual({ runs: [], damaged: [] })
  expect(fs.existsSync(join(outside, 'keep.txt'))).toBe(true)
  expect(fs.existsSync(join(root, '.secops/runs/notes/keep.txt'))).toBe(true)
})

test('a complete run keeps its backup even if its journal is lost', async () => {
  const root = makeProject({ 'a.tf': 'old\n' })
  const changes = [{ path: 'a.tf', before: 'old\n', after: 'new\n' }]
  const run = await applyChanges(root, changes, { createdAt: AT, toolVersion: '0.1.0' })
  fs.rmSync(join(run.folder ?? '', 'journal.json'))
  expect(await recoverProject(root)).toEqual({ runs: [], damaged: [] })
  await rollback(root, 'last', AT)
  expect(fs.readFileSync(join(root, 'a.tf'), 'utf8')).toBe('old\n')
})

test.skipIf(process.getuid?.() !== 0)('root leaves a file with its owner, through a run and back', async () => {
  const root = makeProject({ 'sub/a.tf': 'old\n' })
  const file = join(root, 'sub/a.tf')
  fs.chownSync(file, 1234, 2345)
  fs.chownSync(dirname(file), 1234, 2345)
  const owner = (): number[] => [fs.statSync(file).uid, fs.statSync(file).gid]
  const changes = [{ path: 'sub/a.tf', before: 'old\n', after: 'new\n' }]
  await applyChanges(root, changes, { createdAt: AT, toolVersion: '0.1.0' })
  expect(owner()).toEqual([1234, 2345])
  await rollback(root, 'last', AT)
  expect(owner()).toEqual([1234, 2345])
})

test('a rollback whose own recovery had to keep a file can be repeated', async () => {
  const root = makeProject({ 'a.tf': 'old\n' })
  const changes = [{ path: 'a.tf', before: 'old\n', after: 'new\n' }]
  const run = await applyChanges(root, changes, { createdAt: AT, toolVersion: '0.1.0' }, quickDisk)
  const folder = join(run.folder ?? '', 'rollback')
  fs.mkdirSync(folder)
  const applied = parseObject(fs.readFileSync(join(run.folder ?? '', 'journal.json')))
  const journal = { ...applied, kind: 'rollback', state: 'rolled-back' }
  fs.writeFileSync(join(folder, 'journal.json'), JSON.stringify(journal))
  expect((await rollback(root, 'last', AT, quickDisk)).restored).toEqual(['a.tf'])
  expect(fs.readdirSync(run.folder ?? '')).toContain('rollback-kept-1')
})
