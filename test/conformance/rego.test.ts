import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runFolder } from '../../scripts/conformance-rego.mjs'
import * as rego from '../../src/rego/index.ts'
import { CHECKOUT } from '../e2e/bundle.ts'

/** OPA's own cases, which lie beside the checkout where they lie at all. */
const CASES = process.env['REGO_CONFORMANCE'] ?? join(CHECKOUT, '../shared/conformance/rego')

const HERE = join(CHECKOUT, 'test/conformance')

/** Topics (files) that pass as a whole. This list only grows. */
const passing = readFileSync(join(HERE, 'rego-passing.txt'), 'utf8').trim().split('\n')

/** `file | note | how often | reason`: what fails, and why. This list only shrinks. */
const known = readFileSync(join(HERE, 'rego-failing.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' | '))

test('each failure has a reason, and no topic is in both lists', () => {
  for (const [file, note, count, reason] of known) {
    expect([file, note, Number(count) > 0, (reason ?? '').length > 20]).toEqual([file, note, true, true])
    expect(passing).not.toContain(file)
  }
  expect(passing).toEqual([...new Set(passing)].sort())
})

describe.skipIf(!existsSync(CASES))('conformance', () => {
  test('what passes keeps passing, and what fails is named', () => {
    const report = runFolder(CASES, rego)
    const counts = new Map<string, number>()
    for (const { file, note } of report.failures)
      counts.set(`${file} | ${note}`, (counts.get(`${file} | ${note}`) ?? 0) + 1)
    const failing = [...counts].map(([name, count]) => `${name} | ${count}`).sort()
    expect(failing).toEqual(known.map(([file, note, count]) => `${file} | ${note} | ${count}`).sort())
    const failed = new Set(report.failures.map(({ file }) => file))
    const topics = ['v0', 'v1'].flatMap((version) =>
      readdirSync(join(CASES, version)).map((name) => `${version}/${name}`),
    )
    expect(topics.filter((topic) => !failed.has(topic)).sort()).toEqual(passing)
  })
})
