import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-public-write-acl.ts'

testRule(rule, {
  valid: [
    {
      name: 'reading is another matter',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          acl = "public-read"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "acl" { type = string }
      resource "aws_s3_bucket" "a" {
        acl = var.acl
      }
    `,
  ],
  invalid: [
    {
      name: 'canned',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          acl = "public-read-write"
        }
      `,
      problems: [{ message: 'publicAcl', at: '2:9-2:28' }],
      output: null,
    },
    {
      name: 'full control counts once',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          grant {
            permissions = ["FULL_CONTROL", "WRITE"]
            uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
          }
        }
      `,
      problems: [{ message: 'publicAcl' }],
      output: null,
    },
  ],
})
