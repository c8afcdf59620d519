import { expect, test } from 'vitest'
import { auditProject, hcl, testRule } from '../../../../testing/index.ts'
import rule from './cloudtrail-multi-region.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_cloudtrail" "t" {
        is_multi_region_trail = true
      }
    `,
    {
      name: 'a variable file sets it',
      code: {
        'main.tf':
          'variable "all" {\n  default = false\n}\nresource "aws_cloudtrail" "t" {\n  is_multi_region_trail = var.all\n}\n',
        'terraform.tfvars': 'all = true\n',
      },
    },
  ],
  undecided: [
    hcl`
      variable "all" {}
      resource "aws_cloudtrail" "t" {
        is_multi_region_trail = var.all
      }
    `,
  ],
  invalid: [
    {
      name: 'added where it is missing',
      code: hcl`
        resource "aws_cloudtrail" "t" {
          name           = "main"
          s3_bucket_name = "trail"
        }
      `,
      problems: [{ message: 'oneRegion', at: '1:1-1:30' }],
      output: hcl`
        resource "aws_cloudtrail" "t" {
          name           = "main"
          s3_bucket_name = "trail"

          is_multi_region_trail = true
        }
      `,
    },
    {
      name: 'followed to the default that says so',
      code: hcl`
        variable "all" {
          default = false
        }
        resource "aws_cloudtrail" "t" {
          is_multi_region_trail = var.all
        }
      `,
      problems: [{ message: 'oneRegion', at: '2:13-2:18' }],
      output: hcl`
        variable "all" {
          default = true
        }
        resource "aws_cloudtrail" "t" {
          is_multi_region_trail = var.all
        }
      `,
    },
  ],
})

test('a value that is computed is not edited', () => {
  const { text } = hcl`
    resource "aws_cloudtrail" "t" {
      is_multi_region_trail = length([1]) > 1
    }
  `
  const [judged] = auditProject({ files: { 'main.tf': text }, rules: [rule] }).judged
  expect(judged?.remedy).toMatchObject({ kind: 'none', reason: expect.stringContaining('computed') })
})
