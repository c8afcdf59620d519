import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { FileChange } from '../text/diff.ts'
import { applyChanges } from './apply-changes.ts'
import { ApplyError } from './errors.ts'
import { type Fault, faultDisk, KillError } from './fault-disk.ts'
import { type Disk, nodeDisk } from './files.ts'
import { withProject } from './project.ts'
import { recoverProject } from './recover.ts'
import { rollback } from './rollback.ts'
import { listRuns } from './runs.ts'
import { openState } from './state.ts'
import { makeProject, quickDisk, snapshot } from './test-project.ts'

const AT = new Date('2026-11-21T20:48:15Z')
const RUN = { createdAt: AT, toolVersion: '0.1.0' }
const FAULTS: Fault[] = ['kill', 'kill-before', 'EIO', 'EACCES', 'ENOSPC', 'full']

const CHANGES: FileChange[] = [
  { path: 'infra/main.tf', before: 'acl = "public-read"\r\n', after: 'acl = "private"\r\n' },
  { path: 'infra/run.sh', before: '#!/bin/sh\n', after: '#!/bin/sh\nset -eu\n' },
  { path: 'k8s/app.yaml', before: '\u{feff}privileged: true', after: '\u{feff}privileged: false' },
  { path: 'k8s/new/deep/policy.yaml', before: undefined, after: 'kind: NetworkPolicy\n' },
  { path: 'linked.tf', before: 'x = 1\n', after: 'x = 2\n' },
  { path: 'old.txt', before: 'goes away\n', after: undefined },
]

function estate(): string {
  const root = makeProject({
    'infra/main.tf': 'acl = "public-read"\r\n',
    'infra/run.sh': '#!/bin/sh\n',
    'k8s/app.yaml': '\u{feff}privileged: true',
    'shared/real.tf': 'x = 1\n',
    'old.txt': 'goes away\n',
    'untouched.txt': 'stays\n',
  })
  fs.chmodSync(join(root, 'infra/run.sh'), 0o755)
  fs.chmodSync(join(root, 'k8s/app.yaml'), 0o600)
  fs.symlinkSync('shared/real.tf', join(root, 'linked.tf'))
  return root
}

/** Unlike `withProject`, a fault before or in the lock is out of the count: the lock has its own tests. */
const apply = (root: string, disk: Disk) => applyChanges(root, CHANGES, RUN, disk)

async function states(): Promise<{ before: string[]; after: string[] }> {
  const root = estate()
  const before = snapshot(root)
  await apply(root, quickDisk)
  const after = snapshot(root)
  fs.rmSync(root, { recursive: true })
  return { before, after }
}

/** Counts the steps of an action on a fresh project, then repeats it with each fault at each step. */
async function atEveryStep(
  faults: readonly Fault[],
  arrange: (root: string) => Promise<void>,
  act: (root: string, disk: Disk) => Promise<unknown>,
  check: (root: string, name: string, error: unknown) => Promise<void>,
): Promise<number> {
  const counting = faultDisk('kill', Number.POSITIVE_INFINITY, quickDisk)
  const trial = estate()
  await arrange(trial)
  await act(trial, counting)
  fs.rmSync(trial, { recursive: true })
  for (const fault of faults) {
    for (let step = 1; step <= counting.count(); step++) {
      const root = estate()
      await arrange(root)
      const disk = faultDisk(fault, step, quickDisk)
      const error: unknown = await act(root, disk).then(
        () => undefined,
        (reason: unknown) => reason,
      )
      await check(root, `${fault} at step ${step}`, error)
      fs.rmSync(root, { recursive: true })
    }
  }
  return counting.count()
}

async function runCount(root: string): Promise<number> {
  const state = await openState(root)
  return state.available ? (await listRuns(state)).length : 0
}

test('a run writes every file, keeps links and modes, and rolls back to identical bytes', async () => {
  const root = estate()
  const before = snapshot(root)
  const run = await apply(root, nodeDisk)
  expect(run.files.map(({ path, link, created }) => ({ path, link, created }))).toEqual([
    { path: 'infra/main.tf', link: undefined, created: false },
    { path: 'infra/run.sh', link: undefined, created: false },
    { path: 'k8s/app.yaml', link: undefined, created: false },
    { path: 'k8s/new/deep/policy.yaml', link: undefined, created: true },
    { path: 'linked.tf', link: 'shared/real.tf', created: false },
    { path: 'old.txt', link: undefined, created: false },
  ])
  expect(fs.readlinkSync(join(root, 'linked.tf'))).toBe('shared/real.tf')
  expect(fs.readFileSync(join(root, 'shared/real.tf'), 'utf8')).toBe('x = 2\n')
  expect(fs.statSync(join(root, 'infra/run.sh')).mode & 0o777).toBe(0o755)
  expect(fs.existsSync(join(root, 'old.txt'))).toBe(false)
  const result = await rollback(root, 'last', AT)
  expect(result.removed).toEqual(['k8s/new/deep/policy.yaml'])
  expect(snapshot(root)).toEqual(before)
})

test('a fault at any step of a run leaves the old state or the new, and the work can go on', async () => {
  const { before, after } = await states()
  const steps = await atEveryStep(
    FAULTS,
    async () => undefined,
    apply,
    async (root, name, error) => {
      // Without a kill the program itself cleans up; what a broken disk keeps it from, the recovery does.
      await recoverProject(root, quickDisk)
      const now = snapshot(root)
      const isNew = now.length === after.length && now.every((line, index) => line === after[index])
      if (!isNew) {
        expect(now, name).toEqual(before)
        expect(error, name).toBeDefined()
        expect(await runCount(root), name).toBe(0)
        expect(fs.readdirSync(join(root, '.secops/runs')), name).toEqual([])
        await apply(root, quickDisk)
        expect(snapshot(root), name).toEqual(after)
      }
      expect(await runCount(root), name).toBe(1)
      await rollback(root, 'last', AT, quickDisk)
      expect(snapshot(root), name).toEqual(before)
    },
  )
  expect(steps).toBeGreaterThan(50)
})

test('an error that is no kill is put right on the spot, on a disk that stays full, too', async () => {
  const { before, after } = await states()
  await atEveryStep(
    ['EIO', 'EACCES', 'ENOSPC', 'full'],
    async () => undefined,
    apply,
    async (root, name, error) => {
      expect(snapshot(root), name).toEqual(error === undefined ? after : before)
    },
  )
})

const undoRun = (root: string, disk: Disk) => rollback(root, 'last', AT, disk)

test.each([
  { name: 'a run', arrange: async () => undefined, act: apply, least: 200 },
  { name: 'a rollback', arrange: (root: string) => apply(root, quickDisk), act: undoRun, least: 100 },
])('a kill at any step of the recovery from $name is recovered from in turn', async ({ arrange, act, least }) => {
  const { before, after } = await states()
  let interrupted = 0
  for (let first = 1; ; first++) {
    let finished = false
    for (let second = 1; ; second++) {
      const root = estate()
      await arrange(root)
      const broken = faultDisk('kill', first, quickDisk)
      await act(root, broken).catch(() => undefined)
      finished = !broken.killed()
      const disk = faultDisk('kill', second, quickDisk)
      const error: unknown = await recoverProject(root, disk).catch((reason: unknown) => reason)
      if (disk.killed()) {
        expect(error).toBeInstanceOf(KillError)
        interrupted++
        await recoverProject(root, quickDisk)
        expect([before, after], `kill at ${first}, again at ${second}`).toContainEqual(snapshot(root))
        expect((await recoverProject(root, quickDisk)).runs).toEqual([])
      }
      fs.rmSync(root, { recursive: true })
      if (!disk.killed()) break
    }
    if (finished) break
  }
  expect(interrupted).toBeGreaterThan(least)
})

test('a fault at any step of a rollback leaves the one state or the other, and it can be repeated', async () => {
  const { before, after } = await states()
  const arrange = async (root: string): Promise<void> => void (await apply(root, quickDisk))
  const steps = await atEveryStep(['kill', 'kill-before', 'EIO', 'full'], arrange, undoRun, async (root, name) => {
    await recoverProject(root, quickDisk)
    const now = snapshot(root)
    const back = now.length === before.length && now.every((line, index) => line === before[index])
    if (back) {
      await expect(rollback(root, 'last', AT, quickDisk), name).rejects.toMatchObject({ code: 'no-such-run' })
      return
    }
    expect(now, name).toEqual(after)
    await rollback(root, 'last', AT, quickDisk)
    expect(snapshot(root), name).toEqual(before)
  })
  expect(steps).toBeGreaterThan(40)
})

test('a fault at any step of the whole command, lock and state included, leaves nothing in the way', async () => {
  const { before, after } = await states()
  await atEveryStep(
    ['kill', 'EIO'],
    async () => undefined,
    (root, disk) => withProject(root, () => apply(root, disk), disk),
    async (root, name) => {
      const now = await withProject(root, async () => snapshot(root), quickDisk)
      expect([before, after], name).toContainEqual(now)
      await withProject(root, async () => undefined, quickDisk)
      expect(
        fs.readdirSync(join(root, '.secops')).filter((file) => /lock|tmp/.test(file)),
        name,
      ).toEqual([])
    },
  )
})

test('every failure of a command is one line without an absolute path', async () => {
  await atEveryStep(
    ['EIO', 'full'],
    async () => undefined,
    (root, disk) => withProject(root, () => apply(root, disk), disk),
    async (root, name, error) => {
      if (error === undefined) return
      expect(error, name).toBeInstanceOf(ApplyError)
      expect(error, name).toMatchObject({ code: 'write-failed', message: expect.not.stringContaining(root) })
    },
  )
})

test('recovery leaves a file alone that somebody changed since, keeps its backup and says so', async () => {
  const { before } = await states()
  const counting = faultDisk('kill', Number.POSITIVE_INFINITY, quickDisk)
  await apply(estate(), counting)
  let seen = 0
  for (let step = 1; step <= counting.count(); step++) {
    const root = estate()
    await apply(root, faultDisk('kill', step, quickDisk)).catch(() => undefined)
    const file = join(root, 'infra/main.tf')
    if (fs.readFileSync(file, 'utf8').includes('private') && fs.existsSync(join(root, 'old.txt'))) {
      seen++
      fs.writeFileSync(file, 'acl = "mine"\r\n')
      const recovery = await recoverProject(root, quickDisk)
      const [run] = recovery.runs
      expect(run?.kept).toEqual(['infra/main.tf'])
      expect(fs.readFileSync(file, 'utf8')).toBe('acl = "mine"\r\n')
      const backup = join(root, '.secops/runs', run?.run ?? '', 'backup/infra/main.tf')
      expect(fs.readFileSync(backup, 'utf8')).toBe('acl = "public-read"\r\n')
      fs.writeFileSync(file, 'acl = "public-read"\r\n')
      expect(snapshot(root)).toEqual(before)
      expect((await recoverProject(root, quickDisk)).runs).toEqual([])
      await apply(root, quickDisk)
    }
    fs.rmSync(root, { recursive: true })
  }
  expect(seen).toBeGreaterThan(0)
})

test('a state folder on another file system is restored from by copying', async () => {
  const { before } = await states()
  const counting = faultDisk('kill', Number.POSITIVE_INFINITY, quickDisk)
  await apply(estate(), counting)
  const acrossDevices: Disk = {
    ...quickDisk,
    async rename(from, to) {
      if (from.includes('/backup/')) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' })
      await quickDisk.rename(from, to)
    },
  }
  let restored = 0
  for (let step = 1; step < counting.count(); step++) {
    const root = estate()
    await apply(root, faultDisk('kill', step, quickDisk)).catch(() => undefined)
    const { runs } = await recoverProject(root, acrossDevices)
    restored += runs.flatMap((run) => run.restored).length
    if (runs.length > 0) expect(snapshot(root), `kill at ${step}`).toEqual(before)
    fs.rmSync(root, { recursive: true })
  }
  expect(restored).toBeGreaterThan(5)
})
