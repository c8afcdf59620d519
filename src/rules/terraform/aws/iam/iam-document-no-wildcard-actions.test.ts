import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-wildcard-actions.ts'

testRule(rule, {
  valid: [
    hcl`
      data "aws_iam_policy_document" "d" {
        statement {
          actions   = ["s3:*"]
          resources = ["*"]
        }
        statement {
          effect    = "Deny"
          actions   = ["*"]
          resources = ["*"]
        }
      }
    `,
    {
      name: 'the upper bound of an organisation',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
        resource "aws_organizations_policy" "all" {
          content = data.aws_iam_policy_document.d.json
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a statement that may not be there',
      code: hcl`
        variable "admin" {}
        data "aws_iam_policy_document" "d" {
          dynamic "statement" {
            for_each = var.admin
            content {
              actions   = ["*"]
              resources = ["*"]
            }
          }
        }
      `,
    },
    {
      name: 'a source document that is given',
      code: hcl`
        variable "base" {}
        data "aws_iam_policy_document" "d" {
          source_policy_documents = [var.base]
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'with and without a principal',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
          statement {
            actions   = ["s3:GetObject", "*"]
            resources = ["arn:aws:s3:::logs/*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::123456789012:role/app"]
            }
          }
        }
      `,
      problems: [
        { message: 'everyAction', at: '3:18-3:21' },
        { message: 'everyAction', at: '7:34-7:37' },
      ],
      output: null,
    },
  ],
})

test('a statement is reported at the document that has it, not at those that merge it in', () => {
  const { text } = hcl`
    data "aws_iam_policy_document" "base" {
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }
    data "aws_iam_policy_document" "d" {
      source_policy_documents = [data.aws_iam_policy_document.base.json]
    }
    resource "aws_iam_policy" "p" {
      policy = data.aws_iam_policy_document.d.json
    }
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ resource }) => resource.address)).toEqual(['data.aws_iam_policy_document.base'])
})
