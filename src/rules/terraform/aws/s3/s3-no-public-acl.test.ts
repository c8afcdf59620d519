import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-public-acl.ts'

testRule(rule, {
  valid: [
    {
      name: 'private is the default',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
    },
    {
      name: 'named grantees',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          bucket = "a"
          access_control_policy {
            grant {
              permission = "READ"
              grantee {
                type = "CanonicalUser"
                id   = "abc"
              }
            }
          }
        }
      `,
    },
    {
      name: 'who has an AWS account, and who sees the ACL, are for other rules',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          acl = "authenticated-read"
        }
        resource "aws_s3_bucket" "b" {
          grant {
            type        = "Group"
            permissions = ["READ_ACP"]
            uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
          }
        }
      `,
    },
    {
      name: 'no candidate is public',
      code: hcl`
        variable "logs" { type = bool }
        resource "aws_s3_bucket_acl" "a" {
          acl = var.logs ? "log-delivery-write" : "private"
        }
      `,
    },
  ],
  undecided: [
    {
      name: 'a variable without default',
      code: hcl`
        variable "acl" { type = string }
        resource "aws_s3_bucket_acl" "a" {
          acl = var.acl
        }
      `,
    },
    {
      name: 'a dynamic grant',
      code: hcl`
        variable "groups" { type = list(string) }
        resource "aws_s3_bucket" "a" {
          dynamic "grant" {
            for_each = var.groups
            content {
              uri         = grant.value
              permissions = ["READ"]
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'inline, with what follows on the line',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          acl    = "public-read" # why not
        }
      `,
      problems: [{ message: 'publicAcl', at: '2:12-2:25', data: { acl: 'public-read' } }],
      output: null,
    },
    {
      name: 'an explicit grant',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          access_control_policy {
            grant {
              permission = "FULL_CONTROL"
              grantee {
                type = "Group"
                uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
              }
            }
          }
        }
      `,
      problems: [{ message: 'publicAcl', at: '7:16-7:65', data: { acl: 'AllUsers' } }],
      output: null,
    },
    {
      name: 'an inline grant',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          grant {
            type        = "Group"
            permissions = ["READ", "WRITE"]
            uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
          }
        }
      `,
      problems: [{ message: 'publicAcl', data: { acl: 'AllUsers' } }],
      output: null,
    },
  ],
})
