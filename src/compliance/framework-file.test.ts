import { expect, test } from 'vitest'
import { parseFramework } from './framework-file.ts'

const RULE_IDS = ['s3-no-public-acl', 'rds-storage-encrypted']

const OWN = `id: acme-baseline-2
title: Acme baseline, second edition
version: '2'
requirements:
  - id: '1'
    subject: Nothing is public
    kind: A
    rules:
      - {rule: s3-no-public-acl, rationale: A public ACL is public.}
    controls:
      - {control: SC-7, rationale: These rules watch the boundary.}
  - id: '1.10'
    subject: People are trained
    kind: M
    note: Not in the code.
    evidenceWanted: Training records
`

test('a framework of the user is read', () => {
  const { records, diagnostics } = parseFramework('own.yaml', OWN, RULE_IDS)
  expect(diagnostics).toEqual([])
  expect(records).toEqual([
    {
      id: 'acme-baseline-2',
      title: 'Acme baseline, second edition',
      version: '2',
      requirements: [
        {
          id: '1',
          subject: 'Nothing is public',
          kind: 'A',
          rules: [{ rule: 's3-no-public-acl', rationale: 'A public ACL is public.' }],
          controls: [{ control: 'SC-7', rationale: 'These rules watch the boundary.' }],
        },
        {
          id: '1.10',
          subject: 'People are trained',
          kind: 'M',
          note: 'Not in the code.',
          evidenceWanted: 'Training records',
          rules: [],
        },
      ],
    },
  ])
})

test.each([
  ['rule: s3-no-public-acl', 'rule: s3-no-public-acls', 'no rule s3-no-public-acls; did you mean s3-no-public-acl?', 9],
  ['control: SC-7', 'control: SC-77', 'no control SC-77', 11],
  ["id: '1.10'", "id: '1'", '"1" is there twice', 12],
  ['kind: M', 'kind: X', '"kind" must be A', 14],
  ['    evidenceWanted: Training records\n', '', '"evidenceWanted" is missing', 12],
  ['id: acme-baseline-2', 'id: Acme Baseline', '"id" must be of small letters', 1],
  ['    subject: People', '    subjects: People', '"subjects" is not a field here', 13],
])('%s -> %s is told with its line', (from, to, message, line) => {
  const { records, diagnostics } = parseFramework('own.yaml', OWN.replace(from, to), RULE_IDS)
  const told = diagnostics.find((diagnostic) => diagnostic.message.includes(message))
  expect(told?.range?.start.line).toBe(line)
  // A field that is not known is told, and the rest counts; here a field is then missing.
  expect(records).toEqual([])
})
