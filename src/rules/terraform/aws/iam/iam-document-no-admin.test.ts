import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './iam-document-no-admin.ts'

testRule(rule, {
  valid: [
    {
      name: 'policies of resources have a principal',
      code: hcl`
        data "aws_iam_policy_document" "key" {
          statement {
            actions   = ["*"]
            resources = ["*"]
            principals {
              type        = "AWS"
              identifiers = ["arn:aws:iam::123456789012:root"]
            }
          }
        }
        resource "aws_kms_key" "k" {
          policy = data.aws_iam_policy_document.key.json
        }
      `,
    },
    {
      name: 'an upper bound of an organisation is not a grant',
      code: hcl`
        data "aws_iam_policy_document" "all" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
        resource "aws_organizations_policy" "all" {
          content = data.aws_iam_policy_document.all.json
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
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
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
        resource "aws_iam_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a document that another merges in is reported once, at its own statement',
      code: hcl`
        data "aws_iam_policy_document" "base" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
        data "aws_iam_policy_document" "d" {
          source_policy_documents = [data.aws_iam_policy_document.base.json]
        }
        resource "aws_iam_user_policy" "p" {
          policy = data.aws_iam_policy_document.d.json
        }
      `,
      problems: [{ message: 'admin', at: '3:18-3:21' }],
      output: null,
    },
    {
      name: 'a policy document that nothing uses',
      code: hcl`
        data "aws_iam_policy_document" "d" {
          statement {
            actions   = ["*"]
            resources = ["*"]
          }
        }
      `,
      problems: [{ message: 'admin', at: '3:18-3:21' }],
      output: null,
    },
  ],
})

test('the finding names the document that has the statement', () => {
  const { text } = hcl`
    data "aws_iam_policy_document" "d" {
      statement {
        actions   = ["*"]
        resources = ["*"]
      }
    }
    resource "aws_iam_role_policy" "p" {
      policy = data.aws_iam_policy_document.d.json
    }
  `
  const { findings } = auditProject({ files: { 'main.tf': text }, rules: [rule] }).result
  expect(findings.map(({ resource }) => resource.address)).toEqual(['data.aws_iam_policy_document.d'])
})
