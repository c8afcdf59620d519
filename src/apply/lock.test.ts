import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { expect, test } from 'vitest'
import { ProjectLockedError } from './errors.ts'
import { faultDisk } from './fault-disk.ts'
import { type Disk, nodeDisk } from './files.ts'
import { withLock } from './lock.ts'
import { makeProject, quickDisk } from './test-project.ts'

const folderWith = (lock?: string): string => makeProject(lock === undefined ? {} : { lock })
const holder = (over: object): string =>
  JSON.stringify({ pid: process.pid, host: hostname(), started: '', token: '0123456789abcdef', ...over })

function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid
}

test('a second writer is refused while the first one works, and let in after it', async () => {
  const folder = folderWith()
  await withLock(folder, nodeDisk, async () => {
    expect(fs.existsSync(join(folder, 'lock'))).toBe(true)
    const second = withLock(folder, nodeDisk, async () => 'in')
    await expect(second).rejects.toThrow(ProjectLockedError)
    await expect(second).rejects.toThrow(`process ${process.pid} on ${hostname()}`)
  })
  expect(await withLock(folder, nodeDisk, async () => 'in')).toBe('in')
  expect(fs.readdirSync(folder)).toEqual([])
})

test('the lock is released when the action fails', async () => {
  const folder = folderWith()
  const failing = withLock(folder, nodeDisk, () => Promise.reject(new Error('inside')))
  await expect(failing).rejects.toThrow('inside')
  expect(fs.readdirSync(folder)).toEqual([])
})

test.each([
  ['a process that is gone', () => holder({ pid: deadPid() })],
  ['an earlier failure of this process', () => holder({})],
  ['a process whose id was given to another', () => holder({ pid: process.ppid, started: '1' })],
])('takes over the lock of %s', async (_, lock) => {
  const folder = folderWith(lock())
  expect(await withLock(folder, nodeDisk, async () => fs.readdirSync(folder))).toEqual(['lock'])
  expect(fs.readdirSync(folder)).toEqual([])
})

test.each([
  ['a living process', () => holder({ pid: process.ppid })],
  ['another host, whose processes nobody here can see', () => holder({ host: 'elsewhere.example', pid: deadPid() })],
  ['something unreadable', () => '{'],
])('respects the lock of %s', async (_, lock) => {
  const text = lock()
  const folder = folderWith(text)
  await expect(withLock(folder, nodeDisk, async () => 'in')).rejects.toThrow(ProjectLockedError)
  expect(fs.readFileSync(join(folder, 'lock'), 'utf8')).toBe(text)
})

test('of many that find one dead lock, one at a time gets in', async () => {
  const folder = folderWith(holder({ pid: deadPid() }))
  let inside = 0
  let entered = 0
  const attempts = Array.from({ length: 20 }, () =>
    withLock(folder, quickDisk, async () => {
      expect(++inside).toBe(1)
      entered++
      await new Promise((resolve) => setTimeout(resolve, 5))
      inside--
    }).catch((error: unknown) => expect(error).toBeInstanceOf(ProjectLockedError)),
  )
  await Promise.all(attempts)
  expect(entered).toBeGreaterThan(0)
  expect(fs.readdirSync(folder)).toEqual([])
})

test('who comes late to a dead lock does not replace the one that took it over', async () => {
  const folder = folderWith(holder({ pid: deadPid() }))
  const rival = holder({ pid: process.ppid, token: 'fedcba9876543210' })
  const late: Disk = {
    ...quickDisk,
    async link(existing, path) {
      if (path.includes('lock-after-')) fs.writeFileSync(join(folder, 'lock'), rival)
      await quickDisk.link(existing, path)
    },
  }
  await expect(withLock(folder, late, async () => 'in')).rejects.toThrow(ProjectLockedError)
  expect(fs.readdirSync(folder)).toEqual(['lock'])
  expect(fs.readFileSync(join(folder, 'lock'), 'utf8')).toBe(rival)
})

test('a kill at any step of taking a dead lock over leaves a lock that can be taken over', async () => {
  const counting = faultDisk('kill', Number.POSITIVE_INFINITY, quickDisk)
  await withLock(folderWith(holder({ pid: deadPid() })), counting, async () => undefined)
  expect(counting.count()).toBeGreaterThan(4)
  for (let first = 1; first <= counting.count(); first++) {
    for (let second = 1; second <= counting.count() + 3; second++) {
      const folder = folderWith(holder({ pid: deadPid() }))
      for (const step of [first, second]) {
        await withLock(folder, faultDisk('kill', step, quickDisk), async () => undefined).catch(() => undefined)
      }
      expect(await withLock(folder, quickDisk, async () => 'in')).toBe('in')
      expect(fs.readdirSync(folder), `killed at ${first}, then at ${second}`).toEqual([])
    }
  }
})

test('works on a file system without hard links', async () => {
  const linkless: Disk = {
    ...quickDisk,
    link: () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' })),
  }
  const folder = folderWith(holder({ pid: deadPid() }))
  await withLock(folder, linkless, async () => {
    await expect(withLock(folder, linkless, async () => 'in')).rejects.toThrow(ProjectLockedError)
  })
  expect(fs.readdirSync(folder)).toEqual([])
})
