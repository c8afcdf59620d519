import { expect, test } from 'vitest'
import kmsKeyPolicy from '../../rules/terraform/aws/kms/kms-key-policy.ts'
import { planProject } from '../../testing/index.ts'
import fixer from './index.ts'

function fixed(files: Readonly<Record<string, string>>) {
  const plan = (given: typeof files) => planProject({ files: given, rules: [kmsKeyPolicy], fixers: [fixer] })
  const first = plan(files)
  const texts = Object.fromEntries(first.files)
  expect(plan(texts).changes).toEqual([])
  return { first, texts }
}

const KEY = `resource "aws_kms_key" "payments" {
  description         = "Payments"   # since March
  enable_key_rotation = true
}
`

test('the default policy is written down, once for all keys of a module', () => {
  const { first, texts } = fixed({ 'main.tf': `${KEY}\n${KEY.replace('payments', 'other')}` })
  expect(first.applied.map(({ judged }) => judged.finding.rank)).toEqual(['E', 'E'])
  expect(texts['main.tf']).toContain('description         = "Payments"   # since March\n')
  expect(texts['main.tf']?.match(/Sid {7}= "DelegateToIam"/g)).toHaveLength(2)
  expect(
    Object.values(texts)
      .join('')
      .match(/data "aws_caller_identity"/g),
  ).toHaveLength(1)
})

test('another account or region asks its own provider', () => {
  const { texts } = fixed({
    'main.tf': `provider "aws" {\n  alias = "dr"\n}\n\n${KEY.replace('{\n', '{\n  provider = aws.dr\n\n')}`,
  })
  expect(Object.values(texts).join('')).toContain('data "aws_caller_identity" "dr" {\n  provider = aws.dr\n}')
})

test('JSON syntax, and a module that was downloaded', () => {
  const json = JSON.stringify({ resource: { aws_kms_key: { a: { enable_key_rotation: true } } } }, undefined, 2)
  const { first, texts } = fixed({ 'main.tf.json': json })
  expect(first.applied).toHaveLength(1)
  expect(texts['main.tf.json']).toContain('DelegateToIam')
})
