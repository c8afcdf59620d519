import { describe, expect, test } from 'vitest'
import { compareRequirementIds, type Framework, qualified } from '../framework.ts'
import { requirementsOf } from '../requirements.ts'
import { FRAMEWORKS } from './index.ts'
import pciDss321 from './pci-dss-3.2.1.ts'
import pciDss401 from './pci-dss-4.0.1.ts'

const SUCCESSORS: Readonly<Record<string, readonly string[]>> = {
  '1.2.1': ['1.3.1', '1.3.2'],
  '1.3.1': ['1.4.1', '1.4.2', '1.4.4'],
  '2.2.1': ['2.2.3'],
  '2.3': ['2.2.7'],
  '2.4': ['12.5.1'],
  '3.4': ['3.5.1'],
  '4.1': ['4.2.1', '4.2.1.1'],
  '6.6': ['6.4.1', '6.4.2'],
  '7.1': ['7.2.1'],
  '7.1.2': ['7.2.2', '7.2.5'],
  '8.2.1': ['8.3.2'],
  '10.1': ['10.2.1', ...[1, 2, 3, 4, 5, 6, 7].map((n) => `10.2.1.${n}`)],
  '10.5.3': ['10.3.3'],
  '10.7': ['10.5.1'],
  '11.3': [1, 2, 3, 4, 5, 6, 7].map((n) => `11.4.${n}`),
  '12.1': ['12.1.1'],
  '12.10': [1, 2, 3, 4, 5, 6, 7].map((n) => `12.10.${n}`),
}

describe('pci-dss-3.2.1', () => {
  test('has the 17 with their successors', () => {
    const table = Object.fromEntries(
      pciDss321.requirements.map(({ id, successors }) => [id, successors?.map((s) => s.replace('pci-dss-4.0.1:', ''))]),
    )
    expect(table).toEqual(SUCCESSORS)
  })

  test('knows what is automatable and what is manual', () => {
    const ofKind = (kind: string): string[] =>
      pciDss321.requirements.filter((requirement) => requirement.kind === kind).map(({ id }) => id)
    expect(ofKind('A')).toEqual(['1.2.1', '1.3.1', '4.1', '6.6', '8.2.1', '10.1', '10.5.3', '10.7'])
    expect(ofKind('M')).toEqual(['2.2.1', '11.3', '12.1', '12.10'])
  })
})

describe('pci-dss-4.0.1', () => {
  test('has the successors of the 17, and says what they succeed', () => {
    const ids = pciDss401.requirements.filter(({ predecessors }) => predecessors !== undefined).map(({ id }) => id)
    expect(ids.sort()).toEqual(Object.values(SUCCESSORS).flat().sort())
  })

  test('names the replacement of what it superseded', () => {
    const superseded = pciDss401.requirements.filter((requirement) => requirement.superseded)
    expect(superseded.map(({ id, superseded: by }) => [id, by?.by])).toEqual([
      ['6.4.1', 'pci-dss-4.0.1:6.4.2'],
      ['10.7.1', 'pci-dss-4.0.1:10.7.2'],
    ])
  })

  test('counts no check of inbound traffic for outbound traffic', () => {
    const rulesOf = (number: string): string[] =>
      (pciDss401.requirements.find(({ id }) => id === number)?.rules ?? []).map(({ rule }) => rule)
    expect(rulesOf('1.3.2').filter((rule) => rulesOf('1.3.1').includes(rule))).toEqual([])
    expect(rulesOf('1.3.2').length).toBeGreaterThan(0)
  })
})

describe('the cross-walk', () => {
  const edges = (from: Framework, key: 'successors' | 'predecessors'): string[][] =>
    from.requirements.flatMap((requirement) => (requirement[key] ?? []).map((to) => [qualified(from, requirement), to]))

  test('reads the same both ways', () => {
    const forward = edges(pciDss321, 'successors').map(([a, b]) => `${a} -> ${b}`)
    const back = edges(pciDss401, 'predecessors').map(([a, b]) => `${b} -> ${a}`)
    expect(forward.sort()).toEqual(back.sort())
  })
})

describe.each(FRAMEWORKS.map((framework) => [framework.id, framework] as const))('%s', (id, framework) => {
  test('has its version in its id and is found by it', () => {
    // The rule of HIPAA has one version in force, and goes by its name.
    if (id !== 'hipaa-security-rule') expect(id).toContain(framework.version)
    expect(FRAMEWORKS.filter((other) => other.id === id)).toEqual([framework])
  })

  test('names each requirement once, in order', () => {
    const ids = framework.requirements.map((requirement) => requirement.id)
    expect([...new Set(ids)].sort(compareRequirementIds)).toEqual(ids)
  })

  test('maps no rule twice to one requirement, and gives a rationale for each', () => {
    for (const { id: number, rules, controls = [] } of framework.requirements) {
      expect(new Set(controls.map(({ control }) => control)).size, number).toBe(controls.length)
      for (const { rationale } of controls) expect(rationale).toMatch(/^[A-Z].{20,}\.$/)
      expect(new Set(rules.map(({ rule }) => rule)).size, number).toBe(rules.length)
      for (const { rationale } of rules) expect(rationale).toMatch(/^[A-Z].{12,}\.$/)
    }
  })

  test('checks what it calls visible, and asks for evidence of the rest', () => {
    for (const { id: number, kind, rules, controls, evidenceWanted } of framework.requirements) {
      if (kind !== 'M') expect(rules.length + (controls?.length ?? 0), number).toBeGreaterThan(0)
      if (kind !== 'A') expect(evidenceWanted, number).toMatch(/^\S.{3,}/)
    }
  })
})

test('a rule speaks to requirements of every framework, qualified and in order', () => {
  const pci = [pciDss321, pciDss401]
  expect(requirementsOf('s3-no-public-acl', [], pci)).toEqual([
    'pci-dss-3.2.1:1.3.1',
    'pci-dss-4.0.1:1.4.4',
    'pci-dss-4.0.1:7.2.6',
    'pci-dss-4.0.1:10.3.1',
  ])
  expect(requirementsOf('s3-no-public-acl', ['AC-3'], FRAMEWORKS)).toContain('hipaa-security-rule:164.312(a)(1)')
  expect(requirementsOf('iam-no-admin-policy', [], pci)).toEqual([
    'pci-dss-3.2.1:7.1',
    'pci-dss-3.2.1:7.1.2',
    'pci-dss-4.0.1:7.2.1',
    'pci-dss-4.0.1:7.2.2',
    'pci-dss-4.0.1:7.2.5',
  ])
  expect(requirementsOf('alb-waf', [], pci)).not.toContain('pci-dss-4.0.1:6.4.1')
  expect(requirementsOf('no-such-rule', [], pci)).toEqual([])
})

test('requirement numbers order segment by segment', () => {
  const ids = ['f:10.1', 'f:2.3', 'f:2.2.1', 'f:10.2.1.1', 'e:12.1', 'f:10.2.1', 'f:2.10']
  expect(ids.sort(compareRequirementIds)).toEqual([
    'e:12.1',
    'f:2.2.1',
    'f:2.3',
    'f:2.10',
    'f:10.1',
    'f:10.2.1',
    'f:10.2.1.1',
  ])
})
