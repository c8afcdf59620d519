import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audit, context, finding, verdict } from './audit.testkit.ts'
import { comply } from './comply.ts'
import { exposureOf } from './exposure.ts'
import pciDss321 from './frameworks/pci-dss-3.2.1.ts'

const figures = [
  { requirement: 'pci-dss-3.2.1:4.1', perMonth: 500_000, source: 'gap analysis' },
  { requirement: 'pci-dss-3.2.1:8.2.1', perMonth: 300_000, source: 'gap analysis' },
  { requirement: 'pci-dss-3.2.1:6.6', perMonth: 150_000, source: 'gap analysis' },
]

describe("the project's own figures", () => {
  test('are exposed until the requirement is in place', () => {
    const exposure = exposureOf(
      new Map([
        ['pci-dss-3.2.1:4.1', 'READY'],
        ['pci-dss-3.2.1:8.2.1', 'PASS'],
        ['pci-dss-3.2.1:6.6', 'PARTIAL'],
      ]),
      { exposure: figures },
    )
    expect(exposure).toMatchObject({
      basis: 'project',
      exposedPerMonth: 650_000,
      exposedPerYear: 7_800_000,
      avoidedPerMonth: 300_000,
      avoidedPerYear: 3_600_000,
    })
    expect(exposure.label).toContain('gap analysis')
  })

  test('together are what the documents say', () => {
    expect(comply(pciDss321, audit({}), context({ exposure: { exposure: figures } })).exposure).toMatchObject({
      exposedPerMonth: 950_000,
      exposedPerYear: 11_400_000,
    })
  })

  test('of another framework are not taken for this one', () => {
    expect(exposureOf(new Map([['pci-dss-4.0.1:4.2.1', 'FAIL']]), { exposure: figures })).toMatchObject({
      basis: 'none',
    })
  })
})

describe('the range', () => {
  test.each([
    [1, 2, { low: 10_000, high: 10_000 }, 20_000],
    [1, 5, { low: 10_000, high: 50_000 }, 130_000],
    [2, 8, { low: 5_000, high: 50_000 }, 190_000],
  ] as const)('level %i, %i months', (merchantLevel, months, perMonth, total) => {
    const exposure = exposureOf(new Map(), { merchantLevel, months })
    expect(exposure).toMatchObject({ basis: 'estimate', perMonth, total })
    expect(exposure.label).toContain('an estimate, not an assessment')
  })

  test('of no months has no monthly amounts', () => {
    expect(exposureOf(new Map(), { merchantLevel: 1, months: 0 })).not.toHaveProperty('perMonth')
  })

  test('of level 3 has no monthly amounts, of level 4 none at all', () => {
    const three = exposureOf(new Map(), { merchantLevel: 3 })
    expect(three).toMatchObject({ perViolationAndYear: { low: 10_000, high: 80_000 } })
    expect(three).not.toHaveProperty('perMonth')
    expect(exposureOf(new Map(), { merchantLevel: 4 })).toMatchObject({ basis: 'estimate', sources: [] })
  })
})

test('adding findings never changes the dollars', () => {
  const rules = pciDss321.requirements.flatMap(({ rules: edges }) => edges.map(({ rule }) => rule))
  const first = rules.map((rule) => finding(rule, 'a.first'))
  const passed = rules.map((rule) => verdict(rule, 'a.passed'))
  const settings = fc.constantFrom({ exposure: figures }, { merchantLevel: 1 as const, months: 9 })
  fc.assert(
    fc.property(settings, fc.array(fc.constantFrom(...rules), { maxLength: 40 }), (exposure, more) => {
      const dollars = (findings: typeof first) =>
        comply(pciDss321, audit({ findings, passed }), context({ exposure })).exposure
      expect(dollars([...first, ...more.map((rule, at) => finding(rule, `a.b${at}`))])).toEqual(dollars(first))
    }),
    { numRuns: 30 },
  )
})

test('a risk without a source is not shown', () => {
  const risk = [
    { name: 'Breach', before: 99, after: 1, source: '' },
    { name: 'Escape', before: 70, after: 5, source: 'phase record' },
  ]
  expect(exposureOf(new Map(), { risk }).risk.map(({ name }) => name)).toEqual(['Escape'])
})
