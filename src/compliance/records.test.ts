import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAttestations } from './attestations.ts'
import { parseExceptions } from './exceptions.ts'

const HASH = 'b'.repeat(64)
const ATTESTATION = `requirement: pci-dss-3.2.1:11.3
statement: The yearly test was done.
owner: ciso@example.com
date: 2026-01-31
expires: 2027-01-31
evidence:
  file: evidence/pentest.txt
  sha256: ${HASH}
`

function lines({ diagnostics }: ReturnType<typeof parseAttestations> | ReturnType<typeof parseExceptions>): unknown[] {
  return diagnostics.map(({ range, message }) => [range?.start.line, message])
}

describe('attestations', () => {
  test('one in a file', () => {
    expect(parseAttestations('attestations/a.yaml', ATTESTATION)).toMatchObject({
      records: [
        {
          requirement: 'pci-dss-3.2.1:11.3',
          statement: 'The yearly test was done.',
          owner: 'ciso@example.com',
          date: '2026-01-31',
          expires: '2027-01-31',
          evidence: { file: 'evidence/pentest.txt', sha256: HASH },
        },
      ],
      diagnostics: [],
    })
  })

  test('a list, and several documents', () => {
    const item = `- ${ATTESTATION.trimEnd().replaceAll('\n', '\n  ')}\n`
    expect(parseAttestations('a.yaml', item + item).records).toHaveLength(2)
    expect(parseAttestations('a.yaml', `${ATTESTATION}---\n${ATTESTATION}`).records).toHaveLength(2)
  })

  test('each thing wrong names its line, and the record does not count', () => {
    const text = ATTESTATION.replace('pci-dss-3.2.1:11.3', '11.30')
      .replace('2026-01-31', 'January')
      .replace('owner: ciso@example.com', 'owner:')
      .replace(HASH, 'abc')
    const file = parseAttestations('a.yaml', text)
    expect(file.records).toEqual([])
    expect(lines(file)).toEqual([
      [1, '"11.30" needs its framework, such as pci-dss-4.0.1:11.30'],
      [3, '"owner" must be a text that is not empty'],
      [4, '"date" must be a date such as 2026-01-31, not "January"'],
      [8, 'evidence: "sha256" must be 64 hexadecimal digits, as `sha256sum FILE` prints them'],
    ])
  })

  test('a missing field, a day that does not exist, an expiry before the date', () => {
    expect(lines(parseAttestations('a.yaml', ATTESTATION.replace(/^owner.*\n/m, '')))).toEqual([
      [1, '"owner" is missing'],
    ])
    expect(parseAttestations('a.yaml', ATTESTATION.replace('2027-01-31', '2027-02-30')).records).toEqual([])
    expect(lines(parseAttestations('a.yaml', ATTESTATION.replace('2027-01-31', '2025-01-31')))).toEqual([
      [5, 'it expires before its own date'],
    ])
    expect(lines(parseAttestations('a.yaml', ATTESTATION.replace(/evidence:[^]*/, 'evidence: a.txt\n')))).toEqual([
      [6, '"evidence" must be a mapping'],
    ])
  })

  test('a misspelt field is said, and does not spoil the record', () => {
    const file = parseAttestations('a.yaml', `${ATTESTATION}expire: never\n`)
    expect(file.records).toHaveLength(1)
    expect(lines(file)).toEqual([[9, expect.stringContaining('"expire" is not a field here')]])
  })

  test('broken YAML and other shapes are diagnostics', () => {
    expect(lines(parseAttestations('a.yaml', 'a: [1\n'))).not.toEqual([])
    expect(lines(parseAttestations('a.yaml', '- 3\n'))).toEqual([[1, 'expected a mapping, or a list of mappings']])
    expect(parseAttestations('a.yaml', '')).toEqual({ records: [], ranges: [], diagnostics: [] })
  })

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseAttestations('a.yaml', text)))
    fc.assert(
      fc.property(fc.nat(ATTESTATION.length), fc.string(), (at, text) => {
        parseAttestations('a.yaml', ATTESTATION.slice(0, at) + text + ATTESTATION.slice(at + 1))
      }),
    )
  })
})

describe('exceptions', () => {
  const EXCEPTION = `target: aws_db_instance.*
rule: rds-not-public
reason: Reached through a bastion.
owner: dba@example.com
expires: 2026-12-31
compensatingControl: Security group of the bastion
`

  test('one in a file', () => {
    expect(parseExceptions('e.yaml', EXCEPTION).records).toEqual([
      {
        target: 'aws_db_instance.*',
        rule: 'rds-not-public',
        reason: 'Reached through a bastion.',
        owner: 'dba@example.com',
        expires: '2026-12-31',
        compensatingControl: 'Security group of the bastion',
      },
    ])
  })

  test('names exactly one of rule, policy and requirement, has an owner and an end', () => {
    const message = 'exactly one of "rule", "policy" and "requirement" is needed'
    expect(lines(parseExceptions('e.yaml', EXCEPTION.replace(/^rule.*\n/m, '')))).toEqual([[1, message]])
    expect(lines(parseExceptions('e.yaml', `${EXCEPTION}policy: p\n`))).toEqual([[1, message]])
    expect(lines(parseExceptions('e.yaml', EXCEPTION.replace(/^expires.*\n/m, '')))).toEqual([
      [1, '"expires" is missing'],
    ])
  })
})
