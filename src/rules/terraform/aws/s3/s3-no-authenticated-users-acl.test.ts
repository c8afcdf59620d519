import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-authenticated-users-acl.ts'

testRule(rule, {
  valid: [
    {
      name: 'private is the default',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
    },
    {
      name: 'everybody is for other rules',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          acl = "public-read-write"
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "acl" { type = string }
      resource "aws_s3_bucket_acl" "a" {
        acl = var.acl
      }
    `,
  ],
  invalid: [
    {
      name: 'the canned ACL',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          acl = "authenticated-read"
        }
      `,
      problems: [{ message: 'publicAcl', at: '2:9-2:29', data: { acl: 'authenticated-read' } }],
      output: null,
    },
    {
      name: 'grants, whatever they allow: one problem each',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          grant {
            type        = "Group"
            permissions = ["READ", "WRITE"]
            uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
          }
          grant {
            type        = "Group"
            permissions = ["READ_ACP"]
            uri         = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers"
          }
        }
      `,
      problems: [
        { message: 'publicAcl', at: '5:19-5:78' },
        { message: 'publicAcl', at: '10:19-10:78' },
      ],
      output: null,
    },
  ],
})
