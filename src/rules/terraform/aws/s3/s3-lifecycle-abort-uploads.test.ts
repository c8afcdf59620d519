import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-lifecycle-abort-uploads.ts'

testRule(rule, {
  valid: [
    hcl`
      resource "aws_s3_bucket_lifecycle_configuration" "a" {
        bucket = "a"
        rule {
          id     = "old"
          status = "Disabled"
        }
        rule {
          id     = "uploads"
          status = "Enabled"
          abort_incomplete_multipart_upload {
            days_after_initiation = 3
          }
        }
      }
    `,
  ],
  undecided: [
    {
      name: 'a status that is not known',
      code: hcl`
        variable "status" {}
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          rule {
            status = var.status
            abort_incomplete_multipart_upload {
              days_after_initiation = 3
            }
          }
        }
      `,
    },
    {
      name: 'rules from a list that is not known',
      code: hcl`
        variable "rules" {}
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          dynamic "rule" {
            for_each = var.rules
            content {
              status = "Enabled"
              abort_incomplete_multipart_upload {
                days_after_initiation = rule.value
              }
            }
          }
        }
      `,
    },
  ],
  invalid: [
    {
      name: 'a rule of its own is added, as the one there has a filter',
      code: hcl`
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = "a"

          rule {
            id     = "old"
            status = "Enabled"

            filter {
              prefix = "logs/"
            }

            expiration {
              days = 400
            }
          }
        }
      `,
      problems: [{ message: 'never', at: '1:1-1:53' }],
      output: hcl`
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = "a"

          rule {
            id     = "old"
            status = "Enabled"

            filter {
              prefix = "logs/"
            }

            expiration {
              days = 400
            }
          }

          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"

            filter {}

            abort_incomplete_multipart_upload {
              days_after_initiation = 7
            }
          }
        }
      `,
    },
    {
      name: 'the rule that does it is switched off',
      code: hcl`
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          rule {
            status = "Disabled"
            abort_incomplete_multipart_upload {
              days_after_initiation = 3
            }
          }
        }
      `,
      problems: [{ message: 'never', at: '1:1-1:53' }],
      output: hcl`
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          rule {
            status = "Disabled"
            abort_incomplete_multipart_upload {
              days_after_initiation = 3
            }
          }

          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"

            filter {}

            abort_incomplete_multipart_upload {
              days_after_initiation = 7
            }
          }
        }
      `,
    },
  ],
})
