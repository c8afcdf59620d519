import * as fs from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import type { FileChange } from '../text/diff.ts'
import { applyChanges } from './apply-changes.ts'
import { type Disk, nodeDisk } from './files.ts'
import { readManifest, readRunFile, saveRunFile } from './runs.ts'
import { findUnwritable } from './target.ts'
import { makeProject, snapshot } from './test-project.ts'

const RUN = { createdAt: new Date('2026-11-21T20:48:15Z'), toolVersion: '0.1.0' }
const change = (path: string, before: string | undefined, after: string | undefined): FileChange => ({
  path,
  before,
  after,
})

async function refused(root: string, changes: FileChange[], code: string, path: string, disk: Disk = nodeDisk) {
  const before = snapshot(root)
  await expect(applyChanges(root, changes, RUN, disk)).rejects.toMatchObject({ code, paths: [path] })
  expect(snapshot(root)).toEqual(before)
  expect(fs.existsSync(join(root, '.secops'))).toBe(false)
}

test('a file that is no longer what was read is named and nothing is written', async () => {
  const files = { 'a.tf': 'one\n', 'b.tf': 'edited\n' }
  await refused(makeProject(files), [change('a.tf', 'one\n', 'x'), change('b.tf', 'two\n', 'y')], 'conflict', 'b.tf')
  await refused(makeProject(files), [change('c.tf', 'gone\n', 'x')], 'conflict', 'c.tf')
  await refused(makeProject(files), [change('a.tf', undefined, 'new')], 'conflict', 'a.tf')
})

test('an edit that comes in while the new content is being prepared wins', async () => {
  const root = makeProject({ 'a.tf': 'one\n', 'b.tf': 'one\n' })
  const disk: Disk = {
    ...nodeDisk,
    async writeNew(path, data, mode, owner) {
      await nodeDisk.writeNew(path, data, mode, owner)
      if (path.includes('.secops-')) fs.writeFileSync(join(root, 'b.tf'), 'saved by an editor\n')
    },
  }
  const changes = [change('a.tf', 'one\n', 'two\n'), change('b.tf', 'one\n', 'two\n')]
  await expect(applyChanges(root, changes, RUN, disk)).rejects.toMatchObject({ code: 'conflict', paths: ['b.tf'] })
  expect(fs.readFileSync(join(root, 'a.tf'), 'utf8')).toBe('one\n')
  expect(fs.readFileSync(join(root, 'b.tf'), 'utf8')).toBe('saved by an editor\n')
  expect(fs.readdirSync(join(root, '.secops/runs'))).toEqual([])
})

test.each(['../out.tf', '/etc/out.tf', 'a//b', 'a/../b', '.git/hooks/pre-commit', 'sub/.git/config', '.secops/x', ''])(
  'never writes %s',
  async (path) => {
    await refused(makeProject({ 'a/b': '' }), [change(path, undefined, 'x')], 'outside-root', path)
  },
)

test('links that leave the project, lead nowhere or into .git are refused', async () => {
  const outside = makeProject({ 'x.tf': 'x\n' })
  const root = makeProject({ 'a.tf': 'a\n', '.git/config': 'a\n' })
  fs.symlinkSync(join(outside, 'x.tf'), join(root, 'file.tf'))
  fs.symlinkSync(outside, join(root, 'folder'))
  fs.symlinkSync('nowhere', join(root, 'dangling'))
  fs.symlinkSync('loop', join(root, 'loop'))
  fs.symlinkSync('.git', join(root, 'git'))
  await refused(root, [change('file.tf', 'x\n', 'y\n')], 'outside-root', 'file.tf')
  await refused(root, [change('folder/x.tf', 'x\n', 'y\n')], 'outside-root', 'folder/x.tf')
  await refused(root, [change('folder/new.tf', undefined, 'y\n')], 'outside-root', 'folder/new.tf')
  await refused(root, [change('dangling', undefined, 'y\n')], 'outside-root', 'dangling')
  await refused(root, [change('loop', undefined, 'y\n')], 'outside-root', 'loop')
  await refused(root, [change('git/config', 'a\n', 'y\n')], 'outside-root', 'git/config')
  expect(snapshot(outside)).toEqual([expect.stringContaining('x.tf')])
})

test('anything but a file is refused', async () => {
  await refused(makeProject({ 'a/b': 'x' }), [change('a', 'x', 'y')], 'not-a-file', 'a')
  await refused(makeProject({ 'a/b': 'x' }), [change('a/b/c', undefined, 'y')], 'not-a-file', 'a/b/c')
})

test('a read-only file is refused before anything is written, and can be found out beforehand', async () => {
  const root = makeProject({ 'a.tf': 'a\n', 'b.tf': 'b\n' })
  fs.chmodSync(join(root, 'b.tf'), 0o444)
  await refused(root, [change('a.tf', 'a\n', 'x\n'), change('b.tf', 'b\n', 'y\n')], 'read-only', 'b.tf')
  expect(await findUnwritable(root, ['a.tf', 'b.tf', '../c'])).toEqual([
    { path: 'b.tf', reason: 'the file is read-only' },
    { path: '../c', reason: expect.stringContaining('not a path inside the project') },
  ])
})

test('a folder without permission is refused', async () => {
  const root = makeProject({ 'infra/a.tf': 'a\n' })
  const locked = join(root, 'infra')
  // As root permission bits stop nothing, so the answer of the system is played.
  const disk: Disk = { ...nodeDisk, isWritable: async (path) => path !== locked && nodeDisk.isWritable(path) }
  await refused(root, [change('infra/a.tf', 'a\n', 'x\n')], 'read-only', 'infra/a.tf', disk)
})

test.skipIf(process.getuid?.() === 0)('a folder that really has no write bit is refused', async () => {
  const root = makeProject({ 'infra/a.tf': 'a\n' })
  fs.chmodSync(join(root, 'infra'), 0o555)
  await refused(root, [change('infra/a.tf', 'a\n', 'x\n')], 'read-only', 'infra/a.tf')
  fs.chmodSync(join(root, 'infra'), 0o755)
})

test('two paths to one file count once if they agree, and conflict if not', async () => {
  const root = makeProject({ 'a.tf': 'a\n' })
  fs.symlinkSync('a.tf', join(root, 'b.tf'))
  await expect(applyChanges(root, [change('a.tf', 'a\n', 'x'), change('b.tf', 'a\n', 'y')], RUN)).rejects.toMatchObject(
    {
      code: 'conflict',
      paths: ['a.tf', 'b.tf'],
    },
  )
  const run = await applyChanges(root, [change('b.tf', 'a\n', 'x\n'), change('a.tf', 'a\n', 'x\n')], RUN)
  expect(run.files.map((file) => file.path)).toEqual(['a.tf'])
  expect(fs.readFileSync(join(root, 'a.tf'), 'utf8')).toBe('x\n')
})

test('of hard links only the named one is written, and the manifest says so', async () => {
  const root = makeProject({ 'a.tf': 'a\n' })
  fs.linkSync(join(root, 'a.tf'), join(root, 'other.tf'))
  const run = await applyChanges(root, [change('a.tf', 'a\n', 'x\n')], RUN)
  expect(run.files[0]?.hardLinked).toBe(true)
  expect(fs.readFileSync(join(root, 'other.tf'), 'utf8')).toBe('a\n')
})

test('nothing to change leaves no folder', async () => {
  const root = makeProject({ 'a.tf': 'a\n' })
  expect((await applyChanges(root, [change('a.tf', 'a\n', 'a\n')], RUN)).folder).toBeUndefined()
  expect(fs.existsSync(join(root, '.secops'))).toBe(false)
})

test('the run folder: a name from date and content, readable by the owner only, no absolute path in any JSON', async () => {
  const root = makeProject({ 'a.tf': 'password = "hunter2"\n' })
  const run = await applyChanges(root, [change('a.tf', 'password = "hunter2"\n', 'x\n')], RUN)
  const folder = run.folder ?? ''
  expect(run.id).toMatch(/^20261121T204815Z-[0-9a-f]{8}$/)
  await saveRunFile({ folder }, 'diff.patch', '-password\n')
  expect(await readRunFile({ folder }, 'diff.patch')).toBe('-password\n')
  expect(await readRunFile({ folder }, 'run.log')).toBeUndefined()
  for (const path of ['backup/a.tf', 'after/a.tf', 'diff.patch', 'manifest.json', 'journal.json']) {
    expect(fs.statSync(join(folder, path)).mode & 0o777, path).toBe(0o600)
  }
  expect(fs.statSync(join(root, '.secops/runs')).mode & 0o777).toBe(0o700)
  expect(fs.readFileSync(join(root, '.secops/.gitignore'), 'utf8')).toBe('*\n')
  for (const name of ['manifest.json', 'journal.json']) {
    expect(fs.readFileSync(join(folder, name), 'utf8')).not.toContain(root)
  }
  expect(await readManifest(folder)).toEqual(run.manifest)
})

test('the same plan at the same time gets a second folder', async () => {
  const root = makeProject({ 'a.tf': 'a\n' })
  const first = await applyChanges(root, [change('a.tf', 'a\n', 'x\n')], RUN)
  fs.writeFileSync(join(root, 'a.tf'), 'a\n')
  const second = await applyChanges(root, [change('a.tf', 'a\n', 'x\n')], RUN)
  expect(second.id).toBe(`${first.id}-2`)
  expect(second.manifest?.sequence).toBe(2)
})

test('a root that cannot be written is an error that says so', async () => {
  const root = makeProject({ 'a.tf': 'a\n' })
  const disk: Disk = {
    ...nodeDisk,
    mkdir: () => Promise.reject(Object.assign(new Error('read-only'), { code: 'EROFS' })),
  }
  const run = applyChanges(root, [change('a.tf', 'a\n', 'x\n')], RUN, disk)
  await expect(run).rejects.toThrow('the project root cannot be written: the file system is read-only (EROFS)')
})
