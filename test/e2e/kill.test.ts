import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { bundledProgram } from './bundle.ts'
import { AS_OF, environment, type Files, makeProject, secops, snapshot } from './harness.ts'
import { nearlyGoodPod } from './samples.ts'

const PODS = 16

const FILES: Files = Object.fromEntries(
  Array.from({ length: PODS }, (_, index) => [`pod-${index}.yaml`, nearlyGoodPod(`pod-${index}`)]),
)

function start(project: string): { readonly child: ChildProcess; readonly ended: Promise<void> } {
  const child = spawn(process.execPath, [bundledProgram(), 'fix', project, ...AS_OF], {
    env: environment(),
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  return { child, ended }
}

/** Waits until the run has begun to keep a record; then, if asked, until it has begun to replace files. Bounded. */
function untilRunBegins(project: string, committing: boolean): void {
  const end = Date.now() + 5000
  while (Date.now() < end) {
    const [run] = runs(project)
    if (run !== undefined && (!committing || /"(?:committing|done)"/.test(journal(project, run)))) return
  }
}

function runs(project: string): string[] {
  try {
    return readdirSync(join(project, '.secops/runs'))
  } catch {
    return []
  }
}

function journal(project: string, run: string): string {
  try {
    return readFileSync(join(project, '.secops/runs', run, 'journal.json'), 'utf8')
  } catch {
    return ''
  }
}

const original = snapshot(makeProject(FILES))
const fixedTree = (() => {
  const project = makeProject(FILES)
  expect(secops(['fix', project, ...AS_OF]).status).toBe(0)
  return snapshot(project)
})()

/** True if some files are written and some are not. */
function isMixed(project: string): boolean {
  const now = snapshot(project)
  const written = Object.keys(FILES).filter((path) => now[path] === fixedTree[path]).length
  return written > 0 && written < PODS
}

function stateOf(project: string): 'before' | 'after' | 'between' {
  const now = JSON.stringify(snapshot(project))
  if (now === JSON.stringify(original)) return 'before'
  return now === JSON.stringify(fixedTree) ? 'after' : 'between'
}

describe('killed while it writes', () => {
  // Milliseconds after the run's folder appears: the writes of the files lie in there, on a slow machine and on a fast one.
  test.each([0, 4, 9, 16, 30])('%i ms into it, the next command brings back one of the two states', async (delay) => {
    const project = makeProject(FILES)
    const { child, ended } = start(project)
    untilRunBegins(project, false)
    if (delay > 0) await wait(delay)
    child.kill('SIGKILL')
    await ended
    const mixed = isMixed(project)

    const { status, stderr } = secops(['validate', project, ...AS_OF])
    expect([0, 2]).toContain(status)
    expect(['before', 'after']).toContain(stateOf(project))
    if (mixed) expect(stderr).toMatch(/had been interrupted/)

    // And the project is as usable as ever: fixed by the next run, and rolled back to the last byte.
    expect(secops(['fix', project, ...AS_OF]).status).toBe(0)
    expect(stateOf(project)).toBe('after')
    expect(secops(['rollback', '--path', project]).status).toBe(0)
    expect(stateOf(project)).toBe('before')
  })

  test('an audit or a dry run never judges a mixture without a word', async () => {
    for (let tries = 0, seen = 0; tries < 8 && seen < 1; tries++) {
      const project = makeProject(FILES)
      const { child, ended } = start(project)
      untilRunBegins(project, true)
      if (tries > 0) await wait(tries)
      child.kill('SIGKILL')
      await ended
      if (!isMixed(project)) continue
      seen++
      const before = snapshot(project, [])
      expect(secops(['fix', project, '--dry-run', ...AS_OF]).stderr).toMatch(/interrupted/)
      expect(snapshot(project, [])).toEqual(before)
      expect(secops(['audit', project, ...AS_OF]).stderr).toMatch(/had been interrupted/)
      expect(stateOf(project)).toBe('before')
    }
  })
})
