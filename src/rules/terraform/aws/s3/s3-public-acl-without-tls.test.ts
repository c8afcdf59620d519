import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-public-acl-without-tls.ts'

const PUBLIC = `
resource "aws_s3_bucket" "a" {
  bucket = "a"
}
resource "aws_s3_bucket_acl" "a" {
  bucket = aws_s3_bucket.a.id
  acl    = "public-read"
}
`

testRule(rule, {
  valid: [
    {
      name: 'not public',
      code: hcl`
        resource "aws_s3_bucket_acl" "a" {
          bucket = "a"
          acl    = "private"
        }
      `,
    },
    {
      name: 'the policy denies plain HTTP',
      code: hcl`${PUBLIC}
resource "aws_s3_bucket_policy" "a" {
  bucket = aws_s3_bucket.a.id
  policy = jsonencode({
    Statement = [{
      Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::a", "arn:aws:s3:::a/*"]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    }]
  })
}
`,
    },
    {
      name: 'a website',
      code: hcl`${PUBLIC}
resource "aws_s3_bucket_website_configuration" "a" {
  bucket = aws_s3_bucket.a.id
}
`,
    },
    {
      name: 'the ACL is ignored',
      code: hcl`${PUBLIC}
resource "aws_s3_bucket_public_access_block" "a" {
  bucket             = aws_s3_bucket.a.id
  ignore_public_acls = true
}
`,
    },
  ],
  undecided: [
    {
      name: 'an ACL that is not known',
      code: hcl`
        variable "acl" { type = string }
        resource "aws_s3_bucket_acl" "a" {
          bucket = "a"
          acl    = var.acl
        }
      `,
    },
    {
      name: 'a bucket of elsewhere',
      code: hcl`
        variable "bucket" { type = string }
        resource "aws_s3_bucket_acl" "a" {
          bucket = var.bucket
          acl    = "public-read"
        }
      `,
    },
    {
      name: 'a policy that is not known',
      code: hcl`${PUBLIC}
variable "policy" { type = string }
resource "aws_s3_bucket_policy" "a" {
  bucket = aws_s3_bucket.a.id
  policy = var.policy
}
`,
    },
  ],
  invalid: [
    {
      name: 'no policy at all',
      code: hcl`${PUBLIC}`,
      problems: [{ message: 'plainHttp', at: '6:12-6:25', data: { acl: 'public-read' } }],
      output: null,
    },
    {
      name: 'a policy about something else',
      code: hcl`${PUBLIC}
resource "aws_s3_bucket_policy" "a" {
  bucket = aws_s3_bucket.a.id
  policy = jsonencode({ Statement = [{ Effect = "Deny", Principal = "*", Action = "s3:DeleteBucket", Resource = "arn:aws:s3:::a" }] })
}
`,
      problems: [{ message: 'plainHttp' }],
      output: null,
    },
  ],
})
