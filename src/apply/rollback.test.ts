import * as fc from 'fast-check'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { applyChanges } from './apply-changes.ts'
import { RollbackConflict } from './errors.ts'
import { rollback } from './rollback.ts'
import { chooseRun, listRuns } from './runs.ts'
import { openState, type StateReady } from './state.ts'
import { makeProject, quickDisk, snapshot } from './test-project.ts'

const AT = new Date('2026-11-21T20:48:15Z')
const LATER = new Date('2026-11-22T08:00:00Z')
const BEFORE = 'resource "b" {\n  acl = "public"\n  tag = 1\n}\n'
const AFTER = 'resource "b" {\n  acl = "private"\n  tag = 1\n}\n'

const run = (root: string, path: string, before: string | undefined, after: string | undefined) =>
  applyChanges(root, [{ path, before, after }], { createdAt: AT, toolVersion: '0.1.0' }, quickDisk)
const back = (root: string, id = 'last') => rollback(root, id, LATER, quickDisk)
const read = (root: string, path: string): string => fs.readFileSync(join(root, path), 'utf8')
const write = (root: string, path: string, text: string): void => fs.writeFileSync(join(root, path), text)

async function stateOf(root: string): Promise<StateReady> {
  const state = await openState(root, quickDisk)
  if (!state.available) throw new Error(state.reason)
  return state
}

async function conflict(root: string, path: string, why: string): Promise<void> {
  const before = snapshot(root)
  const error: unknown = await back(root).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(RollbackConflict)
  expect(error).toMatchObject({ paths: [path], message: expect.stringContaining(why) })
  expect(snapshot(root)).toEqual(before)
  expect((await listRuns(await stateOf(root), quickDisk)).at(-1)?.manifest.rolledBack).toBeUndefined()
}

test('bytes and mode come back, and the manifest says when', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  fs.chmodSync(join(root, 'a.tf'), 0o640)
  const before = snapshot(root)
  const { id } = await run(root, 'a.tf', BEFORE, AFTER)
  fs.chmodSync(join(root, 'a.tf'), 0o600)
  expect(await back(root)).toEqual({ run: id, restored: ['a.tf'], merged: [], removed: [] })
  expect(snapshot(root)).toEqual(before)
  expect(chooseRun(await listRuns(await stateOf(root), quickDisk), id ?? '').manifest.rolledBack).toBe(
    '2026-11-22T08:00:00.000Z',
  )
  await expect(back(root)).rejects.toMatchObject({ code: 'no-such-run' })
  await expect(back(root, id)).rejects.toMatchObject({ code: 'already-rolled-back' })
})

test('later edits elsewhere are kept while those of the run are taken out', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  await run(root, 'a.tf', BEFORE, AFTER)
  write(root, 'a.tf', `# mine\n${AFTER.replace('tag = 1', 'tag = 2')}`)
  expect((await back(root)).merged).toEqual(['a.tf'])
  expect(read(root, 'a.tf')).toBe(`# mine\n${BEFORE.replace('tag = 1', 'tag = 2')}`)
})

test('an overlapping edit, a deletion or an edit of a created file is named, and no file is written', async () => {
  const root = makeProject({ 'a.tf': BEFORE, 'b.tf': BEFORE })
  const changes = ['a.tf', 'b.tf'].map((path) => ({ path, before: BEFORE, after: AFTER }))
  await applyChanges(
    root,
    [...changes, { path: 'new/c.tf', before: undefined, after: 'c\n' }],
    { createdAt: AT, toolVersion: '0.1.0' },
    quickDisk,
  )
  write(root, 'b.tf', AFTER.replace('private', 'authenticated-read'))
  await conflict(root, 'b.tf', 'edited since where the run had edited it')
  fs.unlinkSync(join(root, 'b.tf'))
  await conflict(root, 'b.tf', 'deleted since')
  fs.symlinkSync('a.tf', join(root, 'b.tf'))
  await conflict(root, 'b.tf', 'replaced by a link since')
  fs.unlinkSync(join(root, 'b.tf'))
  write(root, 'b.tf', AFTER)
  write(root, 'new/c.tf', 'c, edited\n')
  await conflict(root, 'new/c.tf', 'created by the run and edited since')
  write(root, 'new/c.tf', 'c\n')
  write(root, 'new/other.tf', 'by a person\n')
  await back(root)
  expect(fs.readdirSync(join(root, 'new'))).toEqual(['other.tf'])
})

test('a file that is no longer text is not merged', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  await run(root, 'a.tf', BEFORE, AFTER)
  fs.writeFileSync(join(root, 'a.tf'), Buffer.concat([Buffer.from(AFTER), Buffer.of(0xff, 0xfe)]))
  await conflict(root, 'a.tf', 'edited since')
})

test('a backup that was tampered with restores nothing', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  const { folder } = await run(root, 'a.tf', BEFORE, AFTER)
  write(folder ?? '', 'backup/a.tf', 'evil\n')
  await conflict(root, 'a.tf', 'backup is missing or damaged')
})

test('what a person undid already is left as it is', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  await run(root, 'a.tf', BEFORE, AFTER)
  write(root, 'a.tf', BEFORE)
  const before = snapshot(root)
  expect((await back(root)).restored).toEqual(['a.tf'])
  expect(snapshot(root)).toEqual(before)
})

test('runs go back latest first even at one date, and an earlier one around a later', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  const first = await run(root, 'a.tf', BEFORE, AFTER)
  const tagged = AFTER.replace('tag = 1', 'tag = 9')
  const second = await run(root, 'a.tf', AFTER, tagged)
  const runs = await listRuns(await stateOf(root), quickDisk)
  expect(runs.map(({ manifest }) => manifest.id)).toEqual([first.id, second.id])
  await back(root, first.id)
  expect(read(root, 'a.tf')).toBe(BEFORE.replace('tag = 1', 'tag = 9'))
  expect((await back(root)).run).toBe(second.id)
  expect(read(root, 'a.tf')).toBe(BEFORE)
})

test('a run is found by a unique beginning of its id', async () => {
  const root = makeProject({ 'a.tf': BEFORE })
  const { id } = await run(root, 'a.tf', BEFORE, AFTER)
  const state = await stateOf(root)
  expect(chooseRun(await listRuns(state, quickDisk), id?.slice(0, 20) ?? '').manifest.id).toBe(id)
  await run(root, 'a.tf', AFTER, 'x\n')
  const runs = await listRuns(state, quickDisk)
  expect(() => chooseRun(runs, '2026')).toThrow('2026 fits 2 runs')
  expect(() => chooseRun(runs, '2027')).toThrow('there is no run 2027')
})

test('edits in other lines after the run survive its rollback exactly', async () => {
  const line = fc.record({
    by: fc.constantFrom('nobody', 'run', 'person'),
    how: fc.constantFrom('replace', 'remove', 'add'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 15 }), async (lines) => {
      const render = (who: readonly string[]): string =>
        lines
          .map(({ by, how }, index) => {
            if (!who.includes(by)) return `line ${index}\n`
            return how === 'remove' ? '' : how === 'add' ? `${by} ${index}\nline ${index}\n` : `${by} ${index}\n`
          })
          .join('')
      const near = (at: number): boolean => lines[at - 1]?.by === 'person' || lines[at + 1]?.by === 'person'
      // Where the run removed a line, its return and a person's edit right there have no certain order.
      fc.pre(!lines.some(({ by, how }, at) => by === 'run' && how === 'remove' && near(at)))
      fc.pre(lines.some(({ by }) => by === 'run'))
      const root = makeProject({ 'a.txt': render([]) })
      await run(root, 'a.txt', render([]), render(['run']))
      write(root, 'a.txt', render(['run', 'person']))
      await back(root)
      expect(read(root, 'a.txt')).toBe(render(['person']))
      fs.rmSync(root, { recursive: true })
    }),
    { numRuns: 60 },
  )
})

test('any earlier run is taken back unless a later one overlaps it, and then that run is named', async () => {
  const text = ['one', 'two', 'three', 'four', 'five', 'six', 'seven'].map((word) => `${word}\n`).join('')
  const root = makeProject({ 'a.tf': text })
  const first = text.replace('one', 'ONE')
  const second = first.replace('four', 'FOUR')
  const third = second.replace('one', 'uno').replace('ONE', 'uno')
  const ids: string[] = []
  for (const [before, after] of [
    [text, first],
    [first, second],
    [second, third],
  ] as const) {
    ids.push((await run(root, 'a.tf', before, after)).id ?? '')
  }
  expect((await back(root, ids[1])).merged).toEqual(['a.tf'])
  expect(read(root, 'a.tf')).toBe(third.replace('FOUR', 'four'))
  await expect(back(root, ids[0])).rejects.toThrow(
    `a.tf (edited since where the run had edited it by run ${ids[2] ?? ''}: roll that back first)`,
  )
  expect((await back(root, ids[2])).merged).toEqual(['a.tf'])
  expect((await back(root, ids[0])).restored).toEqual(['a.tf'])
  expect(read(root, 'a.tf')).toBe(text)
})

test('a file that one run created and another edited', async () => {
  const root = makeProject({})
  const { id } = await run(root, 'new.tf', undefined, BEFORE)
  const later = await run(root, 'new.tf', BEFORE, AFTER)
  await expect(back(root, id)).rejects.toThrow(`by run ${later.id ?? ''}: roll that back first`)
  await back(root)
  expect((await back(root)).removed).toEqual(['new.tf'])
})
