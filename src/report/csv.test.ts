import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { audit, finding, unfixable } from '../compliance/audit.testkit.ts'
import { csvCell, renderCsv } from './csv.ts'
import { visibleLines } from './escape.ts'

/** A reader of RFC 4180 that takes nothing else: records end in CRLF, quotes stand around whole cells. */
function parseCsv(text: string): string[][] {
  const records: string[][] = [[]]
  let rest = text
  while (rest !== '') {
    const match = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest)
    if (match === null) throw new Error(`no cell at ${JSON.stringify(rest.slice(0, 20))}`)
    records.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') records.push([])
    rest = rest.slice(match[0].length)
  }
  return records.slice(0, -1)
}

test('a row per finding, with everything that a person filters by', () => {
  const findings = [
    finding('s3-no-public-acl', 'aws_s3_bucket.a', {
      aliases: ['CKV_AWS_20', 'AVD-AWS-0092'],
      requirements: ['pci-dss-4.0.1:1.4.4'],
      message: 'ACL "public-read",\nread by all',
    }),
    unfixable('alb-waf', 'aws_lb.a'),
  ]
  const [header, first, second, ...others] = parseCsv(renderCsv(audit({ findings })))
  expect(header?.join(' ')).toBe(
    'fingerprint rule aliases severity confidence rank status file line column address title message fixer requirements',
  )
  expect(first).toEqual([
    's3-no-public-acl/aws_s3_bucket.a',
    's3-no-public-acl',
    'CKV_AWS_20 AVD-AWS-0092',
    'HIGH',
    'HIGH',
    'D',
    'open',
    'main.tf',
    '1',
    '1',
    'aws_s3_bucket.a',
    'Title of s3-no-public-acl',
    'ACL "public-read",\nread by all',
    's3-encryption',
    'pci-dss-4.0.1:1.4.4',
  ])
  expect(second?.[13]).toBe('')
  expect(others).toEqual([])
})

test('of nothing is a header', () => {
  expect(parseCsv(renderCsv(audit({})))).toHaveLength(1)
})

test('no cell is a formula', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\n', '＝']) {
    expect(parseCsv(`${csvCell(`${start}cmd|' /C calc'!A0`)}\r\n`)[0]?.[0]).toBe(`'${start}cmd|' /C calc'!A0`)
  }
  expect(csvCell('\r=1')).toBe('\\u{d}=1')
  expect(csvCell('a=1')).toBe('a=1')
  expect(csvCell('a;=1')).toBe('"a;=1"')
})

test('reading it back gives the texts, whatever they are', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom('', '=', '"', "'", ',', '\r\n'), (text, start) => {
      const message = start + text
      const findings = [finding('alb-waf', message, { message })]
      const row = parseCsv(renderCsv(audit({ findings })))[1] ?? []
      expect(row).toHaveLength(15)
      for (const cell of [row[10], row[12]]) {
        expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
        expect(cell?.replace(/^'/, '')).toBe(visibleLines(message))
      }
    }),
  )
})
