import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FRAMEWORKS } from '../../src/compliance/frameworks/index.ts'
import { FIXERS } from '../../src/fix/index.ts'
import { RULES } from '../../src/rules/index.ts'
import { auditProject } from '../../src/testing/project.ts'
import { CHECKOUT } from '../e2e/bundle.ts'
import { blocksOf, FILE_OF, FOLDER, readPage } from './examples.ts'

/** What people wrote: the page without its generated head, its code and its headings. */
function proseOf(page: string): string {
  return page
    .replace(/<!-- generated -->[\s\S]*?<!-- \/generated -->/, '')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/^#.*$/gm, '')
    .trim()
}

describe.each(RULES.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
  const page = readPage(id)
  const blocks = blocksOf(page)

  test('has a page with a generated head, prose by hand, and an example of each kind', () => {
    expect(page).toContain('<!-- generated -->')
    expect(page).toContain('<!-- /generated -->')
    expect(page).toContain(rule.title)
    expect(proseOf(page).split(/\s+/).length).toBeGreaterThan(40)
    expect(new Set(blocks.map(({ verdict }) => verdict))).toEqual(new Set(['bad', 'good']))
  })

  test.each(blocks.map((block, index) => [`${block.verdict} example ${index + 1}`, block] as const))('%s is one', (_name, block) => {
    const file = FILE_OF[block.language]
    if (file === undefined) throw new Error(`no file for a block of ${block.language}`)
    const { result, estate } = auditProject({ files: { [file]: block.code }, rules: [rule], fixers: FIXERS })
    expect(estate.diagnostics).toEqual([])
    expect(result.errors).toEqual([])
    // A remote module is undecided by itself, whatever this rule says of its call.
    expect(result.undecided.filter(({ ruleId }) => ruleId === id)).toEqual([])
    if (block.verdict === 'bad') expect(result.findings.length).toBeGreaterThan(0)
    else {
      expect(result.findings.map(({ message }) => message)).toEqual([])
      // Silence because nothing was looked at is no pass.
      expect(result.passed.length).toBeGreaterThan(0)
    }
  })
})

test('every page is of a rule', () => {
  const known = new Set(RULES.map(({ id }) => `${id}.md`))
  const pages = readdirSync(FOLDER).filter((name) => name !== 'README.md')
  expect(pages.filter((name) => !known.has(name))).toEqual([])
})

test('the index lists every rule once', () => {
  const index = readFileSync(join(FOLDER, 'README.md'), 'utf8')
  for (const { id } of RULES) expect(index.split(`](${id}.md)`).length, id).toBe(2)
})

test('ids are unique, and no alias names two rules of the same scanner by mistake with an id', () => {
  const ids = RULES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { id } of RULES) expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$/)
})

test('every rule that a framework or a fixer names exists', () => {
  const known = new Set(RULES.map(({ id }) => id))
  const named = [
    ...FRAMEWORKS.flatMap(({ requirements }) => requirements.flatMap(({ rules }) => rules.map(({ rule }) => rule))),
    ...FIXERS.flatMap(({ covers }) => [...covers]),
  ]
  expect([...new Set(named)].filter((id) => !known.has(id)).sort()).toEqual([])
})

test('every fixer has a page', () => {
  for (const { name } of FIXERS) expect(existsSync(join(CHECKOUT, `docs/fixers/${name}.md`)), name).toBe(true)
})
