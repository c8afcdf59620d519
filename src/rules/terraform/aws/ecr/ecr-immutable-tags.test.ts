import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './ecr-immutable-tags.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_ecr_repository" "a" {
        image_tag_mutability = "IMMUTABLE"
      }
      resource "aws_ecr_repository" "b" {
        image_tag_mutability = "IMMUTABLE_WITH_EXCLUSION"
      }
    `,
  ],
  undecided: [
    hcl`
      variable "tags" {}
      resource "aws_ecr_repository" "a" {
        image_tag_mutability = var.tags
      }
    `,
  ],
  invalid: [
    {
      code: hcl`
        resource "aws_ecr_repository" "a" {
          name = "app"
        }
        resource "aws_ecr_repository" "b" {
          image_tag_mutability = "MUTABLE" # latest
        }
      `,
      problems: [
        { message: 'wrong', at: '1:1-1:34' },
        { message: 'wrong', at: '5:26-5:35' },
      ],
      output: hcl`
        resource "aws_ecr_repository" "a" {
          name = "app"

          image_tag_mutability = "IMMUTABLE"
        }
        resource "aws_ecr_repository" "b" {
          image_tag_mutability = "IMMUTABLE" # latest
        }
      `,
    },
  ],
})
