import { hcl, testRule } from '../../../../testing/index.ts'
import rule from './s3-no-public-policy.ts'

const policy = (statement: string, more = '') => hcl`
  resource "aws_s3_bucket_policy" "a" {
    bucket = "a"
    policy = jsonencode({ Statement = [{ ${statement} }] })
  }
  ${more}
`

/** Lets everybody in, and another statement. */
const beside = (statement: string) => hcl`
  variable "endpoint" {}
  resource "aws_s3_bucket" "b" {}
  resource "aws_s3_bucket_policy" "a" {
    bucket = aws_s3_bucket.b.id
    policy = jsonencode({
      Statement = [
        { Effect = "Allow", Principal = "*", Action = "s3:GetObject", Resource = "\${aws_s3_bucket.b.arn}/*" },
        { ${statement} },
      ]
    })
  }
`
const DENY =
  'Effect = "Deny", Principal = "*", Action = "s3:*", Resource = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]'

testRule(rule, {
  valid: [
    {
      name: 'everybody but those of an endpoint is denied',
      code: beside(`${DENY}, Condition = { StringNotEquals = { "aws:SourceVpce" = var.endpoint } }`),
    },
    {
      name: 'everybody but those of an office or an organization is denied',
      code: beside(
        `${DENY}, Condition = { NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" }, StringNotLike = { "aws:PrincipalOrgID" = "o-1*" } }`,
      ),
    },
    {
      name: 'a bucket without policy',
      code: hcl`
        resource "aws_s3_bucket" "a" {}
      `,
    },
    {
      name: 'a named principal',
      code: policy('Effect = "Allow", Principal = { AWS = "arn:aws:iam::1:root" }, Action = "s3:*"'),
    },
    { name: 'a denial', code: policy('Effect = "Deny", Principal = "*", Action = "s3:*"') },
    {
      name: 'only from a VPC endpoint that is declared here',
      code: policy(
        'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { StringEquals = { "aws:SourceVpce" = aws_vpc_endpoint.s3.id } }',
        'resource "aws_vpc_endpoint" "s3" {}',
      ),
    },
    {
      name: 'only from the organization',
      code: policy(
        'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1" } }',
      ),
    },
    {
      name: 'only from an office',
      code: policy(
        'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { IpAddress = { "aws:SourceIp" = ["203.0.113.0/24"] } }',
      ),
    },
    {
      name: 'an unknown condition beside one that narrows',
      code: policy(
        'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { StringEquals = { "aws:PrincipalOrgID" = "o-1", "s3:prefix" = var.p } }',
        'variable "p" { type = string }',
      ),
    },
  ],
  undecided: [
    {
      name: 'a policy from outside',
      code: hcl`
        variable "policy" { type = string }
        resource "aws_s3_bucket_policy" "a" {
          bucket = "a"
          policy = var.policy
        }
      `,
    },
    {
      name: 'a principal from outside',
      code: policy('Effect = "Allow", Principal = { AWS = var.p }, Action = "s3:*"', 'variable "p" { type = string }'),
    },
  ],
  invalid: [
    ...[
      ['a wildcard leaves nobody out', `${DENY}, Condition = { StringNotLike = { "aws:PrincipalArn" = "*" } }`],
      ['requests without TLS are others', `${DENY}, Condition = { Bool = { "aws:SecureTransport" = "false" } }`],
      [
        'both must hold for the denial',
        `${DENY}, Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" }, Bool = { "aws:SecureTransport" = "false" } }`,
      ],
      [
        'other actions are denied',
        'Effect = "Deny", Principal = "*", Action = "s3:PutObject", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }',
      ],
      [
        'objects elsewhere are denied',
        'Effect = "Deny", Principal = "*", Action = "s3:*", Resource = "arn:aws:s3:::other/*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }',
      ],
      [
        'what is denied may be something else',
        'Effect = "Deny", Principal = "*", Action = "s3:*", Resource = var.endpoint == "" ? "arn:aws:s3:::other/*" : "${aws_s3_bucket.b.arn}/*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }',
      ],
      [
        'one principal is denied',
        'Effect = "Deny", Principal = { AWS = "arn:aws:iam::123456789012:root" }, Action = "s3:*", Resource = "*", Condition = { StringNotEquals = { "aws:SourceVpce" = "vpce-1" } }',
      ],
    ].map(([name = '', statement = '']) => ({
      name,
      code: beside(statement),
      problems: [{ message: 'publicPolicy' as const, at: '7:39-7:42' }],
      output: null,
    })),
    {
      name: 'everybody reads',
      code: policy('Effect = "Allow", Principal = "*", Action = "s3:GetObject"'),
      problems: [{ message: 'publicPolicy', at: '3:70-3:73', data: { actions: 's3:GetObject' } }],
      output: null,
    },
    {
      name: 'the whole internet is no narrowing, nor is the referrer, nor a condition that an absent key passes',
      code: {
        'a.tf': policy(
          'Effect = "Allow", Principal = { AWS = ["*"] }, Action = "s3:*", Condition = { IpAddress = { "aws:SourceIp" = "0.0.0.0/0" } }',
        ).text,
        'b.tf': policy(
          'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { StringLike = { "aws:Referer" = "x" } }',
        ).text.replace('"a" {', '"b" {'),
        'c.tf': policy(
          'Effect = "Allow", Principal = "*", Action = "s3:*", Condition = { StringEqualsIfExists = { "aws:PrincipalOrgID" = "o-1" } }',
        ).text.replace('"a" {', '"c" {'),
      },
      problems: [
        { message: 'publicPolicy', file: 'a.tf' },
        { message: 'publicPolicy', file: 'b.tf' },
        { message: 'publicPolicy', file: 'c.tf' },
      ],
      output: null,
    },
    {
      name: 'a heredoc inside the bucket',
      code: hcl`
        resource "aws_s3_bucket" "a" {
          policy = <<-EOT
            {"Statement": {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "s3:GetObject", "Resource": "*"}}
          EOT
        }
      `,
      problems: [{ message: 'publicPolicy', at: '3:52-3:64' }],
      output: null,
    },
    {
      name: 'a data source',
      code: hcl`
        data "aws_iam_policy_document" "a" {
          statement {
            actions = ["s3:GetObject"]
            principals {
              type        = "AWS"
              identifiers = ["*"]
            }
          }
        }
        resource "aws_s3_bucket_policy" "a" {
          bucket = "a"
          policy = data.aws_iam_policy_document.a.json
        }
      `,
      problems: [{ message: 'publicPolicy', at: '4:5-4:15' }],
      output: null,
    },
    {
      name: 'everybody but one',
      code: policy('Effect = "Allow", NotPrincipal = { AWS = "arn:aws:iam::1:root" }, NotAction = "s3:PutObject"'),
      problems: [{ message: 'publicPolicy', data: { actions: 'almost everything' } }],
      output: null,
    },
  ],
})
