import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIXERS } from '../../src/fix/index.ts'
import { RULES } from '../../src/rules/index.ts'
import { auditProject, planProject } from '../../src/testing/project.ts'
import { AS_OF, copySecurebank, makeProject, secops, secopsJson, snapshot } from '../e2e/harness.ts'
import { AUDIT, FIX } from '../e2e/shapes.ts'
import { CLEAN, DECORATIONS, type Fixable, FIXABLE } from './corpus.ts'

const decorations = fc.uniqueArray(fc.constantFrom(...Object.keys(DECORATIONS)), { maxLength: 4 })

function decorate(text: string, path: string, names: readonly string[]): string {
  return names.reduce((current, name) => DECORATIONS[name]?.(current, path) ?? current, text)
}

/** The file after its one fix, all other rules switched off; and whatever else was written. */
function fixed(
  { path, rule }: Fixable,
  text: string,
): { text: string | undefined; others: string[]; refused: string[] } {
  const rules = RULES.filter(({ id }) => id === rule)
  const plan = planProject({ files: { [path]: text }, rules, fixers: FIXERS }, 'B')
  return {
    text: plan.files.get(path),
    others: plan.changes.map((change) => change.path).filter((changed) => changed !== path),
    refused: [...plan.refused.map(({ reason }) => reason), ...plan.held.map(({ finding }) => `held: ${finding.title}`)],
  }
}

describe('nothing to fix changes no byte', () => {
  test('over the corpus of awkward shapes, whatever is approved', () => {
    const project = makeProject(CLEAN)
    const before = snapshot(project)
    const audit = AUDIT.parse(secopsJson(['audit', project, ...AS_OF]))
    expect(audit.diagnostics).toEqual([])
    const result = FIX.parse(secopsJson(['fix', project, '--approve', 'B', ...AS_OF]))
    expect(result.files).toEqual([])
    expect(snapshot(project)).toEqual(before)
    expect(secops(['run', project, '--approve', 'B', ...AS_OF]).status).not.toBe(3)
    expect(snapshot(project)).toEqual(before)
  })

  test('over the corpus decorated in any way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.entries(CLEAN)), decorations, ([path, text], names) => {
        const decorated = decorate(text, path, names)
        const plan = planProject({ files: { [path]: decorated }, rules: RULES, fixers: FIXERS }, 'B')
        expect(plan.changes).toEqual([])
        expect(plan.files.get(path)).toBe(decorated)
        expect(plan.before.estate.diagnostics).toEqual([])
      }),
      { numRuns: 150, seed: 1 },
    )
  })

  test('over securebank when every rule is out of scope', () => {
    const project = copySecurebank()
    const before = snapshot(project)
    secops(['audit', project, ...AS_OF])
    expect(FIX.parse(secopsJson(['fix', project, '--rule', 'k8s-no-host-port', ...AS_OF])).files).toEqual([])
    expect(snapshot(project)).toEqual(before)
  })
})

describe('one fix changes its own place and nothing else', () => {
  test.each(FIXABLE.map((fixable) => [fixable.name, fixable] as const))('%s', (_name, fixable) => {
    const { text, from, to } = fixable
    expect(text.split(from)).toHaveLength(2)
    expect(fixed(fixable, text)).toEqual({ text: text.replace(from, to), others: [], refused: [] })
  })

  test('in files decorated in any way', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FIXABLE), decorations, (fixable, names) => {
        const text = decorate(fixable.text, fixable.path, names)
        const from = decorate(fixable.from, 'x', names.includes('crlf') ? ['crlf'] : [])
        const to = decorate(fixable.to, 'x', names.includes('crlf') ? ['crlf'] : [])
        const wanted = text.includes(from)
          ? text.replace(from, to)
          : text.replace(fixable.from.trim(), fixable.to.trim())
        expect(fixed(fixable, text).text).toBe(wanted)
      }),
      { numRuns: 120, seed: 2 },
    )
  })

  test('the whole fix keeps line ends, BOM and every comment', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...FIXABLE.filter(({ path }) => !path.endsWith('.json'))),
        decorations,
        (fixable, names) => {
          const text = decorate(fixable.text, fixable.path, names)
          const plan = planProject(
            { files: { [fixable.path]: text }, rules: RULES, fixers: FIXERS, values: { logBucket: 'logs-of-all' } },
            'B',
          )
          const after = plan.files.get(fixable.path) ?? ''
          expect(after).not.toBe(text)
          expect(after.startsWith('\uFEFF')).toBe(text.startsWith('\uFEFF'))
          const bare = (all: string): number => (all.match(/(?<!\r)\n/g) ?? []).length
          if (text.includes('\r\n')) expect(bare(after)).toBe(bare(text))
          else expect(after).not.toContain('\r')
          for (const [comment] of text.matchAll(/# (?:😀|tail)[^\r\n]*/g)) expect(after).toContain(comment)
          const again = planProject(
            {
              files: Object.fromEntries(plan.files),
              rules: RULES,
              fixers: FIXERS,
              values: { logBucket: 'logs-of-all' },
            },
            'B',
          )
          expect(again.changes.map(({ path }) => path)).toEqual([])
        },
      ),
      { numRuns: 60, seed: 3 },
    )
  })
})

describe('determinism', () => {
  test('the order in which files are given does not matter', () => {
    const files = [
      ...Object.entries(CLEAN),
      ...FIXABLE.map(({ text, path }, index) => [`f${index}/${path}`, text] as const),
    ]
    const inOrder = auditProject({ files: Object.fromEntries(files), rules: RULES, fixers: FIXERS })
    const reversed = auditProject({ files: Object.fromEntries(files.toReversed()), rules: RULES, fixers: FIXERS })
    expect(reversed.result).toEqual(inOrder.result)
    expect(inOrder.result.findings.length).toBeGreaterThan(20)
  })

  test('a fix is the same, whatever the order', () => {
    const files = FIXABLE.map(({ text, path }, index) => [`f${index}/${path}`, text] as const)
    const plan = (entries: readonly (readonly [string, string])[]): unknown =>
      planProject({ files: Object.fromEntries(entries), rules: RULES, fixers: FIXERS }, 'B').changes
    expect(plan(files.toReversed())).toEqual(plan(files))
  })
})
