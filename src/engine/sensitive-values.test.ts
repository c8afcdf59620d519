import { describe, expect, test } from 'vitest'
import { auditProject } from '../testing/project.ts'
import { sensitiveValues } from './sensitive-values.ts'

function valuesIn(text: string): string[] {
  const { estate } = auditProject({ files: { 'main.tf': text }, rules: [] })
  return sensitiveValues(estate).map(({ value }) => value)
}

const parameter = (value: string, type = 'SecureString'): string =>
  `resource "aws_ssm_parameter" "p" {\n  name  = "/shop"\n  type  = "${type}"\n  value = ${value}\n}\n`

describe('what Terraform keeps secret', () => {
  test.each([
    ['written in the resource', parameter('"hunter2"'), ['hunter2', 'hunter2']],
    [
      'in a heredoc',
      parameter('<<-EOT\n    line-one\n    line-two\n  EOT'),
      ['line-one', 'line-two', 'line-one', 'line-two'],
    ],
    ['behind a local', `locals {\n  w = "hunter2"\n}\n${parameter('local.w')}`, ['hunter2']],
    ['as the default of a variable', `variable "w" {\n  default = "hunter2"\n}\n${parameter('var.w')}`, ['hunter2']],
    [
      'inside of a condition that is not known',
      `variable "c" {}\n${parameter('var.c ? "hunter2" : "hunter3"')}`,
      ['hunter2', 'hunter3'],
    ],
    [
      'the words of an object, not its keys',
      'resource "kubernetes_secret" "s" {\n  data = {\n    "the-key" = "hunter2"\n  }\n}\n',
      ['hunter2'],
    ],
    ['nothing of other types of parameters', parameter('"eu-central-1"', 'String'), []],
    ['no references', parameter('"${var.word}"'), []],
  ])('%s', (_, text, values) => {
    expect(valuesIn(text)).toEqual(values)
  })

  test('with the line that it stands on, for words that may stand elsewhere too', () => {
    const { estate } = auditProject({
      files: { 'main.tf': `locals {\n  w = "postgres"\n}\n${parameter('local.w')}` },
      rules: [],
    })
    expect(sensitiveValues(estate)).toEqual([{ value: 'postgres', line: 'w = "postgres"' }])
  })
})
