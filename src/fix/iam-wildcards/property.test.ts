import { parse } from '@cdktf/hcl2json'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'
import { left, planned, RULES } from './harness.test-helper.ts'

const ACTIONS = [
  'sns:Publish',
  's3:GetObject',
  's3:*',
  'sqs:Send*',
  'dynamodb:Query',
  'kms:Decrypt',
  'cloudwatch:PutMetricData',
  '*',
]
const DECLARED = [
  'resource "aws_sns_topic" "a" {\n  name = "a"\n}\n',
  'resource "aws_s3_bucket" "a" {\n  count  = 2\n  bucket = "a-${count.index}"\n}\n',
  'resource "aws_sqs_queue" "a" {\n  name = "a"\n}\n',
  'resource "aws_dynamodb_table" "a" {\n  name = "a"\n}\n',
  'resource "aws_kms_key" "a" {\n  enable_key_rotation = true\n}\n',
].join('\n')

type Statement = {
  readonly actions: readonly string[]
  readonly sid: boolean
  readonly scalar: boolean
  readonly lines: boolean
}

const statement: fc.Arbitrary<Statement> = fc.record({
  actions: fc.subarray(ACTIONS, { minLength: 1 }),
  sid: fc.boolean(),
  scalar: fc.boolean(),
  lines: fc.boolean(),
})

const quoted = (texts: readonly string[], scalar: boolean): string =>
  scalar && texts.length === 1 ? `"${texts[0]}"` : `[${texts.map((one) => `"${one}"`).join(', ')}]`

function hclObject({ actions, sid, scalar, lines }: Statement, index: number): string {
  const items = [
    ...(sid ? [`Sid      = "S${index}x"`] : []),
    'Effect   = "Allow"',
    `Action   = ${quoted(actions, scalar)}`,
    `Resource = ${scalar ? '"*"' : '["*"]'}`,
  ]
  return lines ? `{\n        ${items.join('\n        ')}\n      }` : `{ ${items.join(', ').replaceAll(/ +=/g, ' =')} }`
}

function jsonObject({ actions, sid, scalar, lines }: Statement, index: number): string {
  const items = [
    ...(sid ? [`"Sid": "S${index}x"`] : []),
    '"Effect": "Allow"',
    `"Action": ${quoted(actions, scalar)}`,
    `"Resource": ${scalar ? '"*"' : '["*"]'}`,
  ]
  return lines ? `{\n      ${items.join(',\n      ')}\n    }` : `{ ${items.join(', ')} }`
}

function block({ actions, sid }: Statement, index: number): string {
  const head = sid ? `    sid       = "S${index}x"\n` : ''
  return `  statement {\n${head}    actions   = ${quoted(actions, false)}\n    resources = ["*"] # all\n  }\n`
}

const holder = (policy: string): string =>
  `resource "aws_iam_role_policy" "p" {\n  role   = "r"\n  policy = ${policy}\n}\n`

const project = fc
  .record({
    form: fc.constantFrom('jsonencode', 'heredoc', 'document', 'single'),
    statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
    eol: fc.constantFrom('\n', '\r\n'),
    between: fc.constantFrom(',\n      ', ', '),
  })
  .map(({ form, statements, eol, between }) => {
    const [first = { actions: ['*'], sid: false, scalar: true, lines: false }] = statements
    const text = {
      jsonencode: holder(
        `jsonencode({\n    Statement = [\n      ${statements.map(hclObject).join(between)}\n    ]\n  })`,
      ),
      heredoc: holder(`<<EOF\n{\n  "Statement": [\n    ${statements.map(jsonObject).join(between)}\n  ]\n}\nEOF`),
      document: `data "aws_iam_policy_document" "p" {\n${statements.map(block).join('\n')}}\n`,
      single: holder(`jsonencode({ Statement = ${hclObject(first, 0)} })`),
    }[form]
    return `${DECLARED}\n${text}`.replaceAll('\n', eol)
  })

test('any policy: everything is fixed, once is enough, other readers agree, and parts lead to the same rules passing', async () => {
  await fc.assert(
    fc.asyncProperty(project, fc.subarray([...RULES], { minLength: 1 }), async (text, some) => {
      const files = { 'main.tf': text }
      const whole = planned(files, 'B')
      expect(whole.before.result.errors).toEqual([])
      expect(left(whole)).toEqual([])
      expect(whole.after.result.findings.map(({ ruleId }) => ruleId)).toEqual([])
      for (const [path, after] of whole.files) await expect(parse(path, after)).resolves.toBeTruthy()
      expect(planned(Object.fromEntries(whole.files), 'B').changes).toEqual([])
      const part = planProject({ files, rules: some, fixers: [fixer] }, 'B')
      expect(part.after.result.findings).toEqual([])
      const foreign = text.includes('\r\n') ? /[^\r]\n/ : /\r/
      for (const changed of whole.files.values()) expect(changed).not.toMatch(foreign)
    }),
    { numRuns: 60 },
  )
}, 120_000)
