import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-public-acl-view.ts'

testRule(rule, {
  valid: [
    {
      name: 'a canned ACL shows objects, not itself',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          acl = "public-read"
        }
      `,
    },
    {
      name: 'a grant to a named account',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          access_control_policy {
            grant {
              permission = "READ_ACP"
              grantee {
                type = "CanonicalUser"
                id   = "abc"
              }
            }
          }
        }
      `,
    },
  ],
  undecided: [
    hcl`
      variable "permission" { type = string }
      resource "aws_s3_bucket_acl" "a" {
        access_control_policy {
          grant {
            permission = var.permission
            grantee {
              type = "Group"
              uri  = "http://acs.amazonaws.com/groups/global/AllUsers"
            }
          }
        }
      }
    `,
  ],
  invalid: [
    {
      name: 'READ_ACP',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          access_control_policy {
            grant {
              permission = "READ_ACP"
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
      name: 'FULL_CONTROL',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          grant {
            type        = "Group"
            permissions = ["FULL_CONTROL"]
            uri         = "http://acs.amazonaws.com/groups/global/AllUsers"
          }
        }
      `,
      problems: [{ message: 'publicAcl', data: { acl: 'AllUsers' } }],
      output: null,
    },
  ],
})
