import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { defineRule } from '../rules/rule.ts'
import { auditProject } from '../testing/project.ts'
import { baselineOf, compareWithBaseline, parseBaseline } from './baseline.ts'

const RULE = defineRule({
  id: 'test-ingress',
  title: 'A test',
  severity: 'low',
  severityReason: 'A test.',
  controls: ['AC-4'],
  sameAs: [],
  kind: 'terraform',
  resources: ['aws_security_group'],
  messages: { open: 'open' },
  remediation: 'None.',
  *check(group) {
    for (const ingress of group.get('ingress').items()) {
      const cidr = ingress.get('cidr').string()
      if (cidr.kind === 'known' && cidr.value === '0.0.0.0/0') yield { at: ingress.get('cidr'), message: 'open' }
    }
  },
})

const group = (name: string, cidrs: readonly string[]): string =>
  `resource "aws_security_group" "${name}" {\n${cidrs.map((cidr) => `  ingress {\n    cidr = "${cidr}"\n  }\n`).join('')}}\n`

const audit = (files: Readonly<Record<string, string>>) => auditProject({ files, rules: [RULE] })

const news = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): number =>
  [...compareWithBaseline(audit(after), baselineOf(audit(before))).values()].filter((state) => state === 'new').length

const OPEN = '0.0.0.0/0'

test('knows what it knew, and tells what is new', () => {
  const before = { 'a/main.tf': group('x', [OPEN, '10.0.0.0/8']), 'b/main.tf': group('x', [OPEN]) }
  expect(news(before, before)).toBe(0)
  expect(news(before, { ...before, 'b/more.tf': group('y', [OPEN]) })).toBe(1)
  expect(news(before, { ...before, 'a/main.tf': group('x', [OPEN, OPEN]) })).toBe(1)
})

test('one known finding does not excuse another of the same content in another root', () => {
  expect(
    news({ 'a/main.tf': group('x', [OPEN]) }, { 'a/main.tf': group('x', [OPEN]), 'b/main.tf': group('x', [OPEN]) }),
  ).toBe(1)
})

test('survives 200 mutations that change no finding: 0 new; and a finding more is never merged', () => {
  const names = fc.uniqueArray(fc.constantFrom('x', 'y', 'z', 'w'), { minLength: 1 })
  const estate = fc.dictionary(fc.constantFrom('a', 'b', 'c'), names, { minKeys: 1 })
  const mutation = fc.record({
    file: fc.constantFrom('main.tf', 'sg.tf', 'network.tf'),
    folder: fc.constantFrom('', 'moved/', 'deep/er/'),
    lines: fc.nat(5),
    indent: fc.constantFrom('', '  ', '\t'),
    comment: fc.boolean(),
    safe: fc.boolean(),
  })
  fc.assert(
    fc.property(estate, mutation, (folders, { file, folder, lines, indent, comment, safe }) => {
      const write = (path: (dir: string) => string, change: (text: string) => string): Record<string, string> =>
        Object.fromEntries(
          Object.entries(folders).map(([dir, list]) => [
            path(dir),
            change(list.map((name) => group(name, [OPEN])).join('')),
          ]),
        )
      const before = write(
        (dir) => `${dir}/main.tf`,
        (text) => text,
      )
      const after = write(
        (dir) => `${folder}${dir}/${file}`,
        (text) =>
          '\n'.repeat(lines) +
          (comment ? '# moved\n' : '') +
          text
            .replace(/^ {4}/gm, `    ${indent}`)
            .replace(
              /\{\n {2}ingress/g,
              safe ? '{\n  ingress {\n    cidr = "10.0.0.0/8"\n  }\n  ingress' : '{\n  ingress',
            ),
      )
      expect(news(before, after)).toBe(0)
      expect(news(before, { ...after, 'zz/main.tf': group('fresh', [OPEN]) })).toBe(1)
    }),
    { numRuns: 200 },
  )
})

test('reads its own text and nothing else', () => {
  const text = JSON.stringify(baselineOf(audit({ 'main.tf': group('x', [OPEN]) })))
  expect(parseBaseline(text)?.findings).toHaveLength(1)
  expect([parseBaseline('{'), parseBaseline('{}'), parseBaseline('{"schemaVersion":"1.0","findings":[1]}')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})
