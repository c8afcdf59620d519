import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { atomicWrite } from './atomic-write.ts'
import { faultDisk } from './fault-disk.ts'
import { type Disk, nodeDisk } from './files.ts'
import { compactTimestamp, contentId, openState, stateFolder } from './state.ts'
import { makeProject, quickDisk } from './test-project.ts'

test('opening the state twice gives the same folder, ignored by git', async () => {
  const root = makeProject({})
  const first = await openState(root)
  expect(first).toEqual({ available: true, root, folder: join(root, '.secops') })
  expect(await openState(root)).toEqual(first)
  expect(fs.readFileSync(join(root, '.secops/.gitignore'), 'utf8')).toBe('*\n')
})

test.each(['.secops', '.secops/runs'])('refuses to keep state behind a link at %s', async (path) => {
  const outside = makeProject({})
  const root = makeProject({})
  if (path !== '.secops') fs.mkdirSync(join(root, '.secops'))
  fs.symlinkSync(outside, join(root, path))
  await expect(openState(root)).rejects.toThrow(`${path} is a link`)
  expect(fs.readdirSync(outside)).toEqual([])
})

test('refuses a file in place of the state, or of a folder in it', async () => {
  await expect(openState(makeProject({ '.secops': 'x' }))).rejects.toMatchObject({ code: 'state-folder' })
  const state = await openState(makeProject({ '.secops/reports': 'x' }))
  if (!state.available) throw new Error(state.reason)
  await expect(stateFolder(state, 'reports')).rejects.toThrow('.secops/reports is not a folder')
  expect(await stateFolder(state, 'cache')).toBe(join(state.folder, 'cache'))
})

test('a root that cannot be written is a reason, not an error', async () => {
  const root = makeProject({})
  for (const code of ['EACCES', 'EROFS', 'EPERM']) {
    const disk: Disk = { ...nodeDisk, mkdir: () => Promise.reject(Object.assign(new Error(code), { code })) }
    expect(await openState(root, disk)).toEqual({ available: false, reason: expect.stringContaining(code) })
  }
  await openState(root)
  const readOnly: Disk = { ...nodeDisk, isWritable: async () => false }
  expect(await openState(root, readOnly)).toEqual({ available: false, reason: '.secops cannot be written' })
})

test('names are made of the date and the content', () => {
  expect(compactTimestamp(new Date('2026-11-21T20:48:15.999Z'))).toBe('20261121T204815Z')
  expect(contentId(['ab', 'c'])).toMatch(/^[0-9a-f]{8}$/)
  expect(contentId(['ab', 'c'])).not.toBe(contentId(['a', 'bc']))
})

test('an atomic write shows the old content or the new at every step', async () => {
  const counting = faultDisk('kill', Number.POSITIVE_INFINITY, quickDisk)
  await atomicWrite(join(makeProject({ 'a.json': 'old' }), 'a.json'), 'the new content', {}, counting)
  for (const fault of ['kill', 'EIO', 'full'] as const) {
    for (let step = 1; step <= counting.count(); step++) {
      const root = makeProject({ 'a.json': 'old' })
      const write = atomicWrite(join(root, 'a.json'), 'the new content', {}, faultDisk(fault, step, quickDisk))
      await write.catch(() => undefined)
      expect(['old', 'the new content']).toContain(fs.readFileSync(join(root, 'a.json'), 'utf8'))
      if (fault !== 'kill') expect(fs.readdirSync(root), `${fault} at ${step}`).toEqual(['a.json'])
      await atomicWrite(join(root, 'a.json'), 'third', {}, quickDisk)
      expect(fs.readdirSync(root)).toEqual(['a.json'])
    }
  }
})

test('an atomic write keeps the mode, replaces a planted link, and follows one that the user named', async () => {
  const outside = makeProject({ 'x.json': 'outside' })
  const root = makeProject({ 'a.json': 'old' })
  fs.chmodSync(join(root, 'a.json'), 0o640)
  await atomicWrite(join(root, 'a.json'), 'new')
  expect(fs.statSync(join(root, 'a.json')).mode & 0o777).toBe(0o640)
  const link = join(root, 'link.json')
  fs.symlinkSync(join(outside, 'x.json'), link)
  await atomicWrite(link, 'named', { followLinks: true })
  expect(fs.readFileSync(join(outside, 'x.json'), 'utf8')).toBe('named')
  expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
  await atomicWrite(link, 'state')
  expect(fs.readFileSync(join(outside, 'x.json'), 'utf8')).toBe('named')
  expect(fs.lstatSync(link).isFile()).toBe(true)
  await atomicWrite('/dev/null', 'gone', { followLinks: true })
  expect(fs.lstatSync('/dev/null').isCharacterDevice()).toBe(true)
})
