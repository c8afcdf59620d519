import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-no-users.ts'

testRule(rule, {
  valid: [
    {
      name: 'denied everything',
      code: hcl`
        resource "aws_iam_user" "ci" {
          name = "ci"
        }
        resource "aws_iam_user_policy_attachment" "ci" {
          user       = aws_iam_user.ci.name
          policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll"
        }
      `,
    },
    {
      name: 'listed as an exception',
      params: { allowed: ['vendor'] },
      code: hcl`
        resource "aws_iam_user" "v" {
          name = "vendor"
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'another one is denied everything, and this one something',
      code: hcl`
        resource "aws_iam_user" "ci" {
          name = "ci"
        }
        resource "aws_iam_user_policy_attachment" "other" {
          user       = "other"
          policy_arn = "arn:aws:iam::aws:policy/AWSDenyAll"
        }
        resource "aws_iam_user_policy_attachment" "ci" {
          user       = aws_iam_user.ci.name
          policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
        }
      `,
      problems: [{ message: 'user', at: '1:1-1:29' }],
      output: null,
    },
    {
      code: hcl`
        resource "aws_iam_user" "ci" {
          name = "ci"
        }
      `,
      problems: [{ message: 'user', at: '1:1-1:29' }],
      output: null,
    },
    {
      name: 'another one is listed, and a name that is not known',
      params: { allowed: ['vendor'] },
      code: hcl`
        variable "name" {}
        resource "aws_iam_user" "a" {
          name = "other"
        }
        resource "aws_iam_user" "b" {
          name = var.name
        }
      `,
      problems: [
        { message: 'user', at: '2:1-2:28' },
        { message: 'user', at: '5:1-5:28' },
      ],
      output: null,
    },
  ],
})

test('roles, and a user that another configuration made, are none', () => {
  const { text } = hcl`
    resource "aws_iam_role" "r" {}
    data "aws_iam_user" "vendor" {
      user_name = "vendor"
    }
  `
  expect(auditProject({ files: { 'main.tf': text }, rules: [rule] }).result.findings).toEqual([])
})
